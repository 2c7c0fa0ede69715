"""A graceful restart of httpd replaces the application and loses no request."""
import signal
import subprocess

import pytest

from support.httpd import httpd_program
from support.load import Load
from support.waiting import wait_until

SITE = "WarpDaemonProcess site processes={processes} threads=3\nWarpScriptAlias / ${{APPS}}/{app}.py\n"


@pytest.mark.sanitizer
def test_replaces_supervisor_and_workers(httpd):
    site = httpd(SITE.format(processes=2, app="dying"))
    first = site.fetch("/").body
    site.restart_gracefully()
    assert site.fetch("/").body != first
    wait_until(lambda: len(site.workers()) == 2 and len(site.supervisors()) == 1, 10, "there is one group of processes")


def test_finishes_a_request_that_runs(httpd):
    site = httpd(SITE.format(processes=1, app="held"))
    with site.connect() as connection:
        connection.send_head("GET", "/?release")
        wait_until((site.scratch / "release.started").exists, 10, "the request runs")
        old = str(site.workers()[0].pid)
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


def test_loses_no_get_under_load(httpd):
    site = httpd(SITE.format(processes=2, app="hello"))
    with Load(site.port, "/", clients=4) as load:
        for _ in range(5):
            site.restart_gracefully()
            answered = load.finished
            wait_until(lambda: load.finished > answered + 20, 20, "requests are answered")
    assert not load.failures()


def test_loses_and_doubles_no_post_under_load(httpd):
    site = httpd(SITE.format(processes=2, app="post_counter"))
    with Load(site.port, "/", "POST", body=b"x", clients=4) as load:
        for _ in range(5):
            site.restart_gracefully()
            answered = load.finished
            wait_until(lambda: load.finished > answered + 20, 20, "requests are answered")
    assert not load.failures()
    assert (site.scratch / "counted").stat().st_size == load.finished


def test_serves_with_a_full_restart(httpd):
    site = httpd(SITE.format(processes=1, app="dying"))
    first = site.fetch("/").body
    restarts = site.log.count("resuming normal operations")
    site.main.send_signal(signal.SIGHUP)
    wait_until(lambda: site.log.count("resuming normal operations") > restarts, 20, "httpd has restarted")
    assert site.fetch("/").body != first
    wait_until(lambda: len(site.workers()) == 1 and len(site.supervisors()) == 1, 20, "the old processes end")
