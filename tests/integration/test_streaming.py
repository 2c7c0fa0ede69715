"""Pieces reach the client when they are made, and a slow client holds the application back."""
import pytest

from support.httpd import mounts
from support.waiting import wait_until

MEGABYTES = 100
MOST_GROWTH_KIB = 20 * 1024


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("stream", "megabytes", "hello"))


@pytest.mark.sanitizer
def test_sends_each_piece_before_the_next_is_made(site):
    with site.connect() as connection:
        connection.send_head("GET", "/stream?4")
        connection.read_head()
        for number in range(4):
            # The application makes the next piece only after this was received and released it.
            assert connection.read_chunk() == f"piece {number}\n".encode()
            site.fetch("/stream/release")
        assert connection.read_chunk() == b""


def test_holds_the_application_back_for_a_slow_client(site):
    site.fetch("/megabytes?1")
    before = {each: each.resident_kib() for each in site.processes()}
    with site.connect(receive_buffer=65_536) as connection:
        connection.send_head("GET", f"/megabytes?{MEGABYTES}")
        head = connection.read_head()
        # The client reads nothing more until the server has run into it: no process uses the CPU any longer.
        wait_until(site.is_idle, 20, "the server waits for the client")
        growth = {each.command: each.resident_kib() - kib for each, kib in before.items()}
        assert max(growth.values()) < MOST_GROWTH_KIB, growth
        assert len(connection.read_body(head)) == MEGABYTES * 1024 * 1024
    growth = {each.command: each.peak_resident_kib() - kib for each, kib in before.items()}
    assert max(growth.values()) < MOST_GROWTH_KIB, growth


def test_serves_others_while_a_client_is_slow(site):
    with site.connect(receive_buffer=65_536) as connection:
        connection.send_head("GET", f"/megabytes?{MEGABYTES}")
        connection.read_head()
        assert site.fetch("/megabytes?1").status == 200
    # It left in the middle of the response: that is nobody's error.
    assert site.fetch("/megabytes?1").status == 200

