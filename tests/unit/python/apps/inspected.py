"""Applications that are looked at while they run."""
import threading
import time

import warp

from common import PLAIN

release = threading.Event()


def waits_for_release(environ, start_response):
    release.wait(20)
    release.clear()
    start_response("200 OK", PLAIN)
    return [b"released"]


def waits_to_be_interrupted(environ, start_response):
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            time.sleep(0.001)
    except warp.RequestTimeout as error:
        start_response("200 OK", PLAIN)
        return [f"{type(error).__name__} {isinstance(error, Exception)}".encode()]


def ended_by_the_timeout(environ, start_response):
    raise warp.RequestTimeout


def client_connection(environ, start_response):
    start_response("200 OK", PLAIN)
    return [str(warp.is_client_connected()).encode()]


def client_connection_afterwards(environ, start_response):
    start_response("200 OK", PLAIN)
    deadline = time.monotonic() + 20
    yield b"first"
    while warp.is_client_connected() and time.monotonic() < deadline:
        time.sleep(0.001)
    print("connected:", warp.is_client_connected())
