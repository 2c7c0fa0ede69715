"""httpd's error log as a test's witness: what a test does not expect there fails it."""
import re

from support.waiting import wait_until

# [date] [module:level] [pid 1:tid 2] [client …] program: [request] text; the last three are not always there.
_RECORD = re.compile(r"^\[[A-Z][a-z]{2} [^\]]+\] \[[^\]:]*:(?P<level>\w+)\] \[(?P<thread>pid [^\]]+)\] (?:\[client [^\]]+\] )?"
                     r"(?:[\w.-]+: )?(?:\[[\w./+@-]+\] )?(?P<text>.*)")
_TRACEBACK = "Traceback (most recent call last):"
_QUIET = ("info", "notice", "debug") + tuple(f"trace{n}" for n in range(1, 9))


class ErrorLog:
    def __init__(self, path):
        self.path = path
        # httpd's own: at a stop its main thread (close_worker_sockets in event.c) closes sockets that worker threads
        # may just have closed.
        self._allowed = [re.compile(r"\[mpm_event:error\] .* AH00468: error closing socket")]
        self._read_up_to = 0

    def text(self):
        return self.path.read_text(errors="replace") if self.path.exists() else ""

    def allow(self, pattern):
        """Lines with a match are not unexpected, whether they come or not."""
        self._allowed.append(re.compile(pattern))

    def expect(self, pattern, seconds=10):
        """Waits for a match, from the start of the log; lines with one are not unexpected."""
        self.allow(pattern)
        return wait_until(lambda: re.search(pattern, self.text(), re.MULTILINE), seconds,
                          lambda: f"{pattern!r} in the error log:\n{self.text()}")

    def count(self, pattern):
        return len(re.findall(pattern, self.text(), re.MULTILINE))

    def mark(self):
        """A place in the log; see since()."""
        return len(self.text())

    def since(self, mark):
        return self.text()[mark:]

    def unexpected(self):
        return [entry for entry in _entries(self.text()) if self._is_unexpected(entry)]

    def _is_unexpected(self, entry):
        record = _RECORD.match(entry)
        if record and record["level"] in _QUIET:
            return False
        return not any(pattern.search(entry) for pattern in self._allowed)


def _entries(text):
    """The lines. A traceback, of one record per line, is one entry with the record before it, which says where it is from."""
    entries, last_of_thread = [], {}
    for line in text.splitlines():
        record = _RECORD.match(line)
        if not record:
            entries.append(line)
            continue
        last = last_of_thread.get(record["thread"])
        if last is not None and (record["text"] == _TRACEBACK or _is_inside_traceback(entries[last])):
            entries[last] += "\n" + line
        else:
            last_of_thread[record["thread"]] = len(entries)
            entries.append(line)
    return [entry for entry in entries if entry]


def _is_inside_traceback(entry):
    lines = entry.splitlines()
    texts = [_RECORD.match(line)["text"] for line in lines]
    # It ends with the first line that is not indented: the exception.
    return _TRACEBACK in texts and (texts[-1] == _TRACEBACK or texts[-1].startswith(" "))
