"""A file through wsgi.file_wrapper with wsgiref.validate between."""
import os
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return environ["wsgi.file_wrapper"](open(os.path.join(os.environ["WARP_TEST_SCRATCH"], environ["QUERY_STRING"]), "rb"))
