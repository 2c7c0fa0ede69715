"""The application of all servers under comparison: the path chooses how much work it is."""

HELLO = b"Hello, world!"
LARGE = bytes(1024 * 1024)
CHUNK = bytes(1024)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [HELLO]


def large(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(LARGE)))])
    return [LARGE]


def post(environ, start_response):
    read = environ["wsgi.input"].read
    length = str(len(read(int(environ["CONTENT_LENGTH"])))).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(length)))])
    return [length]


def chunks(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return (CHUNK for _ in range(100))


CASES = {"/large": large, "/post": post, "/chunks": chunks}


def application(environ, start_response):
    return CASES.get(environ["PATH_INFO"], hello)(environ, start_response)
