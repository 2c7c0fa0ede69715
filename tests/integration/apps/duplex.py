"""Answers each piece of the body while the rest is still on its way."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return _pieces(environ["wsgi.input"])


def _pieces(stream):
    for piece in iter(lambda: stream.read(65_536), b""):
        yield piece
