"""Applications that write to the error log."""
import io
import logging
import sys
import threading
import warnings

from common import PLAIN


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


def long_unfinished_line(environ, start_response):
    for _ in range(150):
        sys.stderr.write("x" * 1000)
    start_response("200 OK", PLAIN)
    return []


def logs_levels(environ, start_response):
    logger = logging.getLogger("levels")
    logger.setLevel(1)
    for level in (1, 10, 20, 25, 30, 40, 50, 99):
        logger.log(level, "level %d", level)
    try:
        raise KeyError("lost")
    except KeyError:
        logger.exception("with traceback")
    start_response("200 OK", PLAIN)
    return []


def speaks_from_a_thread(environ, start_response):
    thread = threading.Thread(target=print, args=("from a thread",))
    thread.start()
    thread.join()
    start_response("200 OK", PLAIN)
    return []


def speaks_in_close(environ, start_response):
    class Body:
        def __iter__(self):
            return iter([b"body"])

        def close(self):
            print("from close")

    start_response("200 OK", PLAIN + [("Content-Length", "4")])
    return Body()


def warns_on_another_stderr(environ, start_response):
    original, sys.stderr = sys.stderr, io.StringIO()
    try:
        warnings.warn("kept by the application")
        text = sys.stderr.getvalue()
    finally:
        sys.stderr = original
    start_response("200 OK", PLAIN)
    return [text.encode()]
