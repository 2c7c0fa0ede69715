"""Compiles a project's Python files to bytecode, so that a read-only container starts fast.

Run by warpdrive build in the project's own Python, isolated from the project. Other people's
environments and hidden folders are left alone. Argument: the project's folder. What can't be
compiled is told on descriptor 3: it may be a template, or for another Python.
"""
import compileall
import io
import os
import sys


def is_ours(folder, name):
    return not name.startswith(".") and name not in ("__pycache__", "node_modules") and not os.path.exists(
        os.path.join(folder, name, "pyvenv.cfg"))


def main():
    failed = []
    for folder, names, files in os.walk(sys.argv[1]):
        names[:] = [name for name in names if is_ours(folder, name)]
        for name in files:
            path = os.path.join(folder, name)
            if name.endswith(".py") and not compileall.compile_file(path, quiet=2):
                failed.append(path)
    with io.open(3, "w", encoding="utf-8", errors="surrogateescape") as answers:
        answers.write("\n".join(failed))


main()
