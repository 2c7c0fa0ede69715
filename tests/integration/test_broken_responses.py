"""A response that can't be completed is broken for the client, never a short success."""
import subprocess

import pytest

from support.httpd import modules_directory, mounts
from support.raw_http import Broken

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("breaking", "hello"))


def test_leaves_a_chunked_response_unterminated(site):
    with site.connect() as connection:
        connection.send_head("GET", "/breaking/raises")
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.expect("ValueError: raised after the head")


def test_leaves_it_unterminated_when_the_request_was_not_read_either(site):
    with site.connect() as connection:
        connection.send_head("POST", "/breaking/raises", "Transfer-Encoding: chunked")
        connection.send_chunk(b"never read, and not the end")
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.expect("ValueError: raised after the head")


@pytest.mark.parametrize("way", ["raises", "short"])
def test_closes_a_sized_response_that_is_too_short(site, way):
    with site.connect() as connection:
        connection.send_head("GET", f"/breaking/{way}?sized")
        head = connection.read_head()
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.allow("ValueError: raised after the head|Content-Length")


def test_never_sends_more_than_the_length(site):
    with site.connect() as connection:
        connection.send_head("GET", "/breaking/long?sized")
        head = connection.read_head()
        assert connection.read_exactly(100) == b"x" * 90 + b"y" * 10
        assert head.get("Content-Length") == "100"
        # Either the next thing is a response of its own, or the connection is closed.
        connection.send_head("GET", "/hello")
        try:
            assert connection.read_response().body == b"Hello, world!"
        except (Broken, ConnectionError):
            pass
    site.log.allow("Content-Length")


def test_reraises_what_start_response_is_given_too_late(site):
    with site.connect() as connection:
        connection.send_head("GET", "/breaking/reraises")
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.expect("ValueError: handled too late")


def test_closes_the_iterable_of_a_broken_response(site):
    before = site.log.count("breaking: closed")
    with site.connect() as connection:
        connection.send_head("GET", "/breaking/raises")
        connection.read_to_end()
    site.log.expect("breaking: closed")
    assert site.log.count("breaking: closed") > before


@pytest.mark.parametrize("length", ["", "?sized"])
def test_breaks_the_response_of_a_worker_that_dies(site, length):
    with site.connect() as connection:
        connection.send_head("GET", f"/breaking/dies{length}")
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.expect("worker exited.*breaking")
    site.log.allow("mod_warp|warp:")


def test_serves_the_next_request_after_a_broken_response(site):
    for _ in range(5):
        with site.connect() as connection:
            connection.send_head("GET", "/breaking/raises")
            connection.read_to_end()
        assert site.fetch("/hello").body == b"Hello, world!"


@pytest.fixture(scope="module")
def http2_site(module_httpd):
    return module_httpd(f"LoadModule http2_module {modules_directory()}/mod_http2.so\nProtocols h2c http/1.1\n{mounts('breaking', 'hello')}")


@pytest.mark.parametrize("path", ["raises", "raises?sized", "short?sized", "dies", "dies?sized"])
def test_resets_the_stream_of_http2(http2_site, path):
    http2_site.log.allow("ValueError: raised after the head|Content-Length|mod_warp|warp:|worker exited")
    done = subprocess.run(["curl", "--silent", "--show-error", "--http2-prior-knowledge", "--max-time", "20",
                           http2_site.url(f"/breaking/{path}")], capture_output=True, check=False)
    assert done.returncode != 0
    assert b"HTTP/2 stream" in done.stderr and b"was not closed cleanly" in done.stderr
