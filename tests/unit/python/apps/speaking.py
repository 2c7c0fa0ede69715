"""Applications that write to the error log."""
import io
import logging
import sys
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
