"""Answers 413 without reading."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    start_response("413 Content Too Large", [("Content-Type", "text/plain"), ("Content-Length", "8")])
    return [b"too much"]
