"""Ways to fail after the head is out; the path names one."""
import os
import sys


class Iteration:
    """Says in the log when it is closed."""

    def __init__(self, pieces):
        self._pieces = pieces

    def __iter__(self):
        return self._pieces

    def close(self):
        print("breaking: closed", flush=True)


def raises():
    yield b"the beginning, "
    yield b"some more, "
    raise ValueError("raised after the head")


def short():
    yield b"only this"


def long():
    yield b"x" * 90
    yield b"y" * 90


def reraises(start_response):
    yield b"the beginning"
    try:
        raise ValueError("handled too late")
    except ValueError:
        start_response("500 Late", [("Content-Type", "text/plain")], sys.exc_info())


def dies():
    yield b"the beginning"
    os.kill(os.getpid(), 9)


def application(environ, start_response):
    fields = [("Content-Type", "text/plain")]
    if environ["QUERY_STRING"] == "sized":
        fields.append(("Content-Length", "100"))
    start_response("200 OK", fields)
    way = environ["PATH_INFO"].strip("/")
    return Iteration(reraises(start_response) if way == "reraises" else globals()[way]())
