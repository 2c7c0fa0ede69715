"""Answers with its pid; /grow?N keeps N MiB more, /work?S uses S seconds of CPU."""
import os
import time

KEPT = []


def application(environ, start_response):
    amount = environ["QUERY_STRING"]
    if environ["PATH_INFO"] == "/grow":
        KEPT.append(b"x" * (int(amount) << 20))
    if environ["PATH_INFO"] == "/work":
        end = time.process_time() + float(amount)
        while time.process_time() < end:
            pass
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
