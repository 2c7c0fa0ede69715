"""Applications that break a rule or raise."""
import sys

from common import PLAIN, Closing, closed


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
        ("200 OK", [("A", "c\r\nX: e")]),
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
