"""Answers with the request's number and writes it down when it begins: what was started, and how often.

A GET's number is its query, a POST's its body. The path says how long it takes: /5 is 5 ms. Other paths break
something; a request for one of them has no number.
"""
import ctypes
import os
import threading
import time
from pathlib import Path

SCRATCH = Path(os.environ["WARP_TEST_SCRATCH"])
LEDGER = os.open(SCRATCH / "ledger", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
LEAK = []


def numbered(environ):
    number = environ["wsgi.input"].read(20) if environ["REQUEST_METHOD"] == "POST" else environ["QUERY_STRING"].encode()
    # One write is one line, also of several processes.
    os.write(LEDGER, number + b"\n")
    milliseconds = environ["PATH_INFO"].strip("/")
    if milliseconds:
        time.sleep(int(milliseconds) / 1000)
    return number


def leak(environ):
    """64 KiB that stay."""
    LEAK.append(bytearray(b"x") * 65536)
    return numbered(environ | {"PATH_INFO": "/"})


def segfault(_environ):
    ctypes.string_at(0)


def leave(_environ):
    os._exit(3)


def hold_gil(_environ):
    """In C, without giving the GIL back, for ever."""
    while True:
        ctypes.PyDLL(None).pause()


def deadlock(_environ):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def wait_for(name):
    """Until the file of SCRATCH exists."""
    deadline = time.monotonic() + 60
    while not (SCRATCH / name).exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def hold(environ):
    """Until the file exists that the query names."""
    wait_for(environ["QUERY_STRING"])
    return b"held"


def eat_memory(environ):
    """As many MiB as the query says, in use, when the file `eat` exists."""
    wait_for("eat")
    eaten = [bytearray(b"x") * 1024 * 1024 for _ in range(int(environ["QUERY_STRING"]))]
    return str(len(eaten)).encode()


def start_threads(environ):
    """As many as there can be, at most what the query says. They end together."""
    end, started = threading.Event(), 0
    try:
        for _ in range(int(environ["QUERY_STRING"])):
            threading.Thread(target=end.wait, args=(60,)).start()
            started += 1
        return str(started).encode()
    finally:
        time.sleep(1)
        end.set()


def large(environ):
    """As many KiB as the query says."""
    return bytes(1024) * int(environ["QUERY_STRING"])


def stream(environ):
    """As many KiB as the query says, in pieces."""
    return (bytes(1024) for _ in range(int(environ["QUERY_STRING"])))


def take(environ):
    """The length of a body of any size."""
    return str(sum(len(piece) for piece in iter(lambda: environ["wsgi.input"].read(65_536), b""))).encode()


def pid(_environ):
    return str(os.getpid()).encode()


BREAKING = {f"/{each.__name__}": each for each in (leak, segfault, leave, hold_gil, deadlock, eat_memory, start_threads, hold,
                                                   large, stream, take, pid)}


def application(environ, start_response):
    handle = BREAKING.get(environ["PATH_INFO"])
    if handle and environ["REQUEST_METHOD"] == "POST":
        (SCRATCH / f"breaker.{threading.get_native_id()}").write_text(str(os.getpid()))
        (SCRATCH / f"breaker.{threading.get_native_id()}").replace(SCRATCH / "breaker")
    body = (handle or numbered)(environ)
    length = [("Content-Length", str(len(body)))] if isinstance(body, bytes) else []
    start_response("200 OK", [("Content-Type", "text/plain"), *length])
    return [body] if length else body
