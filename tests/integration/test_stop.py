"""A planned stop: what runs is finished, then everything ends, with status 0."""
import signal

import pytest

from support.ports import is_listening
from support.waiting import wait_until

HELD = "WarpDaemonProcess site processes=1 threads=2 {options}\nWarpScriptAlias / ${{APPS}}/held.py\n"


def held_request(site):
    connection = site.connect()
    connection.send_head("GET", "/?release")
    wait_until((site.scratch / "release.started").exists, 10, "the request runs")
    return connection


@pytest.mark.sanitizer
def test_finishes_a_running_request_at_a_graceful_stop(httpd):
    site = httpd(HELD.format(options=""))
    with held_request(site) as connection:
        site.main.send_signal(signal.SIGWINCH)
        wait_until(lambda: not is_listening(site.port), 10, "it has stopped listening")
        (site.scratch / "release").touch()
        assert connection.read_response().status == 200
    assert site.wait() == 0


def test_ends_although_a_request_never_does(httpd):
    site = httpd(HELD.format(options="graceful-timeout=1 shutdown-timeout=1"))
    with held_request(site):
        site.main.send_signal(signal.SIGTERM)
        assert site.wait(8) == 0
    site.log.allow(r"\[warp:(warn|error)\]|\[core:")


def test_stops_quickly_when_nothing_runs(httpd):
    site = httpd(HELD.format(options=""))
    site.log.expect("worker ready")
    site.main.send_signal(signal.SIGTERM)
    assert site.wait(2) == 0


def test_stops_while_the_application_is_being_imported(httpd):
    site = httpd("WarpDaemonProcess site shutdown-timeout=1\nWarpScriptAlias / ${APPS}/slow_import.py\n")
    wait_until((site.scratch / "importing").exists, 10, "the import runs")
    site.main.send_signal(signal.SIGTERM)
    assert site.wait(10) == 0
    site.log.allow(r"\[warp:(warn|error)\]")


def test_runs_exit_handlers_of_the_application(httpd):
    site = httpd("WarpDaemonProcess site\nWarpScriptAlias / ${APPS}/exit_handler.py\n")
    assert site.fetch("/").status == 200
    site.main.send_signal(signal.SIGTERM)
    assert site.wait() == 0
    site.log.expect("exit_handler: ran")
