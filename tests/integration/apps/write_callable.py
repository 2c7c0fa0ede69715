"""Uses write(), then an iterable."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(b"written, ")
    write(b"written again, ")
    return [b"and ", b"iterated"]
