"""Notes the order in which requests are started, in a file; then does what the path says. The query is the request's name.

/hold lasts until the file NAME exists, /sleep/1.5 for that long, /die kills the process, /die-first only at the first attempt.
"""
import os
import signal
import time
from pathlib import Path
from wsgiref.validate import validator

SCRATCH = Path(os.environ["WARP_TEST_SCRATCH"])


@validator
def application(environ, start_response):
    name, path, attempt = environ["QUERY_STRING"], environ["PATH_INFO"], environ["warp.attempt"]
    body = environ["wsgi.input"].read(1000) if environ.get("CONTENT_LENGTH") else b""
    with open(SCRATCH / "order", "a") as order:
        order.write(f"{name}\n")
    if path == "/hold":
        deadline = time.monotonic() + 60
        while not (SCRATCH / name).exists() and time.monotonic() < deadline:
            time.sleep(0.005)
    elif path.startswith("/sleep/"):
        time.sleep(float(path.removeprefix("/sleep/")))
    elif path == "/die" or path == "/die-first" and attempt == "1":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = f"{attempt} {os.getpid()} {body.decode()}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    return [answer]
