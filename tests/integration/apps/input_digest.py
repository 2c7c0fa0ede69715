"""Reads a body of any size in pieces, answers with its length and digest."""
import hashlib
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    digest, length = hashlib.sha256(), 0
    for piece in iter(lambda: environ["wsgi.input"].read(65_536), b""):
        digest.update(piece)
        length += len(piece)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{length} {digest.hexdigest()}".encode()]
