"""Two callables with other names than `application`, and a factory."""
from wsgiref.validate import validator


@validator
def first(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"first"]


@validator
def second(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"second"]


def create_app():
    @validator
    def made(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"made by the factory"]
    return made
