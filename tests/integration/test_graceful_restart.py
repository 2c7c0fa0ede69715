"""A restart of httpd takes over what has changed, and a graceful one loses no request. What has not changed: test_kept_groups.py."""
import signal
import subprocess
import time

import pytest

from support.httpd import httpd_program
from support.load import Ledger, Load, SteadyLoad
from support.waiting import wait_until

SITE = "WarpDaemonProcess site processes={processes} threads=3\nWarpScriptAlias / ${{APPS}}/{app}.py\n"


@pytest.mark.sanitizer
def test_replaces_supervisor_and_workers_of_a_changed_group(httpd):
    site = httpd(SITE.format(processes=2, app="dying"))
    first, old = site.fetch("/").body, set(site.supervisors() + site.workers())
    site.write_config(SITE.format(processes=2, app="dying") + "WarpRestrictStdout On\n")
    site.restart_gracefully()
    assert site.fetch("/").body != first
    wait_until(lambda: not old & set(site.processes()), 10, "the old processes end")
    assert (len(site.workers()), len(site.supervisors())) == (2, 1)


def test_finishes_a_request_that_runs_in_a_changed_group(httpd):
    site = httpd(SITE.format(processes=1, app="held"))
    with site.connect() as connection:
        connection.send_head("GET", "/?release")
        wait_until((site.scratch / "release.started").exists, 10, "the request runs")
        old = str(site.workers()[0].pid)
        site.write_config(SITE.format(processes=1, app="held") + "WarpRestrictStdout On\n")
        site.main.send_signal(signal.SIGUSR1)
        (site.scratch / "free").touch()
        # The new worker serves while the old one is still busy.
        wait_until(lambda: site.fetch("/?free").body.decode() != old, 10, "the new worker answers")
        (site.scratch / "release").touch()
        assert connection.read_response().body.decode() == old
    wait_until(lambda: len(site.workers()) == 1, 10, "the old worker ends")


def test_takes_over_a_changed_configuration(httpd):
    site = httpd(SITE.format(processes=1, app="hello"))
    assert site.fetch("/").body == b"Hello, world!"
    site.write_config(SITE.format(processes=3, app="dying"))
    site.restart_gracefully()
    assert site.fetch("/").body.isdigit()
    wait_until(lambda: len(site.workers()) == 3, 10, "there are as many workers as now configured")


def test_keeps_the_running_site_when_the_new_configuration_is_wrong(httpd):
    site = httpd(SITE.format(processes=1, app="hello"))
    site.write_config("WarpDaemonProcess site proceses=1\n")
    done = subprocess.run([httpd_program(), "-f", site.config, "-k", "graceful"], env=site.environment(),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=30)
    assert done.returncode != 0 and "proceses" in done.stdout
    assert site.fetch("/").body == b"Hello, world!"


@pytest.mark.parametrize("mistake", ["proceses=1", "\nWarpScriptAlias / ${APPS}/hello.py process-group=nowhere"])
def test_ends_with_all_its_processes_when_the_new_configuration_is_wrong(httpd, mistake):
    site = httpd(SITE.format(processes=2, app="hello"))
    site.write_config(f"WarpDaemonProcess site {mistake}\n")
    # Not by apachectl, which would look first.
    site.main.send_signal(signal.SIGUSR1)
    assert site.wait(20) == 1
    wait_until(lambda: not site.processes(), 5, "all processes end")
    site.expected_status = 1
    site.log.allow(r"nowhere|AH00018: Configuration check failed|AH00526: Syntax error|there is no option")


@pytest.mark.parametrize("changes", [False, True], ids=["the same group", "a changed group"])
def test_loses_no_get_under_load(httpd, changes):
    site = httpd(SITE.format(processes=2, app="hello"))
    with Load(site.port, "/", clients=4) as load:
        for restart in range(5):
            site.write_config(SITE.format(processes=2 + changes * restart % 2, app="hello"))
            site.restart_gracefully()
            answered = load.finished
            wait_until(lambda: load.finished > answered + 20, 20, "requests are answered")
    assert not load.failures()


@pytest.mark.parametrize("changes", [False, True], ids=["the same group", "a changed group"])
def test_loses_and_doubles_no_post_under_load(httpd, changes):
    site = httpd(SITE.format(processes=2, app="post_counter"))
    with Load(site.port, "/", "POST", body=b"x", clients=4) as load:
        for restart in range(5):
            site.write_config(SITE.format(processes=2 + changes * restart % 2, app="post_counter"))
            site.restart_gracefully()
            answered = load.finished
            wait_until(lambda: load.finished > answered + 20, 20, "requests are answered")
    assert not load.failures()
    assert (site.scratch / "counted").stat().st_size == load.finished


@pytest.mark.parametrize("mpm", ["event", "worker", "prefork"])
def test_starts_everything_anew_with_a_full_restart(httpd, mpm):
    site = httpd(SITE.format(processes=1, app="dying"), mpm=mpm)
    first, old = site.fetch("/").body, set(site.supervisors() + site.workers())
    site.restart_fully()
    assert site.fetch("/").body != first
    wait_until(lambda: not old & set(site.processes()), 20, "the old processes end")
    assert (len(site.workers()), len(site.supervisors())) == (1, 1)


def is_kept(site):
    with site.connect() as connection:
        return connection.request("GET", "/").head.get("Connection") != "close"


@pytest.mark.parametrize("mpm", ["event", "worker", "prefork"])
def test_clients_are_told_to_close_before_and_not_after(httpd, mpm):
    site = httpd(SITE.format(processes=1, app="hello"), mpm=mpm)
    for restart in (1, 2):
        wait_until(lambda: is_kept(site), 10, "connections are kept")
        site.main.send_signal(signal.SIGUSR1)
        told = None
        # The old children serve until then, and end a connection in the last moment anyway.
        while site.log.count("resuming normal operations") == restart:
            if not told and not is_kept(site):
                told = time.monotonic()
        assert told and time.monotonic() - told > 0.2
    wait_until(lambda: is_kept(site), 10, "connections are kept")


def test_loses_no_post_on_a_kept_connection(httpd):
    site = httpd(SITE.format(processes=2, app="ledger"))
    with SteadyLoad(site.port, Ledger(site.scratch / "ledger"), "/5", seconds=30) as load:
        for _ in range(4):
            site.restart_gracefully()
            done = load.finished
            wait_until(lambda: load.finished > done + 100, 20, "requests are answered")
    assert not load.failures()
