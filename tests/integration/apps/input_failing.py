"""Reads the whole body; says when it begins, and in the error log how the reading failed."""
import os
from pathlib import Path

STARTED = Path(os.environ["WARP_TEST_SCRATCH"], "input_failing.started")


def application(environ, start_response):
    STARTED.touch()
    try:
        while environ["wsgi.input"].read(65_536):
            pass
    except OSError as error:
        print(f"input_failing: {type(error).__name__}", file=environ["wsgi.errors"])
        raise
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"all"]
