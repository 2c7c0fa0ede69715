"""What wsgiref.validate does not let through: read() without a size. Answers with length and digest of the body."""
import hashlib


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    after_end = environ["wsgi.input"].read()
    answer = f"{len(body)} {hashlib.sha256(body).hexdigest()} {len(after_end)}".encode()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer]
