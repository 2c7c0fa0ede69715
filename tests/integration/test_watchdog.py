"""Requests that do not end, interpreters that no thread can use, and what the log says of them."""
import os
import signal
import time

import pytest

from support.load import Load
from support.waiting import stays_true, wait_until

GROUP = "WarpDaemonProcess site processes=1 threads=3 {options}\nWarpScriptAlias / ${{APPS}}/stuck.py process-group=site\n"


def start(httpd, options):
    site = httpd(GROUP.format(options=options))
    site.log.expect("worker ready")
    return site


def worker(site):
    return int(site.fetch("/fine").body)


def ask_in_vain(site, name):
    """A request that runs into request-timeout; the seconds that took."""
    began = time.monotonic()
    assert site.fetch(f"/{name}").status == 504
    # What httpd says of it, and the other lines of our record.
    site.log.allow(r"answered 504|\[warp:error\].*: (  |request given up)|all requests that it has left are overdue")
    return time.monotonic() - began


def test_an_overdue_request_is_504_and_its_stack_is_in_the_log(httpd):
    site = start(httpd, "request-timeout=1")
    assert 0.9 < ask_in_vain(site, "sleeps_for_long?secret=1") < 3
    site.log.expect(r"request overdue request=[\w.+/-]{6,} method=GET path=/sleeps_for_long thread=\d seconds=(0\.9|1\.)")
    site.log.expect(r'stuck.py", line \d+, in sleeps_for_long')
    site.log.expect(r"time.sleep\(60\)")
    assert "secret" not in site.log.text()
    # One stuck request hurts only itself: the worker serves others until the next one does.
    assert worker(site)


def test_a_slow_request_is_in_the_log_once_with_its_stack(httpd):
    site = start(httpd, "slow-request=0.3 graceful-timeout=1 shutdown-timeout=1")
    with site.connect() as connection:
        connection.send_head("GET", "/sleeps_in_pieces?secret=1")
        site.log.expect(r"request is slow request=[\w.+/-]{6,} method=GET path=/sleeps_in_pieces thread=\d seconds=0\.[3-9]")
        site.log.expect(r'stuck.py", line \d+, in sleeps_in_pieces')
        assert worker(site)
        stays_true(lambda: site.log.count("request is slow") == 1, 0.7)
    assert "secret" not in site.log.text()
    site.log.allow(r"\[warp:")


def test_a_request_that_holds_the_interpreter_is_seen_all_the_same(httpd):
    site = start(httpd, "request-timeout=1 graceful-timeout=1 shutdown-timeout=1")
    ask_in_vain(site, "holds_the_lock")
    site.log.expect(r'stuck.py", line \d+ in holds_the_lock')
    site.log.expect("request overdue request=")
    site.log.allow(r"did not stop in time|worker killed")


def test_a_request_that_still_sends_or_reads_is_not_overdue(httpd):
    site = httpd("WarpDaemonProcess site threads=2 request-timeout=1\nWarpScriptAlias / ${APPS}/input_digest.py\n")
    with site.connect() as connection:
        connection.send_head("POST", "/", "Content-Length: 400000")
        for _ in range(4):
            time.sleep(0.6)
            connection.send(b"x" * 100_000)
        assert connection.read_response().status == 200


def test_a_request_is_interrupted_and_its_worker_stays(httpd):
    site = start(httpd, "request-timeout=1 interrupt-timeout=5")
    before = worker(site)
    ask_in_vain(site, "sleeps_in_pieces")
    site.log.expect("request overdue, it is interrupted request=")
    wait_until((site.scratch / "unwound").exists, 5, "the exception is raised")
    wait_until(lambda: (site.scratch / "unwound").read_text() == "RequestTimeout", 5, "it is RequestTimeout")
    site.log.expect("exception in the application method=GET uri=/sleeps_in_pieces")
    site.log.allow(r"\[warp:error\].*RequestTimeout|Traceback")
    for _ in range(6):
        assert worker(site) == before


def test_a_request_that_swallows_the_exception_is_overdue(httpd):
    site = start(httpd, "request-timeout=1 interrupt-timeout=1 graceful-timeout=1 shutdown-timeout=1")
    ask_in_vain(site, "swallows_the_exception")
    site.log.expect("request overdue, it is interrupted request=")
    wait_until((site.scratch / "swallowed").exists, 5, "the exception is raised")
    site.log.expect("request overdue, it goes on though interrupted request=")
    site.log.allow(r"did not stop in time")


def test_an_overdue_request_does_not_hold_a_stop_up(httpd):
    site = start(httpd, "request-timeout=1 graceful-timeout=20 shutdown-timeout=20")
    ask_in_vain(site, "sleeps_for_long")
    site.log.expect("request overdue")
    with site.connect() as other:
        other.send_head("GET", "/waits_for_release")
        wait_until((site.scratch / "released.started").exists, 5, "another request runs")
        process = site.workers()[0]
        process.kill(signal.SIGTERM)
        site.log.expect("worker stops")
        (site.scratch / "release").touch()
        assert other.read_response().body == b"released"
        wait_until(lambda: not process.is_alive(), 5, "the worker ends")
    site.log.expect("worker ends: all requests that it has left are overdue")
    site.log.expect("request given up .*path=/sleeps_for_long")
    site.log.allow("worker exited|request lost with its worker")


def test_a_worker_whose_interpreter_is_held_for_ever_ends_itself(httpd):
    site = start(httpd, "request-timeout=20 deadlock-timeout=2")
    site.log.allow("answered 502|request lost with its worker|worker waits for its next start")
    assert site.fetch("/holds_the_lock", "POST").status == 502
    site.log.expect("worker is deadlocked: the interpreter's lock")
    site.log.expect(r'stuck.py", line \d+ in holds_the_lock')
    site.log.expect("worker exited .*exit status 70")
    site.log.allow(r"\[warp:crit\].*: (  |request=|thread)")
    wait_until(lambda: site.fetch("/fine").status == 200, 20, "the next worker serves")


@pytest.mark.parametrize("name, fatal, number", [
    ("crashes_here", "Segmentation fault", "SIGSEGV"), ("aborts_here", "Aborted", "SIGABRT"),
    ("overflows_the_stack", "Segmentation fault", "SIGSEGV")])
def test_a_crash_leaves_the_stacks(httpd, name, fatal, number):
    site = start(httpd, "")
    assert site.fetch(f"/{name}", "POST").status == 502
    site.log.expect(f"Fatal Python error: {fatal}")
    site.log.expect(rf'stuck.py", line \d+ in {name}|in nest')
    site.log.expect(f"worker exited .*how={number}")
    site.log.allow(r"answered 502|request lost|worker waits for|^$|hread 0x|  File |^  \.\.\.|Extension modules|no Python frame|warp-supervisor:   ")


def ask_for_stacks(site):
    site.workers()[0].kill(signal.SIGUSR2)


def test_a_signal_asks_for_all_stacks_under_load(httpd):
    site = start(httpd, "")
    site.log.allow(r"\[warp:warn\].*: (stacks of all threads|  |thread|request=|\(no thread)")
    before = worker(site)
    with site.connect() as connection, Load(site.port, "/fine") as load:
        connection.send_head("GET", "/waits_for_release")
        wait_until((site.scratch / "released.started").exists, 5, "a request runs")
        for asked in range(1, 6):
            count = load.finished
            ask_for_stacks(site)
            site.log.expect(rf"(?s)(stacks of all threads, as a signal has asked for.*?in waits_for_release.*){{{asked}}}")
            wait_until(lambda: load.finished > count, 10, "requests are answered")
        (site.scratch / "release").touch()
        assert connection.read_response().body == b"released"
    assert not load.failures()
    site.log.expect(r"request=[\w.+/-]{6,} method=GET path=/waits_for_release thread=\d seconds=\d")
    assert worker(site) == before


def test_the_application_can_not_take_the_signals(httpd):
    site = start(httpd, "")
    site.log.allow("has no effect in a worker|stacks of all threads|no thread runs Python")
    assert site.fetch("/takes_the_signals").body == b"tried"
    ask_for_stacks(site)
    site.log.expect("stacks of all threads, as a signal has asked for")


def test_a_forked_process_shows_no_stacks(httpd):
    site = start(httpd, "")
    site.log.allow("DeprecationWarning|fork")
    forked = int(site.fetch("/forks").body)
    os.kill(forked, signal.SIGUSR2)
    stays_true(lambda: "stacks of all" not in site.log.text() and os.path.exists(f"/proc/{forked}"), 0.5)
    os.kill(forked, signal.SIGKILL)


def test_a_replaced_worker_hands_back_what_no_thread_has_taken(httpd):
    site = start(httpd, "")
    with site.connect() as running:
        running.send_head("GET", "/waits_for_release")
        wait_until((site.scratch / "released.started").exists, 5, "a request runs")
        site.workers()[0].kill(signal.SIGUSR1)
        site.log.expect("worker stops .*another worker has taken over")
        (site.scratch / "release").touch()
        assert running.read_response().body == b"released"
    site.log.expect("worker exited")
    wait_until(lambda: site.fetch("/fine").status == 200, 10, "the next worker serves")


def test_the_application_can_ask_whether_the_client_is_there(httpd):
    site = start(httpd, "request-timeout=1")
    ask_in_vain(site, "waits_for_the_client")
    # It may need longer than the watchdog.
    site.log.allow("request overdue")
    wait_until((site.scratch / "client").exists, 10, "it sees that nobody waits any more")
    wait_until(lambda: (site.scratch / "client").read_text() == "False", 5, "it is told so")


def test_settings_are_those_of_the_directive(httpd):
    options = "cpu-priority=7 stack-size=1048576 virtual-memory-limit=8589934592 switch-interval=0.002"
    site = start(httpd, options)
    assert site.fetch("/settings").body == b"7 1048576 1048576 8589934592 0.002"
