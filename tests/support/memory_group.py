"""A memory cgroup of the test's own, where the machine lets it make one."""
import contextlib
import os
from pathlib import Path

_KINDS = ((Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"), (Path("/sys/fs/cgroup"), "memory.max"))


@contextlib.contextmanager
def memory_group(limit):
    """join(pid); OSError when there can be no such group. What is in it at the end goes on outside."""
    group, setting = _make()
    try:
        (group / setting).write_text(str(limit))
        yield lambda pid: (group / "cgroup.procs").write_text(str(pid))
    finally:
        for pid in (group / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                (group.parent / "cgroup.procs").write_text(pid)
        group.rmdir()


def is_possible():
    try:
        with memory_group(1 << 30):
            return True
    except OSError:
        return False


def _make():
    for root, setting in _KINDS:
        group = root / f"warp-test-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        if os.access(group / setting, os.W_OK):
            return group, setting
        group.rmdir()
    raise OSError("no memory cgroup can be made here")
