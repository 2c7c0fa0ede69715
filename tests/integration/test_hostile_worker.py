"""A worker that plays with descriptors, credits and time: httpd's child lives, its threads come back, and nothing leaks."""
import contextlib
import time

import pytest

from support import hostile_worker
from support.hostile_site import directives, final_head, program_folder, unharmed, url
from support.metrics import Metrics
from support.raw_http import Broken
from support.waiting import SLOWNESS, wait_until

pytestmark = pytest.mark.sanitizer

REQUEST_TIMEOUT = 2
MANAGEMENT = '<Location "/-/">\nSetHandler warp-management\n</Location>'


@pytest.fixture(scope="module")
def site(module_httpd, prefix):
    with program_folder(prefix) as folder:
        started = module_httpd(directives(folder, f"request-timeout={REQUEST_TIMEOUT} socket-timeout={REQUEST_TIMEOUT}", MANAGEMENT))
        started.log.allow(r"\[warp:(warn|error|crit)\]")
        yield started
        # Its programs are needed up to its end.
        started.stop()


@pytest.fixture(autouse=True)
def _unharmed(site):
    with unharmed(site):
        yield


def fails(site, name, statuses, method="GET", body=b"", seconds=15):
    """The client gets one of the statuses, or sees that the response is broken."""
    with site.connect(seconds=seconds) as connection:
        fields = (f"Content-Length: {len(body)}",) if body else ()
        connection.send_head(method, url(name), *fields)
        connection.send(body)
        try:
            head = final_head(connection)
            assert head.status in (200, *statuses)
            assert head.get("X-Injected") is None
            if head.status == 200:
                with pytest.raises((Broken, ConnectionError)):
                    connection.read_body(head)
        except (Broken, ConnectionError):
            pass


@pytest.mark.parametrize("misdeed", hostile_worker.MISDEEDS)
def test_fails_the_request_of_a_misdeed(site, misdeed):
    fails(site, misdeed, (502,), "POST", b"body")


@pytest.mark.parametrize("way", hostile_worker.WAITS)
def test_waits_no_longer_than_the_request_timeout(site, way):
    start = time.monotonic()
    fails(site, way, (502, 504), seconds=30)
    # One time-out before the head and one after it.
    assert time.monotonic() - start < 2 * REQUEST_TIMEOUT + 4 * SLOWNESS


def test_counts_a_timeout_before_anything_is_sent_once(site):
    def counted():
        figures = Metrics(site.fetch("/-/metrics").body.decode())
        return [figures.sum("warp_request_timeouts_total"), figures.sum("warp_requests_failed_total")]

    timeouts, failures = counted()
    body = b"x" * (4 << 20)
    with site.connect(seconds=30) as connection:
        connection.send_head("POST", url("credit-unread"), f"Content-Length: {len(body)}")
        with contextlib.suppress(OSError):
            connection.send(body)
        assert final_head(connection).status == 504
    wait_until(lambda: counted() == [timeouts + 1, failures], 5, counted)


def test_memory_does_not_grow_with_a_flood_of_logs(site):
    (child,) = site.httpd_children()
    fails(site, "log-flood", (504,), seconds=30)
    before = child.resident_kib()
    for _ in range(3):
        fails(site, "log-flood", (504,), seconds=30)
    assert child.resident_kib() < before + 2048 * SLOWNESS


def test_sees_a_file_that_shrinks_as_broken(site):
    with site.connect(seconds=30, receive_buffer=65_536) as connection:
        connection.send_head("GET", url("shrinking-file"))
        time.sleep(1.5)
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)


def test_takes_a_body_from_memory_that_is_shared(site):
    assert site.fetch(url("shared")).body == b"good"


# What it reads there is the worker's affair.
def test_lives_with_memory_that_changes_while_it_is_sent(site):
    with site.connect(seconds=30, receive_buffer=65_536) as connection:
        connection.send_head("GET", url("restless-memory"))
        head = connection.read_head()
        # Half of the time that the memory changes: httpd waits for the client, and reads on meanwhile.
        time.sleep(1)
        assert len(connection.read_body(head)) == 64 << 20


def test_does_not_reuse_a_channel_with_an_open_credit(site):
    for _ in range(3):
        with site.connect() as connection:
            connection.send_head("POST", url("ends-with-open-credit"), "Content-Length: 100000")
            assert connection.read_response().body == b"good"
        assert site.fetch(url("good")).body == b"good"


@pytest.mark.parametrize("way", ["credit-100", "credit-4-gib"])
def test_takes_any_size_of_credit(site, way):
    body = b"x" * (80_000 if way == "credit-100" else 1_000_000)
    response = site.fetch(url(way), "POST", body=body)
    assert (response.status, response.body) == (200, str(int(response.body)).encode())
    # All but what came with the head.
    assert len(body) - 65_536 <= int(response.body) <= len(body)


def test_takes_a_response_byte_by_byte(site):
    assert site.fetch(url("trickled-good")).body == b"good"


def test_sends_several_files_in_one_response(site):
    assert site.fetch(url("two-files")).body == b"goodgood"
