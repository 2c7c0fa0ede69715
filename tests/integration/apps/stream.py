"""Sends one piece; each further one when another request has asked for it at /release."""
import threading
from wsgiref.validate import validator

released = threading.Semaphore(0)


@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/release":
        released.release()
        return [b"released"]
    return _pieces(int(environ["QUERY_STRING"]))


def _pieces(count):
    yield b"piece 0\n"
    for number in range(1, count):
        if not released.acquire(timeout=20):
            raise TimeoutError("nobody released the next piece")
        yield f"piece {number}\n".encode()
