"""Response headers: /many?N fields, /cookies two of the same name, /large?N bytes in one value."""
from wsgiref.validate import validator


def many(query):
    return [(f"X-Field-{number}", f"value {number}") for number in range(int(query))]


def cookies(query):
    return [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; Path=/")]


def large(query):
    return [("X-Large", "x" * int(query))]


def latin(query):
    return [("X-Latin", "caf\xe9")]


@validator
def application(environ, start_response):
    fields = globals()[environ["PATH_INFO"].strip("/")](environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")] + fields)
    return [b"ok"]
