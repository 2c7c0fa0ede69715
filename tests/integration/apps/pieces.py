"""Yields as many pieces as the query says, without a Content-Length."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return (f"piece {number}\n".encode() for number in range(int(environ["QUERY_STRING"])))
