"""One round of load on one server: requests, latencies, and the CPU time of all its processes."""
import re
import statistics
import subprocess
from dataclasses import asdict, dataclass

from support.processes import cpu_seconds

POST_SCRIPT = """\
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/octet-stream"
wrk.body = string.rep("x", 65536)
"""

PATHS = {"hello": "/", "large": "/large", "post": "/post", "chunks": "/chunks"}
_MICROSECONDS = {"us": 1, "ms": 1000, "s": 1_000_000, "m": 60_000_000}


@dataclass(frozen=True)
class Round:
    requests: int
    per_second: float
    cpu_us: float  # per request, over the whole process tree
    p50_us: float
    p99_us: float
    errors: int


def measure(contestant, case, seconds, connections):
    script = contestant.directory / "post.lua"
    script.write_text(POST_SCRIPT)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{contestant.port}{PATHS[case]}"]
    if case == "post":
        command += ["-s", str(script)]
    before = cpu_seconds(contestant.family())
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = cpu_seconds(contestant.family()) - before
    return read_round(text, used)


def read_round(text, cpu):
    """What wrk printed."""
    requests = int(re.search(r"(\d+) requests in", text)[1])
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Round(
        requests=requests,
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        cpu_us=cpu * 1e6 / max(requests, 1),
        p50_us=_latency(text, "50%"),
        p99_us=_latency(text, "99%"),
        errors=sum(int(count) for found in (broken, refused) if found for count in found.groups()),
    )


def median(rounds):
    """Each figure's own median; errors are added up."""
    columns = {name: [asdict(each)[name] for each in rounds] for name in asdict(rounds[0])}
    found = {name: statistics.median(values) for name, values in columns.items()}
    return Round(**(found | {"errors": sum(columns["errors"])}))


def _latency(text, share):
    number, unit = re.search(rf"^\s*{share}\s+([\d.]+)(us|ms|s|m)$", text, re.MULTILINE).groups()
    return float(number) * _MICROSECONDS[unit]
