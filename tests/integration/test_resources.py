"""What a group's processes are granted: groups, priority, limits; and how long they may finish their requests."""
import json
import os
import resource
import shutil
import signal
import subprocess

import pytest

from support.httpd import httpd_program
from support.waiting import stays_true, wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users, or go before others")
WHOAMI = "WarpScriptAlias / ${APPS}/whoami.py\n"
HELD = "WarpDaemonProcess site threads=2 {}\nWarpScriptAlias / ${{APPS}}/held.py\n"


def whoami(site):
    return json.loads(site.fetch("/").body)


@as_root
def test_has_the_supplementary_groups_of_the_group_and_no_others(httpd):
    site = httpd("WarpDaemonProcess site user=nobody supplementary-groups=adm,#77\n" + WHOAMI)
    assert sorted(whoami(site)["groups"]) == [4, 77]


@as_root
def test_refuses_a_supplementary_group_that_does_not_exist(unstarted_httpd):
    site = unstarted_httpd("WarpDaemonProcess site supplementary-groups=adm,nobodies\n" + WHOAMI)
    status, text = site.check_config()
    assert status != 0
    assert "supplementary-groups=nobodies: there is no such group" in text


@as_root
@pytest.mark.parametrize("options", ["", "processes=2"])
def test_goes_before_others_as_its_user(httpd, options):
    """Also when a template has forked the worker."""
    site = httpd(f"WarpDaemonProcess site cpu-priority=-5 {options}\n" + WHOAMI)
    found = whoami(site)
    assert found["priority"] == -5
    assert 0 not in found["uids"]
    assert os.getpriority(os.PRIO_PROCESS, site.httpd_parent().pid) == os.getpriority(os.PRIO_PROCESS, 0)


@as_root
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
@pytest.mark.parametrize("option", ["cpu-priority=-1", "supplementary-groups=adm"])
def test_says_what_needs_root(unstarted_httpd, option):
    site = unstarted_httpd(f"WarpDaemonProcess site {option}\n" + WHOAMI)
    as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    done = subprocess.run([*as_nobody, httpd_program(), "-t", "-f", site.config], env=site.environment(), capture_output=True,
                          text=True, timeout=60)
    assert done.returncode != 0
    assert f"{option} needs httpd to be started as root" in done.stderr


def test_has_the_limits_of_the_group(httpd):
    options = "open-files-limit=200 core-size-limit=0 data-size-limit=4G"
    limits = whoami(httpd(f"WarpDaemonProcess site {options}\n" + WHOAMI))["limits"]
    assert limits["RLIMIT_NOFILE"] == [200, 200]
    assert limits["RLIMIT_CORE"] == [0, 0]
    assert limits["RLIMIT_DATA"] == [4 << 30, 4 << 30]


def test_refuses_a_limit_beyond_that_of_httpd(unstarted_httpd):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard in (resource.RLIM_INFINITY, 1073741816):
        pytest.skip("this machine has no limit of descriptors")
    site = unstarted_httpd(f"WarpDaemonProcess site open-files-limit={hard + 1}\n" + WHOAMI)
    status, text = site.check_config()
    assert status != 0
    assert f"open-files-limit={hard + 1} is more than httpd's own hard limit, {hard}" in text


def hold_a_request(site):
    """Its connection; the request ends when `release` exists."""
    connection = site.connect()
    connection.send(b"GET /?release HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    wait_until(lambda: (site.scratch / "release.started").exists(), 10, "the request has begun")
    return connection


def reload(site):
    (supervisor,) = site.supervisors()
    supervisor.kill(signal.SIGHUP)
    site.log.expect("reload done")


def test_a_replaced_worker_has_its_own_time_to_finish(httpd):
    site = httpd(HELD.format("graceful-timeout=1 shutdown-timeout=1 eviction-timeout=60"))
    connection = hold_a_request(site)
    (old,) = site.workers()
    reload(site)
    stays_true(lambda: old in site.workers(), 3)
    (site.scratch / "release").touch()
    assert connection.read_response().status == 200


def test_a_replaced_worker_may_have_less_time_than_at_a_stop(httpd):
    site = httpd(HELD.format("graceful-timeout=60 shutdown-timeout=1 eviction-timeout=1"))
    connection = hold_a_request(site)
    (old,) = site.workers()
    site.log.allow("did not stop in time|request given up")
    reload(site)
    wait_until(lambda: old not in site.workers(), 10, "the replaced worker has ended")
    (site.scratch / "release").touch()
    # A GET goes to another worker.
    assert connection.read_response().body == str(site.workers()[0].pid).encode()


def test_a_stop_does_not_wait_for_a_replaced_worker_longer_than_for_others(httpd):
    site = httpd(HELD.format("graceful-timeout=1 shutdown-timeout=1 eviction-timeout=3600"))
    connection = hold_a_request(site)
    site.log.allow("did not stop in time|request given up|worker exited|worker killed|no response from|before it answered")
    reload(site)
    site.stop_seconds = 15
    site.stop()
    assert connection.read_to_end() is not None
