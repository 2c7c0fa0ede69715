"""Many rounds of start and stop, and of graceful restart under load, leave nothing behind.

For a quick look: pytest tests/integration/test_soak.py --cycles 10 --restarts 10
"""
import os

import pytest

from support.load import Load
from support.waiting import wait_until

pytestmark = pytest.mark.soak

SITE = "WarpDaemonProcess site processes=2 threads=3\nWarpScriptAlias / ${APPS}/hello.py\n"


def files_of(site):
    return sorted(str(path.relative_to(site.directory)) for path in site.directory.rglob("*") if "__pycache__" not in path.parts)


def shared_files():
    return sorted(os.listdir("/dev/shm"))


@pytest.mark.alone  # for what is in /dev/shm
def test_starts_and_stops(unstarted_httpd, request):
    site = unstarted_httpd(SITE)
    shared = shared_files()
    after_first = None
    for cycle in range(request.config.getoption("--cycles")):
        site.start()
        assert site.fetch("/").status == 200
        site.stop()
        after_first = after_first or files_of(site)
        assert files_of(site) == after_first, f"after cycle {cycle}"
    assert shared_files() == shared


@pytest.mark.parametrize("changes", [False, True], ids=["the same group", "a changed group"])
def test_restarts_gracefully_under_load(httpd, request, changes):
    site = httpd(SITE)
    # Of equal length, so that the parent needs the same memory for each.
    switches = ("Off", "On ") if changes else ("Off", "Off")

    def restart(number):
        site.write_config(SITE + f"WarpRestrictStdout {switches[number % 2]}\n")
        site.restart_gracefully()

    with Load(site.port, "/") as load:
        # The first restarts fill caches and allocate what is kept; what grows after them is a leak.
        for number in range(4):
            restart(number)
        before = inventory(site)
        for number in range(request.config.getoption("--restarts")):
            restart(number)
        after = inventory(site)
    assert not load.failures()
    assert (after["serving"] == before["serving"]) != changes
    assert after["files"] == before["files"]
    assert after["descriptors"] == before["descriptors"]
    # Some pages for fragmentation: the configuration is read anew each time.
    assert after["kib"] < before["kib"] + 1024 + 20 * request.config.getoption("--restarts")


def inventory(site):
    """When nothing starts or ends any more: who runs, and what the parent and the supervisor have open."""
    parent = site.httpd_parent()
    expected = sorted([parent.program] * 2 + [each.program for each in site.processes("warp-worker")[:1]] * 3 + ["warp-supervisor"])
    wait_until(lambda: sorted(each.program for each in site.processes()) == expected, 20,
               lambda: f"these run: {expected}, and not {site.processes()}")
    # Until then a supervisor has a pipe open to each of its workers.
    pid = site.supervisors()[0].pid
    wait_until(lambda: site.log.count(rf"pid {pid}:tid {pid}\] warp-supervisor: worker ready") == 2, 20, "both workers are ready")
    return {
        "serving": (site.supervisors(), site.workers()),
        "files": files_of(site),
        "descriptors": (len(parent.descriptors()), len(site.supervisors()[0].descriptors())),
        "kib": parent.resident_kib(),
    }
