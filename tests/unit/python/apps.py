"""One small WSGI application per behaviour; the path's first segment names the function. Also read by test code as `apps`."""
import gc
import io
import logging
import os
import signal
import sys
import threading
import time
import warnings
from wsgiref.validate import validator

PLAIN = [("Content-Type", "text/plain")]
kept = []
closed = []
seen = {}


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


class Closing:
    def __init__(self, items, error=None):
        self.items = iter(items)
        self.error = error

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.items)

    def close(self):
        closed.append(True)
        if self.error:
            raise self.error


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


def fails(environ, start_response):
    raise ValueError("before the head\n[forged] line")


def fails_after_start(environ, start_response):
    start_response("200 OK", PLAIN)
    raise ValueError("after start_response")


def fails_late(environ, start_response):
    del closed[:]

    def items():
        yield b"sent"
        raise ValueError("after output")

    start_response("200 OK", PLAIN)
    return Closing(items())


def exits(environ, start_response):
    sys.exit(3)


def no_start(environ, start_response):
    return [b"body"]


def returns_none(environ, start_response):
    start_response("200 OK", PLAIN)


def returns_bytes(environ, start_response):
    start_response("200 OK", PLAIN)
    return b"body"


def returns_text(environ, start_response):
    start_response("200 OK", PLAIN)
    return ["text"]


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


def exc_info_before(environ, start_response):
    start_response("200 OK", PLAIN)
    try:
        raise KeyError("k")
    except KeyError:
        start_response("500 Oh", PLAIN, sys.exc_info())
    return [b"replaced"]


def exc_info_after(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(b"out")
    try:
        raise KeyError("original")
    except KeyError:
        start_response("500 Oh", PLAIN, exc_info=sys.exc_info())
    return [b"not reached"]


def bad_start(environ, start_response):
    """Each bad call is caught, and its message is a line of the body."""
    calls = [
        (200, []),
        ("OK", []),
        ("20x OK", []),
        ("200OK", []),
        ("100 Continue", []),
        ("200 O\nK", []),
        ("200 \u20ac", []),
        ("200 OK", ()),
        ("200 OK", [["A", "b"]]),
        ("200 OK", [("A",)]),
        ("200 OK", [(b"A", "b")]),
        ("200 OK", [("A b", "c")]),
        ("200 OK", [("", "c")]),
        ("200 OK", [("A", b"c")]),
        ("200 OK", [("A", "c\r\nd: e")]),
        ("200 OK", [("A", "\u20ac")]),
        ("200 OK", [("Connection", "close")]),
        ("200 OK", [("Content-Length", "-1")]),
        ("200 OK", [("Content-Length", "1"), ("content-length", "2")]),
        ("200 OK", [], "exc"),
        ("200 OK",),
        ("200 OK", [], None, None),
    ]
    lines = []
    for call in calls:
        try:
            start_response(*call)
            lines.append("accepted: %r" % (call,))
        except (TypeError, ValueError) as error:
            lines.append("%s: %s" % (type(error).__name__, error))
    start_response("200 OK", PLAIN)
    try:
        start_response("200 OK", PLAIN)
    except AssertionError as error:
        lines.append("AssertionError: %s" % error)
    return ["\n".join(lines).encode()]


def short(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "10")])
    return [b"short"]


def short_stream(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "10")])
    yield b"short"


def long(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "4")])
    return [b"four and more"]


def long_stream(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "4")])
    yield b"four and"
    yield b"more"


def no_content(environ, start_response):
    start_response("204 No Content", [("Content-Length", "4")])
    return [b"four"]


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"x"')])
    return [b"body"]


def environ_text(environ, start_response):
    start_response("200 OK", PLAIN)
    return ["\n".join("%s=%r" % item for item in sorted(environ.items())).encode("utf-8", "surrogateescape")]


def read_all(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", PLAIN)
    return [str(len(body)).encode(), b" ", body[:20], b" ", environ["wsgi.input"].read()]


def read_parts(environ, start_response):
    """The calls in the query, as `read(3);readline();readlines(5);next();list()`."""
    source = environ["wsgi.input"]
    names = {"read": source.read, "readline": source.readline, "readlines": source.readlines,
             "next": lambda: next(source, "stop"), "list": lambda: list(source), "close": source.close}
    results = [repr(eval(call, names)) for call in environ["QUERY_STRING"].split(";")]
    start_response("200 OK", PLAIN)
    return ["|".join(results).encode()]


def echo(environ, start_response):
    start_response("200 OK", PLAIN)
    while True:
        block = environ["wsgi.input"].read(5000)
        if not block:
            return
        yield block


def read_error(environ, start_response):
    try:
        environ["wsgi.input"].read()
    except OSError as error:
        seen["error"] = type(error).__module__ + "." + type(error).__name__
    start_response("200 OK", PLAIN)
    return [seen["error"].encode()]


def read_error_uncaught(environ, start_response):
    environ["wsgi.input"].read()


def keep(environ, start_response):
    kept[:] = [environ["wsgi.input"], start_response("200 OK", PLAIN), start_response]
    return [b"kept"]


def use_kept(environ, start_response):
    source, write, start = kept
    lines = []
    for use in (source.read, source.readline, lambda: list(source), lambda: write(b"x"), lambda: start("200 OK", [])):
        try:
            use()
            lines.append("no error")
        except RuntimeError as error:
            lines.append(str(error))
    del kept[:]
    start_response("200 OK", PLAIN)
    return ["\n".join(lines).encode()]


def read_in_thread(environ, start_response):
    result = []
    thread = threading.Thread(target=lambda: result.append(environ["wsgi.input"].read()))
    thread.start()
    thread.join()
    start_response("200 OK", PLAIN)
    return [result[0]]


def read_after_end(environ, start_response):
    """A thread still waits for the body when the request ends."""
    begun = threading.Event()
    source = environ["wsgi.input"]

    def read():
        begun.set()
        try:
            source.read()
        except (OSError, RuntimeError):
            pass

    threading.Thread(target=read, daemon=True).start()
    begun.wait()
    start_response("200 OK", PLAIN)
    return [b"done"]


def speak(environ, start_response):
    print("from print")
    print("to stderr", file=sys.stderr)
    print("to errors", file=environ["wsgi.errors"])
    environ["wsgi.errors"].writelines(["two ", "halves\n"])
    logging.getLogger("app").warning("from logging")
    warnings.warn("from warnings")
    sys.stdout.buffer.write(b"from buffer\n")
    print("lone \udc80 surrogate, \x1b[31mred\x1b[0m")
    print("tail without newline", end="")
    start_response("200 OK", PLAIN)
    return [b"spoken"]


def stream_attributes(environ, start_response):
    lines = []
    for stream in (sys.stdout, sys.stderr, environ["wsgi.errors"]):
        try:
            number = stream.fileno()
        except io.UnsupportedOperation as error:
            number = str(error)
        lines.append("%s %s %s %s %s" % (stream.name, stream.encoding, stream.isatty(), stream.closed, number))
    start_response("200 OK", PLAIN)
    return ["\n".join(lines).encode()]


def long_line(environ, start_response):
    sys.stderr.write("x" * 150_000 + "\n")
    start_response("200 OK", PLAIN)
    return []


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


def warp_module(environ, start_response):
    import warp
    start_response("200 OK", PLAIN)
    return [repr((warp.version, warp.__version__, warp.process_group, issubclass(warp.ClientDisconnected, OSError),
                  warp.FileWrapper is environ["wsgi.file_wrapper"])).encode()]


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
