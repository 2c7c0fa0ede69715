"""Imports the module or script of an application and tells what the name in it is.

Run by warpdrive-express in the project's own Python where reading the file can't tell. The answer is JSON on descriptor
3. Arguments: "module" or "path", its name, the callable, then what goes first on sys.path.
"""
import importlib
import inspect
import json
import os
import runpy
import sys


def takes(value, count):
    try:
        inspect.signature(value).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


def kind_of(value):
    if hasattr(value, "wsgi_app"):
        return "wsgi"
    call = value if inspect.isfunction(value) else getattr(value, "__call__", None)
    if inspect.iscoroutinefunction(call):
        return "asgi"
    return "wsgi" if callable(value) and takes(value, 2) else "other"


def main():
    shape, target, name = sys.argv[1:4]
    sys.path[0:1] = sys.argv[4:]
    if shape == "path":
        names = runpy.run_path(target, run_name="_warp_script")
    else:
        names = vars(importlib.import_module(target))
    value = names.get(name)
    answer = {"kind": kind_of(value), "what": f"an object of class {type(value).__module__}.{type(value).__qualname__}"}
    with os.fdopen(3, "w", encoding="utf-8") as answers:
        json.dump(answer, answers)
    sys.stdout.flush()
    # Threads that the project has started must not keep this process.
    os._exit(0)


main()
