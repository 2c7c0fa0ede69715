"""The launcher under what containers do to it."""
import contextlib
import json
import shutil
import signal
from pathlib import Path

import pytest

from support import cgroups, contained
from support.contained import UID, Contained
from support.waiting import wait_until

WHOAMI = (Path(__file__).parent / "apps/whoami.py").read_text()
hardened = pytest.mark.skipif(not contained.is_possible(), reason="needs root, unshare and setpriv, and the right to mount")
limits = pytest.mark.skipif(not cgroups.are_possible(), reason="no cgroups with limits of CPU and memory can be made here")


@pytest.fixture
def container(prefix):
    """make(*arguments): one that the test starts."""
    with contextlib.ExitStack() as stack:
        def make(*arguments, **options):
            site = Contained(prefix, "--shutdown-delay", "0", *arguments, **options).write_project({"wsgi.py": WHOAMI})
            stack.callback(site.discard)
            return site

        yield make


@hardened
def test_serves_as_a_user_without_account_on_a_read_only_root_without_capabilities(container):
    site = container().start()
    found = json.loads(site.fetch("/").body)
    assert (found["uids"], found["gids"]) == ([UID] * 3, [0] * 3)
    for each in site.processes():
        if each.program != "unshare":
            assert int(each.status("CapEff"), 16) == int(each.status("CapBnd"), 16) == 0
    assert f"User                    : #{UID}:root" in site.output()
    site.stop()
    assert sorted(path.name for path in site.state.iterdir()) == ["root"]


@hardened
def test_is_the_first_process_and_ends_with_status_0(container):
    site = container().start()
    assert site.launcher().status("NSpid").split()[-1] == "1"
    site.stop()
    assert site.main.returncode == 0


@hardened
def test_logs_to_the_terminal_that_is_none(container):
    site = container("--log-to-terminal", "--access-log").start()
    site.fetch("/logged")
    site.stop()
    assert '"GET /logged HTTP/1.1" 200' in site.output()
    assert "worker ready" in site.output()
    assert not (site.root / "error_log").exists()


@hardened
def test_finds_a_folder_for_its_state_when_there_is_no_tmp(container):
    site = container(names_root=False)
    root = Path(f"/dev/shm/warpdrive-127.0.0.1:{site.port}:{UID}")
    try:
        site.start()
        assert f"Server Root             : {root}" in site.output()
        assert site.fetch("/").status == 200
        site.stop()
    finally:
        shutil.rmtree(root, ignore_errors=True)


@limits
def test_has_a_process_for_each_cpu_of_its_quota(express):
    with cgroups.limited(cgroups.CPU, 150_000) as cpu:
        site = cgroups.start_within(express().write_project({"wsgi.py": WHOAMI}), cpu)
        site.log.expect("worker ready")
        assert "Request Capacity        : 10 (2 processes * 5 threads)" in site.output()
        assert "Sizing                  : 2 processes: 2 for 1.5 CPUs (cpu." in site.output()
        assert len(site.workers()) == 2
        site.stop()


@limits
def test_has_no_more_processes_than_its_memory_has_room_for(express):
    with cgroups.limited(cgroups.CPU, 200_000) as cpu, cgroups.limited(cgroups.MEMORY, 400 << 20) as memory:
        site = cgroups.start_within(express().write_project({"wsgi.py": WHOAMI}), cpu, memory)
        assert "Sizing                  : 1 process: 2 for 2 CPUs" in site.output()
        assert "memory for 1: (400 MiB of memory." in site.output()
        site.stop()


@limits
def test_doubts_more_processes_than_its_memory_has_room_for(express):
    with cgroups.limited(cgroups.MEMORY, 600 << 20) as memory:
        site = cgroups.start_within(express("--processes", "3").write_project({"wsgi.py": WHOAMI}), memory)
        assert "Request Capacity        : 15 (3 processes * 5 threads)" in site.output()
        assert "warning: 3 processes have 178 MiB each of the 600 MiB" in site.output()
        site.stop()


@limits
def test_has_room_for_reloads_within_a_limit_of_tasks(express):
    with cgroups.limited(cgroups.TASKS, 100) as tasks:
        site = cgroups.start_within(express().write_project({"wsgi.py": WHOAMI}), tasks)
        site.log.expect("worker ready")
        assert "warning" not in site.output()
        for number in (1, 2):
            site.main.send_signal(signal.SIGHUP)
            wait_until(lambda n=number: site.log.count("reload done") == n, 20, "the group is reloaded")
            site.main.send_signal(signal.SIGUSR1)
            wait_until(lambda n=number: site.log.count("resuming normal operations") == n + 1, 20, "httpd has restarted")
            assert site.fetch("/").status == 200
        site.stop()


@limits
def test_says_when_a_limit_of_tasks_is_too_low(express):
    with cgroups.limited(cgroups.TASKS, 200) as tasks:
        site = cgroups.start_within(express("--threads", "60").write_project({"wsgi.py": WHOAMI}), tasks)
        assert "and pids.max grants 200; raise that limit" in site.output()
        site.stop()
