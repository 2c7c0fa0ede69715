"""Load by wrk: requests, latencies, and the CPU time of all the server's processes."""
import contextlib
import re
import subprocess
import time

POST_SCRIPT = """\
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/octet-stream"
wrk.body = string.rep("x", 65536)
"""

_MICROSECONDS = {"us": 1, "ms": 1000, "s": 1_000_000, "m": 60_000_000}


class Wrk:
    """One round: as many requests as `connections` keep-alive clients get answered."""

    def __init__(self, path="/", connections=32, script=None):
        self.path, self.connections, self.script = path, connections, script

    def __str__(self):
        return f"{self.connections} connections" if self.connections > 1 else "1 connection"

    def measure(self, contestant, seconds):
        command = ["wrk", "-t1", f"-c{self.connections}", f"-d{seconds}s", "--latency",
                   f"http://127.0.0.1:{contestant.port}{self.path}"]
        if self.script:
            path = contestant.directory / "wrk.lua"
            path.write_text(self.script)
            command += ["-s", str(path)]
        before = _cpu_us(contestant.family())
        text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
        return read_round(text, _cpu_us(contestant.family()) - before)

    def warm_up(self, contestant):
        self.measure(contestant, 1)


def _cpu_us(processes):
    """User and system time so far, by the processes' own clocks (clock_getcpuclockid(3)): /proc counts in hundredths of a second."""
    scheduled, total = 2, 0
    for each in processes:
        with contextlib.suppress(OSError):  # it has ended
            total += time.clock_gettime_ns((~each.pid << 3) | scheduled)
    return total / 1000


def read_round(text, cpu_us):
    """What wrk printed."""
    requests = int(re.search(r"(\d+) requests in", text)[1])
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return {
        "cpu_us": cpu_us / max(requests, 1),
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50_us": _latency(text, "50%"),
        "p99_us": _latency(text, "99%"),
        "errors": sum(int(count) for found in (broken, refused) if found for count in found.groups()),
    }


def _latency(text, share):
    number, unit = re.search(rf"^\s*{share}\s+([\d.]+)(us|ms|s|m)$", text, re.MULTILINE).groups()
    return float(number) * _MICROSECONDS[unit]
