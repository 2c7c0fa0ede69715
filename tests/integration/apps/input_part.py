"""Reads the first ten bytes of the body only."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    first = environ["wsgi.input"].read(10)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(first)))])
    return [first]
