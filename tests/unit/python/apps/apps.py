"""One small WSGI application per behaviour; the path's first segment names the function."""
import gc
import io
import os
import signal
import sys
import threading
import time
from wsgiref.validate import validator

from answering import *  # noqa: F403
from closing import *  # noqa: F403
from common import PLAIN, Closing, closed, kept
from failing import *  # noqa: F403
from inspected import *  # noqa: F403
from reading import *  # noqa: F403
from sending import *  # noqa: F403
from speaking import *  # noqa: F403
from watching import *  # noqa: F403


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Reply", "d\xe9j\xe0")])
    return [b"hello"]


def nothing(environ, start_response):
    start_response("200 OK", PLAIN)
    return []


def pieces(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"one,", b"", b"two,", b"three"]


def large(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"a" * 100_000, b"b" * 200_000]


def generator(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b""
    yield b"one"
    yield b"two"


def late_start(environ, start_response):
    yield b""
    start_response("201 Created", PLAIN)
    yield b"late"


def closing(environ, start_response):
    del closed[:]
    start_response("200 OK", PLAIN + [("Content-Length", "6")])
    return Closing([b"abc", b"def"])


def closing_fails(environ, start_response):
    start_response("200 OK", PLAIN)
    return Closing([b"fine"], RuntimeError("from close"))


def closed_count(environ, start_response):
    start_response("200 OK", PLAIN)
    return [str(len(closed)).encode()]


def writes(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(b"first")
    write(b"")
    write(b"second")
    try:
        write("text")
    except TypeError as error:
        write(str(error).encode())
    return [b"last"]


def no_content(environ, start_response):
    start_response("204 No Content", [("Content-Length", "4")])
    return [b"four"]


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"x"')])
    return [b"body"]


def spaced_value(environ, start_response):
    start_response("200 OK", [("Set-Cookie", "  a=b\t")])
    return [b""]


def environ_text(environ, start_response):
    start_response("200 OK", PLAIN)
    return ["\n".join("%s=%r" % item for item in sorted(environ.items())).encode("utf-8", "surrogateescape")]


def wrapped_file(environ, start_response):
    start_response("200 OK", PLAIN)
    source = io.BytesIO(b"0123456789" * 3)
    kept[:] = [source]
    return environ["wsgi.file_wrapper"](source, 8)


def wrapped_file_closed(environ, start_response):
    start_response("200 OK", PLAIN)
    return [str(kept.pop().closed).encode()]


def wrapper_errors(environ, start_response):
    wrapper = environ["wsgi.file_wrapper"]
    lines = []
    for arguments in ((), (io.BytesIO(), 0), (io.BytesIO(), "x"), (io.BytesIO(), 1, 2)):
        try:
            wrapper(*arguments)
            lines.append("accepted")
        except (TypeError, ValueError) as error:
            lines.append(type(error).__name__)
    lines.append(str(isinstance(wrapper, type)))
    start_response("200 OK", PLAIN)
    return ["\n".join(lines).encode()]


def thread_name(environ, start_response):
    start_response("200 OK", PLAIN)
    current = threading.current_thread()
    return [b"%d %d" % (current is threading.main_thread(), current in threading.enumerate())]


def set_signal(environ, start_response):
    start_response("200 OK", PLAIN)
    return [repr(signal.signal(signal.SIGTERM, lambda *_: None)).encode()]


def process_facts(environ, start_response):
    start_response("200 OK", PLAIN)
    here = os.path.dirname(os.path.abspath(__file__))
    return [repr((sys.argv, __name__, os.path.basename(__file__), sys.path[0] == here)).encode()]


def many_threads_write(environ, start_response):
    write = start_response("200 OK", PLAIN)
    threads = [threading.Thread(target=lambda: [write(b"0123456789") for _ in range(100)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return []


def endless(environ, start_response):
    start_response("200 OK", PLAIN)

    def items():
        try:
            while True:
                yield b"x" * 65536
        finally:
            closed[:] = ["ended"]

    return items()


def was_ended(environ, start_response):
    start_response("200 OK", PLAIN)
    return [repr(closed).encode()]


def references(environ, start_response):
    """What the server's shared objects are referred to by; equal before and after many requests."""
    gc.collect()
    start_response("200 OK", PLAIN)
    shared = [hello, None, "GET", environ["wsgi.errors"], environ["wsgi.file_wrapper"], PLAIN, len(gc.get_objects())]
    counts = [sys.getrefcount(item) for item in shared[3:6]] + [len(gc.get_objects()), sys.getallocatedblocks()]
    return [" ".join(map(str, counts)).encode()]


def sleep(environ, start_response):
    time.sleep(0.2)
    start_response("200 OK", PLAIN)
    return [b"slept"]


validated = {}


def application(environ, start_response):
    path = environ["PATH_INFO"].strip("/").split("/")
    if path[0] == "valid":
        name = path[1]
        validated.setdefault(name, validator(globals()[name]))
        return validated[name](environ, start_response)
    return globals()[path[0]](environ, start_response)
