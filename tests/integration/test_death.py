"""Processes that die without a plan: kill -9 of a worker, of the supervisor, of httpd's parent."""
import contextlib

import pytest

from support.load import Load
from support.operator import groups
from support.processes import wait_until_gone
from support.waiting import wait_until

GROUP = "WarpDaemonProcess site processes={processes} threads=3\n"
DYING = GROUP + "WarpScriptAlias / ${{APPS}}/dying.py\n"


def start(httpd, directives=DYING, processes=2):
    site = httpd(directives.format(processes=processes))
    # One that dies soon after its start makes the next one wait.
    site.log.allow("worker waits for its next start|request lost with its worker")
    wait_until(lambda: len(site.workers()) == processes and site.log.count("worker ready") == processes, 10, "all workers are ready")
    return site


def test_answers_the_next_request_after_the_only_worker_was_killed(httpd):
    site = start(httpd, processes=1)
    first = site.fetch("/").body
    site.workers()[0].kill()
    second = site.fetch("/")
    assert second.status == 200 and second.body != first
    site.log.expect("worker exited")


@pytest.mark.sanitizer
def test_loses_no_get_when_workers_are_killed_under_load(httpd):
    site = start(httpd)
    with Load(site.port, "/") as load:
        for killed in range(1, 4):
            before = load.finished
            wait_until(lambda: load.finished > before + 50, 20, "requests are answered")
            site.workers()[0].kill()
            site.log.expect(rf"(?s)(worker exited.*){{{killed}}}")
        before = load.finished
        wait_until(lambda: load.finished > before + 50, 20, "requests are answered")
    assert not load.failures()


def test_answers_502_to_what_a_worker_had_started_when_it_died(httpd):
    site = start(httpd, processes=1)
    assert site.fetch("/die", "POST", body=b"x").status == 502
    assert site.fetch("/").status == 200
    site.log.expect("worker exited")
    site.log.allow(r"\[warp:(warn|error)\]")


def test_gives_a_request_that_kills_workers_to_two_at_most(httpd):
    site = start(httpd, processes=1)
    assert site.fetch("/die").status == 502
    assert site.log.count("worker exited") <= 2
    # Two crashes in a row make the next worker wait for a moment.
    refused = site.fetch("/")
    assert refused.status == 200 or refused.status == 503 and refused.head.get("Retry-After")
    wait_until(lambda: site.fetch("/").status == 200, 5, "the next worker serves")
    site.log.expect("worker exited")
    site.log.allow(r"\[warp:(warn|error)\]")


HOLDING = '''
import ctypes, os, pathlib, threading, time

SCRATCH = pathlib.Path(os.environ["WARP_TEST_SCRATCH"])
MEETING = threading.Barrier(2)


def application(environ, start_response):
    if environ["PATH_INFO"] == "/meets":
        MEETING.wait(20)
    if environ["PATH_INFO"] == "/holds":
        (SCRATCH / "holding").touch()
        ctypes.PyDLL(None).sleep(60)
    if environ["PATH_INFO"] != "/meets":
        with open(SCRATCH / "calls", "a") as calls:
            calls.write("called\\n")
    if environ["PATH_INFO"] == "/stays":
        time.sleep(60)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]
'''


@pytest.fixture
def holding_site(express):
    site = express("--processes", "1", "--threads", "2").write_project({"wsgi.py": HOLDING})
    return site.start()


@contextlib.contextmanager
def taken_but_not_called(site, path):
    """Two connections: of a POST that holds the interpreter's lock, and of one that a thread has, but not that lock."""
    with site.connect() as fatal, site.connect() as waiting:
        # A thread needs the lock once before its first request.
        for connection in (fatal, waiting):
            connection.send_head("GET", "/meets")
        for connection in (fatal, waiting):
            assert connection.read_response().status == 200
        fatal.send_head("POST", "/holds", "Content-Length: 0")
        wait_until((site.scratch / "holding").exists, 10, "the request holds the lock")
        waiting.send_head("POST", path, "Content-Length: 4")
        waiting.send(b"body")

        def stages():
            return sorted(each["stage"] for group in groups(site).values() for worker in group["workers"] for each in worker["in_flight"])

        wait_until(lambda: stages() == ["in the application", "waiting for the interpreter"], 10, lambda: f"both are taken up: {stages()}")
        site.log.allow(r"\[warp:(warn|error)\]")
        site.workers()[0].kill()
        yield fatal, waiting


def test_another_worker_gets_a_post_whose_application_was_not_called(holding_site):
    """Nothing of the application's has run for it."""
    with taken_but_not_called(holding_site, "/waits") as (fatal, waiting):
        answer = waiting.read_response()
        assert (answer.status, answer.body) == (200, b"body")
        assert fatal.read_response().status == 502
    holding_site.log.expect(r"request lost with its worker .*path=/holds")
    assert "path=/waits" not in holding_site.log.text()
    holding_site.stop()


def test_a_post_that_the_other_worker_has_called_is_not_given_to_a_third(holding_site):
    calls = holding_site.scratch / "calls"
    with taken_but_not_called(holding_site, "/stays") as (_fatal, waiting):
        wait_until(lambda: calls.exists() and calls.read_text(), 10, "the next worker calls the application")
        wait_until(lambda: len(holding_site.workers()) == 1, 10, "the first worker has ended")
        holding_site.workers()[0].kill()
        assert waiting.read_response().status == 502
    assert calls.read_text().splitlines() == ["called"]
    holding_site.stop()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_loses_no_request_when_the_supervisor_is_killed_under_load(httpd, method):
    site = start(httpd)
    (old,) = site.supervisors()
    with Load(site.port, "/", method, body=b"x" * 100 if method == "POST" else b"") as load:
        wait_until(lambda: load.finished > 50, 20, "requests are answered")
        old.kill()
        wait_until(lambda: [each for each in site.supervisors() if each != old], 10, "there is a new supervisor")
        before = load.finished
        wait_until(lambda: load.finished > before + 100, 20, "requests are answered")
    assert not load.failures()
    wait_until(lambda: len(site.workers()) == 2 and len(site.supervisors()) == 1, 20, "only the new workers are left")
    site.log.allow(r"\[warp:(warn|error)\]")
    site.log.expect("supervisor")


def test_replaces_a_killed_supervisor_again_and_again(httpd):
    site = start(httpd, processes=1)
    for _ in range(3):
        (old,) = wait_until(site.supervisors, 10)
        old.kill()
        wait_until(lambda: old not in site.supervisors() and site.supervisors(), 30, "there is a new supervisor")
        assert site.fetch("/").status == 200
    site.log.allow(r"\[warp:(warn|error)\]")


def test_leaves_nothing_when_the_parent_of_httpd_is_killed(httpd):
    site = start(httpd)
    with Load(site.port, "/") as load:
        wait_until(lambda: load.finished > 20, 20, "requests are answered")
        everything = site.processes()
        site.httpd_parent().kill()
        wait_until_gone(everything, 2)
    assert site.processes() == []
    site.expected_status = -9
    site.log.allow(r"\[warp:(warn|error)\]")


def test_leaves_nothing_when_the_parent_is_killed_during_a_request(httpd):
    site = start(httpd, GROUP + "WarpScriptAlias / ${{APPS}}/held.py\n", processes=1)
    with site.connect() as connection:
        connection.send_head("GET", "/?never")
        wait_until((site.scratch / "never.started").exists)
        everything = site.processes()
        site.httpd_parent().kill()
        wait_until_gone(everything, 2)
    site.expected_status = -9
    site.log.allow(r"\[warp:(warn|error)\]")


def test_does_not_start_a_crashing_worker_in_a_tight_loop(httpd):
    site = httpd("WarpDaemonProcess site\nWarpScriptAlias / ${APPS}/dying_at_import.py\n")
    site.log.expect("worker exited")
    site.fetch("/")
    wait_until(lambda: site.log.count("worker exited") >= 2, 10, "it is tried again")
    assert site.log.count("worker started") <= 4
    site.log.allow(r"\[warp:(warn|error)\]")
