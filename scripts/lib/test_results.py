"""Prints "PASSED FAILED SKIPPED" over the JUnit files given, as ctest and pytest write them."""
import sys
import xml.etree.ElementTree as ElementTree


def outcome(case):
    kinds = {child.tag for child in case}
    if kinds & {"failure", "error"} or case.get("status") == "fail":
        return "failed"
    if "skipped" in kinds or case.get("status") in ("notrun", "disabled"):
        return "skipped"
    return "passed"


def main():
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for name in sys.argv[1:]:
        for case in ElementTree.parse(name).iter("testcase"):
            counts[outcome(case)] += 1
    print(*counts.values())


main()
