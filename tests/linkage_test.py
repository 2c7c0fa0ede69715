#!/usr/bin/env python3
"""What the built programs are linked with, and what the module shows to httpd.

Run by ctest: linkage_test.py --module mod_warp.so --supervisor PATH --worker PATH [--worker PATH ...]
[--launcher PATH]
"""
import argparse
import re
import subprocess
import sys

# A program, and the libraries that must not be in its process when it starts.
FORBIDDEN = {
    "module": ["libpython", "libspdlog"],
    "supervisor": ["libpython", "libapr", "libhttpd"],
    "worker": ["libapr", "libhttpd"],
    "launcher": ["libpython", "libapr"],
}
EXPORTED = {"warp_module"}


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def libraries(path):
    """Names of all shared libraries that the loader would map."""
    return re.findall(r"^\s*(\S+)(?: =>| \()", output_of("ldd", path), re.MULTILINE)


def exported_symbols(path):
    """(name, binding) of the dynamic symbols that the file defines."""
    for line in output_of("readelf", "--dyn-syms", "--wide", path).splitlines():
        fields = line.split()
        if len(fields) >= 8 and fields[0].rstrip(":").isdigit() and fields[6] not in ("UND", "Ndx"):
            yield fields[7].split("@")[0], fields[4]


def check_libraries(kind, path):
    names = [name.rsplit("/", 1)[-1] for name in libraries(path)]
    for name in names:
        if name.startswith(tuple(FORBIDDEN[kind])):
            yield f"{path} is linked with {name}; a {kind} must not be"
    if kind == "worker" and not any(name.startswith("libpython") for name in names):
        yield f"{path} is not linked with libpython"


def check_exports(path):
    symbols = list(exported_symbols(path))
    names = {name for name, _ in symbols}
    for name in sorted(names - EXPORTED):
        yield f"{path} exports {name}; httpd needs only {', '.join(sorted(EXPORTED))}"
    for name in sorted(EXPORTED - names):
        yield f"{path} does not export {name}, so httpd can't load it"
    for name, binding in symbols:
        if binding == "UNIQUE":
            yield f"{path}: {name} is a unique symbol (STB_GNU_UNIQUE): httpd could not unload the module at a restart"


def main():
    parser = argparse.ArgumentParser()
    for kind in FORBIDDEN:
        parser.add_argument(f"--{kind}", action="append", default=[], metavar="PATH")
    arguments = vars(parser.parse_args())
    problems, checked = [], 0
    for kind, paths in arguments.items():
        for path in paths:
            checked += 1
            problems += check_libraries(kind, path)
            if kind == "module":
                problems += check_exports(path)
    print(*problems, f"{checked} files checked", sep="\n")
    return 1 if problems or not checked else 0


sys.exit(main())
