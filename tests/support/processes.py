"""The processes of a server under test, found by a variable that is put into their environment."""
import os
import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from support.waiting import wait_until

MARKER = "WARP_TEST_ID"


@dataclass(frozen=True)
class Process:
    """A process, told from a later one with the same pid by its start time."""

    pid: int
    started: int

    @property
    def program(self):
        """Name of the executable: not what the process calls itself."""
        try:
            return os.path.basename(os.readlink(f"/proc/{self.pid}/exe")).removesuffix(" (deleted)")
        except OSError:
            return ""

    @property
    def command(self):
        return _read(f"/proc/{self.pid}/cmdline").replace(b"\0", b" ").decode(errors="replace").strip()

    @property
    def parent(self):
        """Its pid; None when the process is gone."""
        fields = _stat_fields(self.pid)
        return int(fields[1]) if fields else None

    @property
    def uid(self):
        """The effective one."""
        return int(self.status("Uid").split()[1])

    def status(self, field):
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return line.split(":", 1)[1].strip()
        raise KeyError(field)

    def resident_kib(self):
        return int(self.status("VmRSS").split()[0])

    def peak_resident_kib(self):
        return int(self.status("VmHWM").split()[0])

    def proportional_kib(self, field="Pss"):
        """Its memory, of what it shares only its share; "Pss_Shmem": of that the memory without a file. 0 when it is gone."""
        found = re.search(rb"^%s:\s*(\d+) kB" % field.encode(), _read(f"/proc/{self.pid}/smaps_rollup"), re.MULTILINE)
        return int(found[1]) if found else 0

    def descriptors(self):
        """{number: what it is open on}"""
        found = {}
        for name in os.listdir(f"/proc/{self.pid}/fd"):
            try:
                found[int(name)] = os.readlink(f"/proc/{self.pid}/fd/{name}")
            except FileNotFoundError:
                pass
        return found

    def descriptor_limit(self):
        return int(re.search(rb"^Max open files\s+(\d+)", _read(f"/proc/{self.pid}/limits"), re.MULTILINE)[1])

    def limit(self, name, value):
        """Sets a resource's soft limit as prlimit(1) names it: as its own user, for root may not do it everywhere."""
        identity = {"user": self.uid, "group": int(self.status("Gid").split()[1]), "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(["prlimit", "--pid", str(self.pid), f"--{name}={value}:"], check=True, timeout=10, **identity)

    def is_alive(self):
        fields = _stat_fields(self.pid)
        return bool(fields) and fields[0] not in ("Z", "X") and int(fields[19]) == self.started

    def is_template(self):
        return self.command.endswith(" template")

    def private_kib(self):
        """Memory that it shares with no other process."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))

    def kill(self, number=signal.SIGKILL):
        os.kill(self.pid, number)


def process(pid):
    fields = _stat_fields(pid)
    if not fields:
        raise ProcessLookupError(pid)
    return Process(pid, int(fields[19]))


def marked(marker):
    """All living processes whose environment carries the marker, oldest first."""
    wanted = f"{MARKER}={marker}".encode()
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and wanted in _read(f"/proc/{name}/environ").split(b"\0"):
            try:
                candidate = process(int(name))
            except ProcessLookupError:
                continue
            if candidate.is_alive():
                found.append(candidate)
    return sorted(found, key=lambda each: (each.started, each.pid))


def descendants(pid):
    """The process and all below it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = _stat_fields(int(name))
            if fields:
                parents.setdefault(int(fields[1]), []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        waiting.extend(parents.get(each, []))
        try:
            found.append(process(each))
        except ProcessLookupError:
            pass
    return found


def threads_of(uid):
    """Of all processes of a user: what RLIMIT_NPROC counts."""
    statuses = [_read(f"/proc/{name}/status") for name in os.listdir("/proc") if name.isdigit()]
    return sum(int(re.search(rb"^Threads:\s*(\d+)", text, re.MULTILINE)[1]) for text in statuses
               if re.search(rb"^Uid:\s*%d\s" % uid, text, re.MULTILINE))


def cpu_seconds(processes):
    """User and system time of the processes so far, without their children that have ended."""
    ticks = 0
    for each in processes:
        fields = _stat_fields(each.pid)
        if fields:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until_gone(processes, seconds):
    processes = list(processes)

    def left():
        return [f"{each.pid} {each.command}" for each in processes if each.is_alive()]

    wait_until(lambda: not left(), seconds, lambda: f"these processes end: {left()}")


def _stat_fields(pid):
    """The fields of /proc/PID/stat after the command's name, from the state on; [] when it is gone."""
    return _read(f"/proc/{pid}/stat").rpartition(b")")[2].decode().split()


def _read(path):
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
