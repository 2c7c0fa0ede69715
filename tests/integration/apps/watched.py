"""Looks at its requests through the module `warp`, and tells in files what happens at the end."""
import atexit
import os
import threading
import time
from pathlib import Path

import warp

scratch = Path(os.environ["WARP_TEST_SCRATCH"])
stopping = threading.Event()


def note(text):
    with open(scratch / "order", "a") as file:
        file.write(text + "\n")


@warp.subscribe_events
def on_event(name, **payload):
    if name == "request_started":
        warp.request_data()["started"] = payload["request_environ"]["PATH_INFO"]
        return {"application_object": counted(payload["application_object"])}
    if name == "request_finished":
        note(f"finished {payload['request_data']['started']} {payload['response_status']}")
    if name == "process_stopping":
        note(f"stopping {payload['shutdown_reason']} with {len(warp.active_requests)} requests")


@warp.subscribe_shutdown
def on_shutdown(name, shutdown_reason):
    note(f"shutdown {name} {shutdown_reason}")
    stopping.set()


@atexit.register
def at_exit():
    note("atexit")


def background():
    stopping.wait()
    note("background thread ends")


threading.Thread(target=background).start()


def counted(application):
    def wrapper(environ, start_response):
        environ["test.wrapped"] = True
        return application(environ, start_response)

    return wrapper


def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        (scratch / "slow").touch()
        time.sleep(1)
    elif environ["PATH_INFO"] == "/fails":
        raise LookupError("told to fail")
    elif environ["PATH_INFO"] == "/says":
        note(f"says {environ['test.wrapped']} {warp.process_group} {warp.threads_per_process} {warp.maximum_processes} "
             f"{warp.request_id() == environ['warp.request_id']}")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"said"]
