"""A memory cgroup of the test's own that processes join while they run, where the machine lets it make one."""
import contextlib

from support import cgroups


@contextlib.contextmanager
def memory_group(limit):
    """join(pid); OSError when there can be no such group. What is in it at the end goes on outside."""
    with cgroups.limited(cgroups.MEMORY, limit) as procs:
        yield lambda pid: procs.write_text(str(pid))


def is_possible():
    try:
        with memory_group(1 << 30):
            return True
    except OSError:
        return False
