"""Answers with what the process is: pid, user, folder, variables, Python."""
import json
import os
import resource
import sys
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    body = json.dumps({
        "pid": os.getpid(), "uids": os.getresuid(), "gids": os.getresgid(), "groups": os.getgroups(), "umask": _umask(),
        "directory": os.getcwd(), "variables": dict(os.environ), "locale": os.environ.get("LC_ALL"),
        "python": "%d.%d" % sys.version_info[:2], "prefix": sys.prefix, "path": sys.path,
        "multithread": environ["wsgi.multithread"], "multiprocess": environ["wsgi.multiprocess"],
        "descriptors": _descriptors(), "priority": os.getpriority(os.PRIO_PROCESS, 0),
        "limits": {name: resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT_")},
    }).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _umask():
    value = os.umask(0o22)
    os.umask(value)
    return value


def _descriptors():
    found = {}
    for number in os.listdir("/proc/self/fd"):
        try:
            found[number] = os.readlink(f"/proc/self/fd/{number}")
        except FileNotFoundError:  # the one that listed the folder
            pass
    return found
