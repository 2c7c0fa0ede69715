"""Answers with what the process is: pid, user, folder, variables, Python."""
import json
import os
import sys
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    body = json.dumps({
        "pid": os.getpid(), "uids": os.getresuid(), "gids": os.getresgid(), "groups": os.getgroups(), "umask": _umask(),
        "directory": os.getcwd(), "variables": dict(os.environ), "locale": os.environ.get("LC_ALL"),
        "python": "%d.%d" % sys.version_info[:2], "prefix": sys.prefix, "path": sys.path,
        "multithread": environ["wsgi.multithread"], "multiprocess": environ["wsgi.multiprocess"],
        "descriptors": {number: os.readlink(f"/proc/self/fd/{number}") for number in _descriptors()},
    }).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _umask():
    value = os.umask(0o22)
    os.umask(value)
    return value


def _descriptors():
    # Without the one that lists the folder: it is closed by the time it is looked at.
    return [number for number in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{number}")]
