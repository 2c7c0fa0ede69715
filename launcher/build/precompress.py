"""Writes a .gz, and a .br where brotli is there, beside each static file that shrinks.

Run by warpdrive build in the project's own Python, isolated from the project. A copy carries the
time of its original, so that a rerun does only what changed. One of another time is replaced or goes,
as it would be served in place of what the original is now; but what we neither made nor can make, such
as a .br that the project brings along where there is no brotli, stays. Arguments: the folder, and the
file in which the copies of ours are noted. The answer on descriptor 3 says how many there are of each.
"""
import gzip
import json
import os
import shutil
import stat
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
        return os.stat(copy).st_mtime_ns == original.st_mtime_ns
    except FileNotFoundError:
        return False


def write_copy(path, copy, compress, original):
    """False when it would not be worth it."""
    with open(path, "rb") as file:
        data = file.read()
    small = compress(data)
    if len(small) > len(data) * WORTH_IT:
        return False
    with open(copy + ".new", "wb") as file:
        file.write(small)
    shutil.copymode(path, copy + ".new")
    os.utime(copy + ".new", ns=(original.st_atime_ns, original.st_mtime_ns))
    os.replace(copy + ".new", copy)
    return True


def remove(copy):
    if os.path.islink(copy) or os.path.isfile(copy):
        os.unlink(copy)


def settle_copy(path, copy, compress, is_ours):
    """True when there is a copy now, and it is of what the file holds."""
    original = os.lstat(path)
    is_plain = not stat.S_ISLNK(original.st_mode)
    if is_plain and is_current(copy, original):
        return True
    if is_plain and compress and original.st_size >= SMALLEST and write_copy(path, copy, compress, original):
        return True
    if is_ours or is_plain and compress:
        remove(copy)
    return False


def read_notes(path):
    try:
        with open(path, encoding="utf-8") as file:
            return set(json.load(file))
    except (FileNotFoundError, ValueError):
        return set()


def write_notes(path, copies):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(sorted(copies), file)
    os.replace(path + ".new", path)


def main():
    root, notes = map(os.path.abspath, sys.argv[1:])
    kinds = {".gz": lambda data: gzip.compress(data, 9, mtime=0), ".br": find_brotli()}
    before, copies = read_notes(notes), set()
    for folder, _, names in os.walk(root):
        for name in names:
            if os.path.splitext(name)[1].lower() not in ENDINGS:
                continue
            path = os.path.join(folder, name)
            for ending, compress in kinds.items():
                if settle_copy(path, path + ending, compress, path + ending in before):
                    copies.add(path + ending)
    for copy in before - copies:
        # Its original went. A .gz that never had one is the project's.
        if copy.startswith(root + os.sep) and not os.path.lexists(os.path.splitext(copy)[0]):
            remove(copy)
    write_notes(notes, copies)
    counts = {ending: sum(copy.endswith(ending) for copy in copies) for ending, compress in kinds.items() if compress}
    with os.fdopen(3, "w") as answers:
        json.dump(counts, answers)


main()
