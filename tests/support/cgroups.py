"""A server that starts within limits of CPU and memory, as a container or a service has them."""
import contextlib
import os
from pathlib import Path

CPU = ((Path("/sys/fs/cgroup/cpu"), "cpu.cfs_quota_us", "{}"), (Path("/sys/fs/cgroup"), "cpu.max", "{} 100000"))
TASKS = ((Path("/sys/fs/cgroup/pids"), "pids.max", "{}"), (Path("/sys/fs/cgroup"), "pids.max", "{}"))
MEMORY = ((Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes", "{}"), (Path("/sys/fs/cgroup"), "memory.max", "{}"))


@contextlib.contextmanager
def limited(kinds, value):
    """cgroup.procs of a group of the test's own; OSError where there can be none. `value` of CPU: microseconds of each 100,000.
    What is in it at the end goes on outside."""
    group, setting, text = _make(kinds)
    try:
        (group / setting).write_text(text.format(value))
        yield group / "cgroup.procs"
    finally:
        for pid in (group / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                (group.parent / "cgroup.procs").write_text(pid)
        group.rmdir()


def are_possible():
    try:
        with limited(CPU, 100_000), limited(MEMORY, 1 << 30), limited(TASKS, 1000):
            return True
    except OSError:
        return False


def start_within(site, *groups):
    """It is in the groups from its first moment on."""
    command = site.command()
    joins = "".join(f'echo $$ > "{procs}"; ' for procs in groups)
    site.command = lambda: ["sh", "-euc", f'{joins}exec "$@"', "sh", *command]
    return site.start()


def _make(kinds):
    for root, setting, text in kinds:
        group = root / f"warp-test-{os.getpid()}-{setting}"
        try:
            group.mkdir()
        except OSError:
            continue
        if os.access(group / setting, os.W_OK):
            return group, setting, text
        group.rmdir()
    raise OSError("no such cgroup can be made here")
