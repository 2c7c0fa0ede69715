"""JUnit files, as ctest and pytest write them.

test_results.py count FILE...    prints "PASSED FAILED SKIPPED"
test_results.py failed FILE...   prints the name of each failed test, and the start and the end of what it said
"""
import sys
import xml.etree.ElementTree as ElementTree

FIRST_LINES = 8
LAST_LINES = 12
MOST_COLUMNS = 200


def failure_of(case):
    return next((child for child in case if child.tag in ("failure", "error")), None)


def outcome(case):
    if failure_of(case) is not None or case.get("status") == "fail":
        return "failed"
    if case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
        return "skipped"
    return "passed"


def what_it_said(case):
    """pytest puts it into the failure's message; ctest has only the test's output."""
    failure = failure_of(case)
    message = "" if failure is None else failure.get("message", "")
    lines = (message if len(message) > len("Failed") else case.findtext("system-out", "")).splitlines()
    said = [line[:MOST_COLUMNS] for line in lines if line.strip()]
    left_out = len(said) - FIRST_LINES - LAST_LINES
    return said if left_out <= 1 else [*said[:FIRST_LINES], f"... {left_out} lines", *said[-LAST_LINES:]]


def cases(names):
    for name in names:
        yield from ElementTree.parse(name).iter("testcase")


def count(names):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for case in cases(names):
        counts[outcome(case)] += 1
    print(*counts.values())


def failed(names):
    for case in cases(names):
        if outcome(case) == "failed":
            folder, name = case.get("classname"), case.get("name")
            print("  " + (name if folder in (None, name) else f"{folder}::{name}"))
            for line in what_it_said(case):
                print("    | " + line)


{"count": count, "failed": failed}[sys.argv[1]](sys.argv[2:])
