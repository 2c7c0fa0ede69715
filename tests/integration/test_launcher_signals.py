"""How a started server ends, and what must not end it."""
import signal
import socket

import pytest

from support.express import HELD
from support.httpd import httpd_program
from support.processes import wait_until_gone
from support.waiting import stays_true, wait_until


@pytest.fixture
def site(express):
    return express("--processes", "2").write_project({"wsgi.py": HELD})


def running(site):
    """Its processes, once all have been started."""
    wait_until(lambda: len(site.workers()) == 2 and site.is_idle(), 15, lambda: f"two workers run: {site.processes()}")
    return site.processes()


def held_request(site):
    connection = site.connect()
    connection.send_head("GET", "/?release")
    wait_until((site.scratch / "release.started").exists, 10, "the request runs")
    return connection


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_ends_with_status_0_and_leaves_nothing(site, number):
    site.start()
    assert site.fetch("/").status == 200
    site.stop(number)
    left = sorted(path.name for path in site.root.iterdir() if path.name != "error_log")
    assert left in ([], ["httpd.conf"])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", site.port))


@pytest.mark.sanitizer
def test_finishes_a_running_request_at_sigterm(site):
    site.start()
    with held_request(site) as connection:
        site.main.send_signal(signal.SIGTERM)
        stays_true(lambda: site.main.poll() is None, 0.5, "it waits for the request")
        (site.scratch / "release").touch()
        assert connection.read_response().body == b"done"
    assert site.wait() == 0


def test_ends_at_ctrl_c_in_a_terminal(site):
    site.start_in_terminal()
    assert site.fetch("/").status == 200
    everything = site.processes()
    site.press(b"\x03")
    assert site.wait(10) == 0
    wait_until_gone(everything, 2)


def test_ends_at_a_second_ctrl_c_without_waiting(site):
    site.start_in_terminal()
    with held_request(site):
        site.press(b"\x03")
        stays_true(lambda: site.main.poll() is None, 0.5, "it waits for the request")
        site.press(b"\x03")
        assert site.wait(10) == 0
    site.log.allow(r"\[warp:(warn|error)\]|\[core:|AH0")


def test_goes_on_when_the_terminal_is_resized(site):
    site.start_in_terminal()
    children = running(site)
    site.resize_terminal(40, 132)
    stays_true(lambda: site.main.poll() is None and site.fetch("/").status == 200, 1, "it serves")
    assert site.processes() == children
    site.stop()


def test_goes_on_when_the_launcher_gets_sigwinch(site):
    site.start()
    children = running(site)
    site.main.send_signal(signal.SIGWINCH)
    stays_true(lambda: site.main.poll() is None and site.fetch("/").status == 200, 1, "it serves")
    assert site.processes() == children
    site.stop()


def test_replaces_the_application_at_sighup(site):
    site.start()
    assert site.fetch("/").body == b"done"
    (site.project / "wsgi.py").write_text(HELD.replace("done", "changed"))
    site.main.send_signal(signal.SIGHUP)
    wait_until(lambda: site.fetch("/").body == b"changed", 20, "the changed application is served")
    site.stop()


def test_a_hang_up_that_is_ignored_does_not_end_the_start(site):
    """As by nohup: it comes while httpd checks the configuration."""
    script = site.directory / "httpd that hangs up"
    script.write_text(f'#!/bin/sh\ncase "$*" in *" -t") kill -HUP $PPID ;; esac\nexec {httpd_program()} "$@"\n')
    script.chmod(0o755)
    command = [*site.command(), "--httpd-executable", str(script)]
    site.command = lambda: ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command]
    site.start()
    assert site.fetch("/").status == 200
    site.stop()


def test_leaves_nothing_when_the_launcher_is_killed(site):
    site.start()
    everything = site.processes()
    site.main.kill()
    wait_until_gone(everything, 2 + 1)
    site.expected_status = -9


def test_says_why_when_httpd_dies(site):
    site.start()
    site.httpd_parent().kill()
    assert site.wait(15) > 0
    assert "SIGKILL" in site.output()
    wait_until(lambda: not site.processes(), 5, "nothing is left")
