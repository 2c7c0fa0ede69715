"""Writes a .gz, and a .br where brotli is there, beside each static file that shrinks.

Run by warpdrive build in the project's own Python, isolated from the project. A copy carries the
time of its original, so that a rerun does only what changed. Argument: the folder. The answer on
descriptor 3 says how many there are of each.
"""
import gzip
import json
import os
import shutil
import subprocess
import sys

ENDINGS = {".css", ".csv", ".eot", ".htm", ".html", ".js", ".json", ".map", ".md", ".mjs", ".otf", ".svg", ".ttf",
           ".txt", ".wasm", ".webmanifest", ".xml"}
SMALLEST = 512  # bytes; below, the header outweighs what is saved
WORTH_IT = 0.95


def find_brotli():
    """bytes -> bytes, or None."""
    try:
        import brotli
        return brotli.compress
    except ImportError:
        program = shutil.which("brotli")
    if not program:
        return None
    return lambda data: subprocess.run([program, "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def is_current(copy, original):
    try:
        return os.stat(copy).st_mtime_ns >= original.st_mtime_ns
    except FileNotFoundError:
        return False


def write_copy(path, copy, compress, original):
    """True when there is a copy now."""
    if is_current(copy, original):
        return True
    with open(path, "rb") as file:
        data = file.read()
    small = compress(data)
    if len(small) > len(data) * WORTH_IT:
        if os.path.exists(copy):
            os.unlink(copy)
        return False
    with open(copy + ".new", "wb") as file:
        file.write(small)
    shutil.copymode(path, copy + ".new")
    os.utime(copy + ".new", ns=(original.st_atime_ns, original.st_mtime_ns))
    os.replace(copy + ".new", copy)
    return True


def main():
    kinds = {".gz": lambda data: gzip.compress(data, 9, mtime=0)}
    brotli = find_brotli()
    if brotli:
        kinds[".br"] = brotli
    counts = dict.fromkeys(kinds, 0)
    for folder, _, names in os.walk(sys.argv[1]):
        for name in names:
            path = os.path.join(folder, name)
            original = os.lstat(path)
            if os.path.splitext(name)[1].lower() not in ENDINGS or original.st_size < SMALLEST or os.path.islink(path):
                continue
            for ending, compress in kinds.items():
                counts[ending] += write_copy(path, path + ending, compress, original)
    with os.fdopen(3, "w") as answers:
        json.dump(counts, answers)


main()
