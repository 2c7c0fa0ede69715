"""Asks a project's files which Python they want, and whether they describe a package.

Run by warpdrive build in the project's own Python, isolated from the project. The answer is JSON on
descriptor 3. Argument: the project's folder.
"""
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


def pyproject_of(folder):
    text = text_of(folder, "pyproject.toml")
    if not text:
        return {}
    try:
        import tomllib
    except ImportError:
        from pip._vendor import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sys.exit("pyproject.toml: %s" % error)


def agrees_with_release(wish):
    """Does 3.11 or 3.11.4 name this Python? A patch level is no matter of compatibility."""
    parts = wish.split(".")[:2]
    return parts == list(platform.python_version_tuple()[:len(parts)])


def agrees_with_specifier(wish):
    from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(wish).contains(platform.python_version(), prereleases=True)
    except InvalidSpecifier:
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
