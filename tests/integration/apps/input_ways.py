"""Reads the body in the way that the path names, answers with what came."""
from wsgiref.validate import validator

SIZE = 1000


def read_all(stream, length):
    return stream.read(length)


def read_pieces(stream, length):
    return b"".join(iter(lambda: stream.read(SIZE), b""))


def read_beyond_end(stream, length):
    return stream.read(length + 100_000)


def read_lines(stream, length):
    return b"".join(iter(stream.readline, b""))


def read_short_lines(stream, length):
    return b"".join(iter(lambda: stream.readline(7), b""))


def read_line_list(stream, length):
    return b"".join(stream.readlines())


def iterate(stream, length):
    return b"".join(stream)


WAYS = {way.__name__: way for way in (read_all, read_pieces, read_beyond_end, read_lines, read_short_lines, read_line_list, iterate)}


@validator
def application(environ, start_response):
    way = WAYS[environ["PATH_INFO"].strip("/")]
    body = way(environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 10_000_000))
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))])
    return [body]
