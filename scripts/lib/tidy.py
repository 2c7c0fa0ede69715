"""Runs clang-tidy over our sources, but only where something changed since it last found nothing.

Arguments: the clone, and a build directory with a compile_commands.json. A file is known to be clean
by the hash of all that its result depends on: itself, our headers that it includes, the command line
and .clang-tidy.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

FOLDERS = ("src/", "mod_warp/", "launcher/")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def main():
    root, build = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    clean = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "warpdrive" / "tidy"
    clean.mkdir(parents=True, exist_ok=True)
    entries = first_entries(build)
    commands = write_clang_commands(build, entries)
    todo = [(path, key) for path, key in keyed_sources(root, entries) if not (clean / key).exists()]
    print(f"{len(todo)} files changed", flush=True)
    complaints = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, key, result in pool.map(lambda item: (*item, run_tidy(item[0], commands)), todo):
            if result.returncode == 0:
                (clean / key).touch()
                print(f"{path.relative_to(root)}: clean", flush=True)
            else:
                complaints.append(result.stdout or result.stderr)
    print(*complaints, sep="\n")
    return 1 if complaints else 0


def first_entries(build):
    """One compile command for each file: what is built for several Pythons is looked at once, for the
    first of WARP_PYTHONS. clang-tidy would go through all of a file's commands each time."""
    entries = json.loads((build / "compile_commands.json").read_text())
    return list({entry["file"]: entry for entry in reversed(entries)}.values())


def keyed_sources(root, entries):
    settings = (root / ".clang-tidy").read_bytes()
    for entry in entries:
        path = Path(entry["directory"], entry["file"]).resolve()
        if not (path.is_relative_to(root) and str(path.relative_to(root)).startswith(FOLDERS)):
            continue
        if path.suffix == ".c":
            continue
        digest = hashlib.sha256(settings + entry["command"].replace(str(root), "").encode())
        for name in sorted(own_files(path, root)):
            digest.update(name.read_bytes())
        yield path, digest.hexdigest()


def own_files(path, root):
    """The file and all headers of ours that it reaches."""
    found, waiting = set(), [path]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found.add(file)
        for name in INCLUDE.findall(file.read_text()):
            places = (root / "src" / name, root / name, file.parent / name)
            waiting += [place.resolve() for place in places if place.is_file()][:1]
    return found


def write_clang_commands(build, entries):
    """A compile_commands.json of these, without the options that only GCC has. Returns its directory."""
    directory = build / "clang-tidy"
    directory.mkdir(exist_ok=True)
    commands = json.dumps(entries).replace(" -fno-gnu-unique", "")
    (directory / "compile_commands.json").write_text(commands)
    return directory


def run_tidy(path, commands):
    return subprocess.run(["clang-tidy", "-p", str(commands), "--quiet", str(path)], capture_output=True, text=True)


sys.exit(main())
