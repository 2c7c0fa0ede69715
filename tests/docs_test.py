"""Every test that docs/wsgi.md names exists."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "wsgi.md"


def text_of(folder, pattern):
    return "\n".join(path.read_text() for path in sorted((ROOT / "tests" / folder).glob(pattern)))


def existing_tests():
    functions = re.findall(r"^def (test_\w+)\(", text_of("integration", "test_*.py"), re.MULTILINE)
    units = re.findall(r"^TEST(?:_[FP])?\((\w+), (\w+)\)", text_of("unit/python", "*.cpp"), re.MULTILINE)
    return {*functions, *(f"{suite}.{name}" for suite, name in units)}


def main():
    named = set(re.findall(r"`(test_\w+|[A-Z]\w+\.[A-Z]\w+)`", PAGE.read_text()))
    unknown = sorted(named - existing_tests())
    for name in unknown:
        print(f"{PAGE.relative_to(ROOT)} names {name}, which is no test", file=sys.stderr)
    return 1 if unknown or not named else 0


sys.exit(main())
