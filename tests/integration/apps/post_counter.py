"""Counts by appending to a file of SCRATCH, so that a lost or doubled request shows."""
import os
from wsgiref.validate import validator

PATH = os.path.join(os.environ["WARP_TEST_SCRATCH"], "counted")


@validator
def application(environ, start_response):
    with open(PATH, "ab") as counted:
        counted.write(environ["wsgi.input"].read(1))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
