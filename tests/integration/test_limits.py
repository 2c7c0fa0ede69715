"""A worker at one of its limits is succeeded by one that is ready, and no request is lost."""
import os

import pytest

from support.load import Load
from support.waiting import wait_until

DIRECTIVES = """
WarpDaemonProcess site processes={processes} threads=3 {options}
WarpScriptAlias / ${{APPS}}/growing.py process-group=site
"""


def start(httpd, options, processes=1):
    site = httpd(DIRECTIVES.format(processes=processes, options=options))
    wait_until(lambda: site.log.count("worker ready") == processes, 20, "the workers are ready")
    return site


def pid(site):
    return int(site.fetch("/").body)


@pytest.mark.parametrize("processes", [1, 2])
def test_memory_limit_replaces_the_worker_under_load(httpd, processes):
    site = start(httpd, "memory-limit=150M", processes)
    with Load(site.port, "/") as load:
        site.fetch("/grow?200")
        site.log.expect("worker will be replaced .*reason=memory-limit")
        site.log.expect("worker exited")
        before = load.finished
        wait_until(lambda: load.finished > before + 50, 20, "requests are answered")
    assert not load.failures()


def test_memory_hard_limit_kills_the_worker(httpd):
    site = start(httpd, "memory-hard-limit=150M")
    first = pid(site)
    site.log.allow("uses more memory than memory-hard-limit|worker exited")
    site.fetch("/grow?200")
    site.log.expect("uses more memory than memory-hard-limit")
    wait_until(lambda: pid(site) != first, 20, "there is another worker")


@pytest.mark.parametrize("option", ["restart-interval=1", "inactivity-timeout=1"])
def test_worker_is_replaced_in_time(httpd, option):
    site = start(httpd, option)
    first = pid(site)
    site.log.expect(f"worker will be replaced .*reason={option.split('=')[0]}")
    wait_until(lambda: pid(site) != first, 20, "there is another worker")


def test_cpu_time_limit_replaces_the_worker(httpd):
    site = start(httpd, "cpu-time-limit=2")
    first = pid(site)
    site.fetch("/work?2.5")
    site.log.expect("worker will be replaced .*reason=cpu-time-limit")
    wait_until(lambda: pid(site) != first, 20, "there is another worker")


def test_a_successor_that_does_not_start_leaves_the_worker(httpd):
    site = start(httpd, "restart-interval=1")
    site.log.allow("not loaded|worker without application|growing.py|RuntimeError|raise|warp-worker:|not replaced")
    first = pid(site)
    (site.directory / "apps/growing.py").write_text("raise RuntimeError('broken')\n")
    site.log.expect("worker not replaced: its successor did not get ready|reload failed")
    assert pid(site) == first
    assert os.path.exists(f"/proc/{first}")
