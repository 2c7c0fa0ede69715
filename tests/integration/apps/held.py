"""A request that lasts until a file of SCRATCH exists; the query names it. Says so with another: NAME.started."""
import os
import time
from pathlib import Path
from wsgiref.validate import validator

SCRATCH = Path(os.environ["WARP_TEST_SCRATCH"])


@validator
def application(environ, start_response):
    name = environ["QUERY_STRING"]
    (SCRATCH / f"{name}.started").touch()
    deadline = time.monotonic() + 60
    while not (SCRATCH / name).exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
