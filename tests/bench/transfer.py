"""A large body through a server, at a slow client's pace, and what it does to the memory of each process."""
import http.client
import re
import socket
import threading
import time
from pathlib import Path

MIB = 1024 * 1024
_PIECE = 256 * 1024


class Transfer:
    """One round: one body of `mib` at `pace` MiB/s. The seconds of a round don't count here."""

    def __init__(self, direction, mib=1024, pace=100):
        self.direction, self.mib, self.pace = direction, mib, pace

    def __str__(self):
        return f"{self.mib} MiB at {self.pace} MiB/s"

    def measure(self, contestant, _seconds):
        with MemoryWatch(contestant.family()) as memory:
            started = time.monotonic()
            count = (_upload if self.direction == "upload" else _download)(contestant.port, self.mib * MIB, self.pace * MIB)
            seconds = time.monotonic() - started
        rss, pss = memory.growth()
        return {"growth_mib": rss / 1024, "growth_pss_mib": pss / 1024, "mib_per_second": count / MIB / seconds,
                "errors": int(count != self.mib * MIB)}

    def warm_up(self, contestant):
        """A request without a body: what is loaded for the first request is not counted, buffers are."""
        connection = http.client.HTTPConnection("127.0.0.1", contestant.port, timeout=60)
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()


def _upload(port, size, pace):
    """The number of bytes that the application says it has read."""
    head = f"POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(head.encode())
        for _ in _paced(size, pace):
            connection.sendall(bytes(_PIECE))
        response = http.client.HTTPResponse(connection)
        response.begin()
        return int(response.read())


def _download(port, size, pace):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/download?{size}")
    response = connection.getresponse()
    place, count = memoryview(bytearray(_PIECE)), 0
    for _ in _paced(size, pace):
        count += _fill(response, place)
    count += len(response.read())
    connection.close()
    return count


def _fill(response, place):
    filled = 0
    while filled < len(place):
        count = response.readinto(place[filled:])
        if count == 0:
            break
        filled += count
    return filled


def _paced(size, pace):
    """Once for each piece, when it is due."""
    started = time.monotonic()
    for done in range(0, size, _PIECE):
        time.sleep(max(0, started + done / pace - time.monotonic()))
        yield


class MemoryWatch:
    """RSS and PSS of processes before, and their peaks until the end, in KiB."""

    def __init__(self, processes):
        self._pids = [each.pid for each in processes]

    def __enter__(self):
        for pid in self._pids:
            # Sets the peak (VmHWM) back to what is resident now; see proc(5).
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        self._rss = {pid: _number(pid, "status", "VmRSS") for pid in self._pids}
        self._pss = {pid: _number(pid, "smaps_rollup", "Pss") for pid in self._pids}
        self._peak = dict(self._pss)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self._end.set()
        self._thread.join()

    # The kernel keeps no peak of the PSS.
    def _watch(self):
        while not self._end.wait(0.1):
            for pid in self._pids:
                self._peak[pid] = max(self._peak[pid], _number(pid, "smaps_rollup", "Pss"))

    def growth(self):
        """The largest of one process: (RSS, PSS)."""
        return (max(_number(pid, "status", "VmHWM") - self._rss[pid] for pid in self._pids),
                max(self._peak[pid] - self._pss[pid] for pid in self._pids))


def _number(pid, file, field):
    return int(re.search(rf"^{field}:\s*(\d+) kB", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)[1])
