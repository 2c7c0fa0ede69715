"""Answers each piece of the body, of as many bytes as the query says, while the rest is still on its way."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return _pieces(environ["wsgi.input"], int(environ["QUERY_STRING"]))


def _pieces(stream, size):
    for piece in iter(lambda: stream.read(size), b""):
        yield piece
