"""As many MiB as the query says, in pieces of 64 KiB."""
from wsgiref.validate import validator

PIECE = bytes(range(256)) * 256


@validator
def application(environ, start_response):
    count = int(environ["QUERY_STRING"]) * 16
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(count * len(PIECE)))])
    return (PIECE for _ in range(count))
