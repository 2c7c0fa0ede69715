"""Answers with the status that the path names: /404/Not%20Found."""
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    status = environ["PATH_INFO"].strip("/").replace("/", " ")
    if status[:3] in ("204", "304"):
        start_response(status, [("ETag", '"one"')])
        return []
    start_response(status, [("Content-Type", "text/plain")])
    return [b"the body"]
