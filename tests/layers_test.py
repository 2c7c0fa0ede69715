#!/usr/bin/env python3
"""Keeps the include rules of ARCHITECTURE.md, the doors to foreign headers, and the size of files.

Run by ctest, and by hand from anywhere: /usr/bin/python3 tests/layers_test.py
"""
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Part (a folder): which parts or single headers of ours it may include, which foreign headers.
# The longest matching folder is a file's part.
RULES = {
    "src/base": ({"base"}, {"std", "posix", "fmt", "spdlog", "expected"}),
    "src/service": ({"service", "base"}, {"std", "posix"}),
    "src/json_log": ({"json_log", "base"}, {"std", "posix"}),
    "src/wire": ({"wire", "base/result.hpp", "base/strings.hpp"}, {"std"}),
    "src/channel": ({"channel", "base", "wire"}, {"std", "posix"}),
    "src/scoreboard": ({"scoreboard", "base", "wire"}, {"std", "posix"}),
    "src/figures": ({"figures", "base"}, {"std", "posix"}),
    "src/supervisor": ({"supervisor", "base", "wire", "channel", "scoreboard", "figures"}, {"std", "posix", "asio", "json"}),
    "src/worker": ({"worker", "base", "wire", "channel", "scoreboard", "figures"}, {"std", "posix"}),
    "src/python": ({"python", "base", "wire", "worker", "figures"}, {"std", "posix", "python"}),
    "mod_warp/core": ({"mod_warp/core", "base", "wire"}, {"std"}),
    "mod_warp/shared": ({"mod_warp/shared", "mod_warp/core", "base"}, {"std", "posix"}),
    "mod_warp": ({"mod_warp", "base", "wire", "channel", "scoreboard", "figures"}, {"std", "posix", "httpd"}),
    "launcher": ({"launcher", "base"}, {"std", "posix", "fmt", "cli11", "toml++", "mustache", "json"}),
}

# Headers of ours that a part may not include although its row names their folder. src/python sees
# the worker's interfaces; how the worker waits and reads is none of its business.
EXCEPT = {
    "src/python": {"worker/listener.hpp", "worker/session.hpp", "worker/watchdog.hpp"},
    # spdlog's registry is a static that would pin mod_warp.so.
    "mod_warp": {"base/log.hpp"},
    "mod_warp/core": {"base/log.hpp"},
    "mod_warp/shared": {"base/log.hpp"},
}

# Foreign headers that come in by these files only.
DOORS = {
    "httpd": {"mod_warp/apache.hpp", "mod_warp/mod_warp.c"},
    "python": {"src/python/python.hpp"},
    "asio": {"src/supervisor/asio.hpp"},
    "expected": {"src/base/result.hpp"},
    "spdlog": {"src/base/log.cpp"},
    "json": {"src/supervisor/control_answer.cpp", "launcher/host/json.hpp"},
}
# ... and those by one file, whichever it is.
SINGLE_DOOR = {"cli11", "toml++", "mustache"}

# Only here may the preprocessor decide: a door turns the versions of a foreign library into one.
CONDITIONAL = {"mod_warp/apache.hpp", "src/python/python.hpp"}

LONGEST_FILE = 400
SIZED = {".c", ".cpp", ".hpp", ".py", ".sh"}
SIZED_FOLDERS = ("src", "mod_warp", "launcher", "tests", "scripts")

PREFIXES = {"CLI/": "cli11", "toml++/": "toml++", "kainjow/": "mustache", "nlohmann/": "json", "asio/": "asio",
            "asio.hpp": "asio", "spdlog/": "spdlog", "fmt/": "fmt", "tl/": "expected"}
HTTPD = re.compile(r"(httpd|http_\w+|ap_\w+|apr\w*|mpm_common|util_\w+|mod_\w+|unixd|scoreboard|heartbeat)\.h")
PYTHON = re.compile(r"(Python|structmember|frameobject|pythread)\.h|(internal|cpython)/.*")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
CONDITION = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif|else)\b")
ERROR = re.compile(r"^\s*#\s*error\b")


def part_of(path):
    fitting = [part for part in RULES if path.startswith(part + "/")]
    return max(fitting, key=len, default=None)


def kind_of(header):
    """Which library a foreign header belongs to; None for one that nobody knows."""
    for prefix, kind in PREFIXES.items():
        if header.startswith(prefix):
            return kind
    if PYTHON.fullmatch(header):
        return "python"
    if HTTPD.fullmatch(header):
        return "httpd"
    if "." not in header and "/" not in header:
        return "std"
    return "posix" if header.endswith(".h") else None


def is_allowed(header, part):
    allowed, _ = RULES[part]
    if header in EXCEPT.get(part, ()):
        return False
    return any(header == entry or header.startswith(entry + "/") for entry in allowed)


def check_own(path, part, header):
    if is_allowed(header, part):
        return
    yield f'includes "{header}", but {part} may include only: {", ".join(sorted(RULES[part][0]))}'


def check_foreign(path, part, header):
    kind = kind_of(header)
    if kind is None:
        yield f"includes <{header}>, a library that tests/layers_test.py does not know"
    elif kind not in RULES[part][1]:
        yield f"includes <{header}> ({kind}), but {part} may use only: {', '.join(sorted(RULES[part][1]))}"
    elif path not in DOORS.get(kind, {path}):
        yield f"includes <{header}>, which comes in only through {' or '.join(sorted(DOORS[kind]))}"


def refuses(lines, number):
    """A condition that only stops the compiler decides nothing."""
    return any(ERROR.match(line) for line in lines[number:number + 1])


def is_ours(root, header):
    return (root / "src" / header).is_file() or (root / header).is_file()


def check_lines(root, path, lines, doors):
    part = part_of(path)
    for number, line in enumerate(lines, 1):
        problems = []
        if found := INCLUDE.match(line):
            quote, header = found.groups()
            if quote == '"' and (is_ours(root, header) or kind_of(header) in (None, "posix")):
                problems = check_own(path, part, header)
            else:
                problems = check_foreign(path, part, header)
                doors.setdefault(kind_of(header), {}).setdefault(path, number)
        elif CONDITION.match(line) and path not in CONDITIONAL and not refuses(lines, number):
            problems = [f"decides with the preprocessor, which only {' and '.join(sorted(CONDITIONAL))} may"]
        for problem in problems:
            yield f"{path}:{number}: {problem}"


def sources(root, folders, suffixes):
    for folder in folders:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in suffixes and file.is_file():
                yield str(file.relative_to(root)), file.read_text().splitlines()


def check_includes(root):
    doors = {}
    for path, lines in sources(root, ("src", "mod_warp", "launcher"), {".c", ".cpp", ".hpp"}):
        if part_of(path) is None:
            yield f"{path}: belongs to no part of tests/layers_test.py"
            continue
        yield from check_lines(root, path, lines, doors)
    for kind in sorted(SINGLE_DOOR & doors.keys()):
        if len(doors[kind]) > 1:
            places = ", ".join(f"{path}:{number}" for path, number in doors[kind].items())
            yield f"{kind}: included by several files, and one should be its door: {places}"


def check_sizes(root):
    for path, lines in sources(root, SIZED_FOLDERS, SIZED):
        if len(lines) > LONGEST_FILE:
            yield f"{path}: {len(lines)} lines; more than {LONGEST_FILE} need to be two files"


class Repository(unittest.TestCase):
    def assert_none(self, problems):
        problems = list(problems)
        self.assertFalse(problems, "\n" + "\n".join(problems))

    def test_files_include_only_what_their_part_may(self):
        self.assert_none(check_includes(ROOT))

    def test_files_are_short(self):
        self.assert_none(check_sizes(ROOT))


class Checker(unittest.TestCase):
    """The rules find what they are there to find, in an invented tree."""

    def problems(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return [*check_includes(root), *check_sizes(root)]

    def assert_finds(self, text, files):
        found = self.problems(files)
        self.assertEqual(len(found), 1, found)
        self.assertIn(text, found[0])

    def test_accepts_what_is_allowed(self):
        self.assertEqual(self.problems({
            "src/base/result.hpp": "#pragma once\n#include <string>\n#include <tl/expected.hpp>\n",
            "src/channel/channel.cpp": '#include <sys/socket.h>\n#include "base/result.hpp"\n',
            "mod_warp/apache.hpp": '#if 1\n#include "httpd.h"\n#include <apr_pools.h>\n#endif\n',
            "src/python/python.hpp": "#include <Python.h>\n",
        }), [])

    def test_finds_a_part_that_reaches_too_far(self):
        self.assert_finds('"python/gil.hpp"', {
            "src/python/gil.hpp": "", "mod_warp/hooks.cpp": '#include "python/gil.hpp"\n'})

    def test_finds_a_library_in_the_wrong_part(self):
        self.assert_finds("<unistd.h> (posix)", {"src/wire/frame.cpp": "#include <unistd.h>\n"})

    def test_finds_a_way_around_a_door(self):
        self.assert_finds("only through mod_warp/apache.hpp", {"mod_warp/hooks.cpp": "#include <httpd.h>\n"})

    def test_finds_two_doors(self):
        self.assert_finds("cli11: included by several", {
            "launcher/a.cpp": "#include <CLI/App.hpp>\n", "launcher/b.cpp": "#include <CLI/App.hpp>\n"})

    def test_finds_an_unknown_library(self):
        self.assert_finds("does not know", {"launcher/a.cpp": "#include <boost/any.hpp>\n"})

    def test_finds_a_condition_outside_the_doors(self):
        self.assert_finds("preprocessor", {"src/wire/frame.hpp": "#pragma once\n#ifdef __linux__\n"})

    def test_finds_a_file_without_a_part(self):
        self.assert_finds("no part", {"src/other/a.cpp": ""})

    def test_finds_a_long_file(self):
        self.assert_finds("401 lines", {"src/wire/frame.cpp": "\n" * 401})


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
