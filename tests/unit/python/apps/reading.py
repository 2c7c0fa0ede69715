"""Applications that read their request's body."""
import threading

from common import PLAIN, kept


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
        name = type(error).__module__ + "." + type(error).__name__
    start_response("200 OK", PLAIN)
    return [name.encode()]


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
