#!/usr/bin/env python3
"""What docker/Dockerfile takes from the tree is there: a build of it takes long, and is rarely made.

Run by ctest, and by hand from anywhere: /usr/bin/python3 tests/dockerfile_test.py
"""
import json
import os
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = re.sub(r"^#.*\n", "", (ROOT / "docker/Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
STAGES = re.split(r"^FROM ", TEXT, flags=re.MULTILINE)[1:]
(COMPILE,) = [stage for stage in STAGES if stage.split("\n")[0].endswith(" AS compile")]
LISTS = ("run.txt", "build.txt")


def ignored(path):
    """By the kinds of lines that .dockerignore has."""
    parts = Path(path).parts
    for line in (ROOT / ".dockerignore").read_text().split():
        name = line.removeprefix("**/")
        if any(Path(part).match(name) for part in (parts if line.startswith("**/") else parts[:1])):
            return True
    return False


class Dockerfile(unittest.TestCase):
    def test_copies_what_is_there_and_sent(self):
        copies = re.findall(r"^COPY ((?:--\S+ )*)(\S+) \S+$", TEXT, re.MULTILINE)
        self.assertEqual(len(copies), TEXT.count("\nCOPY "))
        sources = [source for options, source in copies if "--from=" not in options]
        self.assertGreater(len(sources), 2)
        for source in sources:
            self.assertTrue((ROOT / source).exists(), source)
            self.assertFalse(ignored(source), source)

    def test_compiles_by_a_preset_and_options_that_there_are(self):
        presets = {each["name"] for each in json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"]}
        self.assertLessEqual(set(re.findall(r"--preset (\S+)", COMPILE)), presets)
        listed = (ROOT / "CMakeLists.txt").read_text()
        for option in re.findall(r"-D(\w+)=", COMPILE):
            self.assertRegex(listed, rf"\b(option|set)\({option}\b")

    def test_calls_programs_that_are_sent(self):
        called = re.findall(r"&& (docker/\S+)", COMPILE)
        self.assertTrue(called)
        for program in called:
            self.assertTrue(os.access(ROOT / program, os.X_OK), program)
            self.assertFalse(ignored(program), program)

    def test_package_lists_have_a_name_or_a_comment_in_a_line(self):
        # The Dockerfile's sed knows nothing else.
        for name in LISTS:
            self.assertIn(name, TEXT)
            for line in (ROOT / "scripts/packages" / name).read_text().splitlines():
                self.assertRegex(line, r"^(#.*|[a-z0-9][a-z0-9.+-]+)$", name)


if __name__ == "__main__":
    unittest.main()
