"""Expect: 100-continue is answered when, and only when, the application wants the body."""
import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("input_ways", "input_refused", "input_ignored"))


def ask(site, path, length=11):
    connection = site.connect()
    connection.send_head("POST", path, "Expect: 100-continue", f"Content-Length: {length}")
    return connection


def test_continues_when_the_application_reads(site):
    with ask(site, "/input_ways/read_all") as connection:
        assert connection.read_head().status == 100
        connection.send(b"hello world")
        assert connection.read_response().body == b"hello world"


def test_continues_once_for_several_reads(site):
    body = b"x" * 300_000
    with ask(site, "/input_ways/read_pieces", len(body)) as connection:
        assert connection.read_head().status == 100
        connection.send(body)
        assert connection.read_response().body == body


@pytest.mark.parametrize("app, status", [("input_refused", 413), ("input_ignored", 200)])
def test_does_not_continue_when_the_application_does_not_read(site, app, status):
    with ask(site, f"/{app}", 50_000_000) as connection:
        assert connection.read_head().status == status
