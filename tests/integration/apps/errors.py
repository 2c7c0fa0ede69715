"""Writes to all that leads to the error log."""
import sys
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    environ["wsgi.errors"].write("errors: written\n")
    environ["wsgi.errors"].writelines(["errors: of ", "several\n"])
    environ["wsgi.errors"].flush()
    print("errors: standard output")
    print("errors: standard error \u20ac", file=sys.stderr)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
