"""Applications that call start_response, write() and early_hints in unusual ways."""
import os
import sys
import threading
import time
import traceback

from common import PLAIN, kept


class EvilText(str):
    """Must never be asked."""

    def __repr__(self):
        raise AssertionError("__repr__ was called")

    __str__ = __eq__ = __hash__ = __len__ = __repr__


def message_of(function, *arguments, **names):
    try:
        function(*arguments, **names)
        return "accepted"
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)


def answer(start_response, *lines):
    start_response("200 OK", PLAIN)
    return ["\n".join(lines).encode("utf-8", "backslashreplace")]


def start_by_name(environ, start_response):
    if environ["QUERY_STRING"] == "names":
        start_response(headers=PLAIN, status="201 Named")
    elif environ["QUERY_STRING"] == "pep":
        start_response("201 Named", response_headers=PLAIN, exc_info=None)
    else:
        return answer(start_response,
                      message_of(start_response, "200 OK", PLAIN, status="200 OK"),
                      message_of(start_response, "200 OK", headers=PLAIN, response_headers=PLAIN),
                      message_of(start_response, "200 OK", PLAIN, extra=1),
                      message_of(start_response, status="200 OK"))
    return [b"named"]


def start_with_no_exception(environ, start_response):
    start_response("200 OK", PLAIN, sys.exc_info())
    return [message_of(start_response, "500 Oh", PLAIN, sys.exc_info()).encode()]


def start_refused_again(environ, start_response):
    """The second head is refused: the first one does not hold any more."""
    start_response("200 OK", PLAIN)
    try:
        raise KeyError("reason")
    except KeyError:
        kept[:] = [message_of(start_response, "500 Oh\n", PLAIN, sys.exc_info())]
    return [b"body"]


def write_refused(environ, start_response):
    write = start_response("200 OK", PLAIN)
    try:
        raise KeyError("reason")
    except KeyError:
        message_of(start_response, "500", [()], sys.exc_info())
    return answer(start_response, message_of(write, b"body"))


def start_with_odd_text(environ, start_response):
    """Messages hold what was given, in whatever characters."""
    return answer(start_response,
                  message_of(start_response, "200 \xe9\r", PLAIN),
                  message_of(start_response, "\u20ac", PLAIN),
                  message_of(start_response, "200 OK", [("A\u20ac", "b")]),
                  message_of(start_response, "200 OK", [("A", "\xe9\x00")]),
                  message_of(start_response, "200 OK", [("Content-Length", "\xb2")]),
                  message_of(start_response, "200 OK", [("Content-Length", "18446744073709551616")]),
                  message_of(start_response, "200 OK", [("A", "x" * 1000 + "\n")])[:60])


def start_with_evil_text(environ, start_response):
    if environ["QUERY_STRING"] == "accepted":
        start_response(EvilText("200 Fine"), [(EvilText("X-A"), EvilText("fine"))])
        return [b"accepted"]
    return answer(start_response,
                  message_of(start_response, EvilText("200\r"), PLAIN),
                  message_of(start_response, "200 OK", [(EvilText("A B"), "c")]),
                  message_of(start_response, "200 OK", [("A", EvilText("c\n"))]))


def start_too_large(environ, start_response):
    return answer(start_response,
                  message_of(start_response, "200 OK", [("A", "x" * 262_144)]),
                  message_of(start_response, "200 OK", [("A", "b")] * 65_536),
                  message_of(start_response, "200 OK", [("A" * 65_536, "b")]),
                  message_of(start_response, "200 " + "x" * 65_536, []))


def start_just_small_enough(environ, start_response):
    start_response("200 OK", [("A", "x" * 262_080)])
    return [b"fits"]


def same_length_twice(environ, start_response):
    start_response("200 OK", [("Content-Length", "4"), ("content-length", " 4 ")])
    return [b"four"]


def raise_with_trace(environ, start_response):
    """start_response raises the exception again with the traceback that it was given."""
    write = start_response("200 OK", PLAIN)
    write(b"out ")

    def where_it_happens():
        raise KeyError("original")

    try:
        where_it_happens()
    except KeyError:
        info = sys.exc_info()
    try:
        start_response("500 Oh", PLAIN, info)
    except KeyError as error:
        names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        write(("where_it_happens" in names and error is info[1] and b"same") or b"other")
    return []


def hints(environ, start_response):
    send = environ["wsgi.early_hints"]
    send([("Link", "</style.css>; rel=preload; as=style"), ("Link", "</script.js>; rel=preload")])
    send([("X-Second", "2")])
    return answer(start_response, "hinted")


def hints_late(environ, start_response):
    start_response("200 OK", PLAIN)(b"begun ")
    return [message_of(environ["wsgi.early_hints"], [("Link", "</a>")]).encode()]


def hints_without_number(environ, start_response):
    lines = [message_of(environ["wsgi.early_hints"], [("Link", "</%d>" % i)]) for i in range(18)]
    return answer(start_response, *sorted(set(lines)))


def hints_refused(environ, start_response):
    send = environ["wsgi.early_hints"]
    return answer(start_response, message_of(send, None), message_of(send), message_of(send, [("A B", "c")]),
                  message_of(send, [("Connection", "close")]), message_of(send, []),
                  message_of(send, [("A", "x" * 300_000)]))


def hints_kept(environ, start_response):
    if kept and kept[0] == "hints":
        send = kept.pop()
        del kept[:]
        return answer(start_response, message_of(send, [("Link", "</a>")]))
    kept[:] = ["hints", environ["wsgi.early_hints"]]
    return answer(start_response, "kept")


def write_while_reading(environ, start_response):
    """Another thread waits for the body, which comes only after the client has part of the response."""
    result = []
    begun = threading.Event()

    def read():
        begun.set()
        result.append(environ["wsgi.input"].read())

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait()
    write = start_response("200 OK", PLAIN)
    write(b"answer before the body, ")
    thread.join()
    return [result[0]]


def many_pieces(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"p" * 10] * 10_000 + [b"L" * 30_000] * 3 + [b"p" * 10] * 10_000


def environ_value(environ, start_response):
    start_response("200 OK", PLAIN)
    return [str(environ[environ["QUERY_STRING"]]).encode("latin-1")]


def environ_path(environ, start_response):
    start_response("200 OK", PLAIN)
    return [os.fsencode(environ[environ["QUERY_STRING"]])]


def environ_changed(environ, start_response):
    first = environ.get("PATH_TRANSLATED", "fresh")
    environ["PATH_TRANSLATED"] = environ["HTTP_HOST"] = "changed"
    del environ["QUERY_STRING"]
    environ.clear()
    return answer(start_response, first)


def environ_times(environ, start_response):
    names = ["warp.request_start", "warp.queue_start", "warp.application_start"]
    kinds = [type(environ[name]).__name__ for name in names]
    return answer(start_response, " ".join(kinds) + " %s" % (abs(environ[names[2]] - time.time()) < 60))
