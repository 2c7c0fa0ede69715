"""What becomes of applications that break the rules: their own request may fail, the next one does not."""
import time

import pytest

from support.httpd import mounts
from support.raw_http import Broken
from support.waiting import wait_until

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    started = module_httpd(mounts("hostile"))
    # The last is what a sanitizer says to a request for more memory than there is.
    started.log.allow("exception in the application|response broken off|AddressSanitizer failed to allocate")
    return started


@pytest.fixture(autouse=True)
def _serves_on(site):
    yield
    assert site.fetch("/hostile/fine").status == 200


def worker(site):
    return int(site.fetch("/hostile/fine").body)


FAILING = {
    "returns_none": "must return an iterable of bytes, not NoneType",
    "returns_text": "must give bytes, not str",
    "returns_number": "must return an iterable of bytes, not int",
    "returns_itself": "must return an iterable of bytes, not function",
    "gives_bytearray": "must give bytes, not bytearray",
    "never_starts": "has not called start_response",
    "starts_too_late": "has not called start_response",
    "starts_twice": "start_response was called before",
    "raises_at_import_of_nothing": "No module named 'no_such_module'",
    "raises_group": "BaseException: of the lowest class",
    "recurses": "RecursionError",
    "out_of_memory": "MemoryError|OverflowError",
    "raises_the_unprintable": "BadException",
    "exits": "SystemExit: exits: from sys.exit",
    "interrupts": "KeyboardInterrupt",
    "kills_its_threads_state": "SystemExit",
}


@pytest.mark.parametrize("app", FAILING)
def test_is_answered_500_and_logged(site, app):
    process = worker(site)
    assert site.fetch(f"/hostile/{app}").status == 500
    site.log.expect(FAILING[app])
    assert worker(site) == process


@pytest.mark.parametrize("app, logged", [("gives_none_after_bytes", "must give bytes, not NoneType"), ("exits_in_iteration", "SystemExit: 1")])
def test_is_broken_for_the_client_after_output(site, app, logged):
    process = worker(site)
    with site.connect() as connection:
        connection.send_head("GET", f"/hostile/{app}")
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.expect(logged)
    assert worker(site) == process


HARMLESS = {
    "starts_late": b"late",
    "endless_nothing": b"",
    "changes_headers_later": b"body",
    "raises_in_del": None,
    "replaces_input": None,
    "loses_standard_streams": None,
    "sets_limits": None,
    "closes_standard_streams": None,
    "forks_and_exits": None,
    "forks_and_writes": b"before, after",
}


@pytest.mark.parametrize("app", HARMLESS)
def test_is_answered_all_the_same(site, app):
    process = worker(site)
    site.log.allow("from __del__|ValueError|closes_standard_streams: said afterwards|DeprecationWarning.*fork|into nothing")
    response = site.fetch(f"/hostile/{app}")
    assert response.status == 200
    assert response.body == (str(process).encode() if HARMLESS[app] is None else HARMLESS[app])
    assert worker(site) == process


def test_output_goes_to_the_log_even_after_close(site):
    site.fetch("/hostile/closes_standard_streams")
    site.log.expect("closes_standard_streams: said afterwards")


def test_ends_an_endless_body_when_the_client_leaves(site):
    process = worker(site)
    with site.connect() as connection:
        connection.send_head("GET", "/hostile/endless")
        connection.read_head()
        connection.read_chunk()
    site.log.expect("endless: ended")
    assert worker(site) == process


def test_changing_the_body_meanwhile_changes_the_response_at_most(site):
    process = worker(site)
    with site.connect() as connection:
        connection.send_head("GET", "/hostile/changes_body_meanwhile")
        head = connection.read_head()
        try:
            body = connection.read_body(head)
            assert set(body) <= set(b"xy") and len(body) == int(head.get("Content-Length"))
        except (Broken, ConnectionError):
            pass
    site.log.allow("shorter than its Content-Length|longer than its Content-Length")
    assert worker(site) == process


def test_a_forked_process_that_returns_answers_nothing_and_ends(site):
    process = worker(site)
    for _ in range(3):
        assert site.fetch("/hostile/forks_and_returns").body == b"from the parent"
        forked = int((site.scratch / "forked").read_text())
        wait_until(lambda: forked not in [each.pid for each in site.processes()], 10, "the forked process ends")
    site.log.expect("forked came back from its request, and ends")
    site.log.allow("DeprecationWarning")
    assert worker(site) == process


def test_a_forked_process_reads_nothing_of_the_body(site):
    process = worker(site)
    with site.connect() as connection:
        connection.send_head("POST", "/hostile/forks_and_reads", "Content-Length: 70000")
        time.sleep(0.3)
        connection.send(b"y" * 70_000)
        assert connection.read_response().body == b"y" * 70_000
    site.log.allow("forked|DeprecationWarning")
    assert worker(site) == process


def test_a_thread_that_outlives_the_request_is_refused(site):
    assert site.fetch("/hostile/leaves_a_thread").body == b"body"
    for name in ("input", "write", "start_response", "early_hints"):
        site.log.expect(f"leaves_a_thread: {name} refused: .*the request has ended")


def test_a_thread_that_writes_for_ever_ends_with_the_request(site):
    response = site.fetch("/hostile/writes_in_a_thread_for_ever")
    assert response.status == 200 and set(response.body) == {ord("x")}
    assert len(response.body) < 20_000_000, "the end of the response has waited for many turns of the thread"
    site.log.expect("writes_in_a_thread_for_ever: RuntimeError")


def test_a_thread_that_reads_for_ever_ends_with_the_request(site):
    with site.connect() as connection:
        connection.send_head("POST", "/hostile/reads_in_a_thread_for_ever", "Content-Length: 1000")
        site.log.expect("reads_in_a_thread_for_ever: (ClientDisconnected|RuntimeError)")
        connection.send(b"x" * 1000)
        assert connection.read_head().status == 200
