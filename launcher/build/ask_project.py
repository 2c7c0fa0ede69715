"""Asks a project's files which Python they want, and whether they describe a package.

Run by warpdrive build in the project's own Python, isolated from the project. The answer is JSON on
descriptor 3. Argument: the project's folder.
"""
import importlib
import json
import os
import platform
import re
import sys


def text_of(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8-sig") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def find_module(*names):
    """The first that is there; None without any. An environment may have no pip."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            pass
    return None


def pyproject_of(folder):
    text = text_of(folder, "pyproject.toml")
    tomllib = find_module("tomllib", "tomli", "pip._vendor.tomli")
    if tomllib is None:
        # Which tables there are still tells whether it is a package.
        return {name: {} for name in re.findall(r"^\s*\[\s*(project|build-system)\s*\]", text, re.MULTILINE)}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sys.exit("pyproject.toml: %s" % error)


def agrees_with_release(wish):
    """Does 3.11 or 3.11.4 name this Python? A patch level is no matter of compatibility."""
    parts = wish.split(".")[:2]
    return parts == list(platform.python_version_tuple()[:len(parts)])


def agrees_with_specifier(wish):
    specifiers = find_module("packaging.specifiers", "pip._vendor.packaging.specifiers")
    if specifiers is None:
        return True  # nobody is there to say no; what installs the package looks again
    try:
        return specifiers.SpecifierSet(wish).contains(platform.python_version(), prereleases=True)
    except specifiers.InvalidSpecifier:
        sys.exit("pyproject.toml: requires-python = %r can't be understood" % wish)


def wishes_of(folder, pyproject):
    """(file, what it wants, whether this Python is that)"""
    for name, pattern in ((".python-version", r"\s*(\d+(?:\.\d+)*)"), ("runtime.txt", r"\s*python-(\d+(?:\.\d+)*)")):
        lines = [line for line in text_of(folder, name).splitlines() if line.strip() and not line.startswith("#")]
        # "pypy3.9" or "system" are names that only the tools behind the file know.
        found = re.fullmatch(pattern + r"\s*", lines[0]) if lines else None
        if found:
            yield name, found.group(1), agrees_with_release(found.group(1))
    wish = pyproject.get("project", {}).get("requires-python")
    if wish:
        yield "pyproject.toml (requires-python)", wish, agrees_with_specifier(wish)


def main():
    folder = sys.argv[1]
    pyproject = pyproject_of(folder)
    disagreements = ["%s wants Python %s" % (name, wish) for name, wish, agrees in wishes_of(folder, pyproject) if not agrees]
    answer = {
        "version": platform.python_version(),
        "disagreements": disagreements,
        "installable": "project" in pyproject or "build-system" in pyproject or os.path.isfile(os.path.join(folder, "setup.py")),
    }
    with os.fdopen(3, "w", encoding="utf-8") as answers:
        json.dump(answer, answers)


main()
