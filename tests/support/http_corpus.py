"""The files of integration/corpus: raw requests, and what has to come of each. Their README says how they are written."""
import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "integration/corpus"
ENDINGS = ("kept", "closed", "ended")
_ESCAPES = {"t": b"\t", "r": b"\r", "n": b"\n", "0": b"\0", "\\": b"\\"}


@dataclass(frozen=True)
class Answer:
    status: int
    report: dict | None  # what the application has to have seen; None: it was not called


@dataclass(frozen=True)
class Case:
    name: str
    request: bytes
    answers: tuple
    ending: str

    def __str__(self):
        return self.name


def all_cases():
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in cases_of(path)]


def cases_of(path):
    return [_case(text, path.stem) for text in re.split(r"^=== ", path.read_text(), flags=re.MULTILINE)[1:]]


def _case(text, topic):
    title, *lines = text.rstrip("\n").split("\n")
    first = next((number for number, line in enumerate(lines) if line.startswith("->")), None)
    assert first is not None, f"{topic}: {title}: no ->"
    verdicts = [line[2:].strip() for line in lines[first:] if line.startswith("->")]
    odd = [line for line in lines[first:] if line and not line.startswith(("->", "# "))]
    assert not odd and verdicts[-1] in ENDINGS, f"{topic}: {title}: {odd} {verdicts}"
    return Case(f"{topic}: {title}", b"".join(map(_bytes_of, lines[:first])), tuple(map(_answer, verdicts[:-1])), verdicts[-1])


def _answer(verdict):
    status, _, report = verdict.partition(" ")
    return Answer(int(status), json.loads(report) if report else None)


def _bytes_of(line):
    """A line's bytes, with CR LF unless a backslash ends it."""
    line = re.sub(r"\{(.+?)\*(\d+)\}", lambda found: found[1] * int(found[2]), line)
    is_open = re.search(r"(?<!\\)(?:\\\\)*\\$", line)
    text = line[:-1] if is_open else line
    parts = re.split(r"\\(x[0-9A-Fa-f]{2}|.)", text)
    data = b"".join(_unescaped(part) if number % 2 else part.encode("ascii") for number, part in enumerate(parts))
    return data if is_open else data + b"\r\n"


def _unescaped(letters):
    return bytes.fromhex(letters[1:]) if letters.startswith("x") else _ESCAPES[letters]
