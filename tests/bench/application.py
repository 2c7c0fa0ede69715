"""The application of all servers under comparison: the path chooses how much work it is."""
import os
import time

HELLO = b"Hello, world!"
LARGE = bytes(1024 * 1024)
CHUNK = bytes(1024)
BLOCK = bytes(65536)
# What tests/bench/run put beside this file.
FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "large.bin")


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [HELLO]


def large(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(LARGE)))])
    return [LARGE]


def file(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(LARGE)))])
    return environ["wsgi.file_wrapper"](open(FILE, "rb"), 65536)


def post(environ, start_response):
    return _number(start_response, len(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))


def chunks(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return (CHUNK for _ in range(100))


def clock(environ, start_response):
    """Ten chunks with a pause between them; each is the time at which it was yielded."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    for _ in range(10):
        yield b"%020d\n" % time.monotonic_ns()
        time.sleep(0.01)


def mixed(environ, start_response):
    """200 µs of the processor and 2 ms of waiting, as for a database."""
    end = time.thread_time_ns() + 200_000
    while time.thread_time_ns() < end:
        pass
    time.sleep(0.002)
    return hello(environ, start_response)


def upload(environ, start_response):
    read, total = environ["wsgi.input"].read, 0
    while block := read(len(BLOCK)):
        total += len(block)
    return _number(start_response, total)


def download(environ, start_response):
    size = int(environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(size))])
    return (BLOCK for _ in range(size // len(BLOCK)))


def _number(start_response, number):
    text = str(number).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text]


PATHS = {f"/{each.__name__}": each for each in (large, file, post, chunks, clock, mixed, upload, download)}


def application(environ, start_response):
    return PATHS.get(environ["PATH_INFO"], hello)(environ, start_response)
