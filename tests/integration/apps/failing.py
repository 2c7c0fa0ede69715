"""Ways to fail before the head is out; the path names one."""
import sys


def raises(start_response):
    raise ValueError("raised before the head")


def raises_in_iteration(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    raise_now = True
    if raise_now:
        raise ValueError("raised after start_response")
    return []


def generator(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return _failing_generator()


def _failing_generator():
    raise ValueError("raised by the generator")
    yield b""


def no_start_response(start_response):
    return [b"body without a head"]


def text_body(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["text, not bytes"]


def bad_status(start_response):
    start_response("OK", [("Content-Type", "text/plain")])
    return [b""]


def bad_header(start_response):
    start_response("200 OK", [("Content-Type", "text/plain\r\nX-Injected: yes")])
    return [b""]


def system_exit(start_response):
    sys.exit(3)


def replaced(start_response):
    """Not a failure in the end: exc_info replaces the head."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    try:
        raise ValueError("handled")
    except ValueError:
        start_response("503 Sorry", [("Content-Type", "text/plain"), ("Content-Length", "5")], sys.exc_info())
    return [b"sorry"]


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](start_response)
