"""103 Early Hints reach the client ahead of the response, with nothing that belongs to the response itself."""
import pytest

from support.hostile_site import directives, program_folder, url


@pytest.fixture(scope="module")
def site(module_httpd, prefix):
    with program_folder(prefix) as folder:
        started = module_httpd(directives(folder))
        yield started
        started.stop()


def heads(connection):
    """Of all responses, the interim ones first."""
    found = [connection.read_head()]
    while found[-1].status < 200:
        found.append(connection.read_head())
    return found


def test_come_before_the_response(site):
    with site.connect() as connection:
        connection.send_head("GET", url("interims-16"))
        *hints, final = heads(connection)
        assert [(hint.status, hint.reason, hint.fields) for hint in hints] == [(103, "Early Hints", [("Link", "</style.css>; rel=preload")])] * 16
        assert final.status == 200 and final.get("Link") is None and final.get("Content-Type") == "text/plain"
        assert connection.read_body(final) == b"good"


@pytest.mark.parametrize("name", ["interim-describing", "interim-empty"])
def test_without_a_hint_are_not_sent(site, name):
    with site.connect() as connection:
        connection.send_head("GET", url(name))
        (final,) = heads(connection)
        assert final.get("Set-Cookie") is None
        assert connection.read_body(final) == b"good"


def test_are_not_for_http_1_0(site):
    with site.connect() as connection:
        connection.send(f"GET {url('interims-16')} HTTP/1.0\r\n\r\n".encode())
        assert connection.read_head().status == 200


def test_are_out_when_the_worker_fails_then(site):
    site.log.allow("answered 502")
    with site.connect() as connection:
        connection.send_head("POST", url("interims-17"), "Content-Length: 0")
        *hints, final = heads(connection)
        assert (len(hints), final.status) == (16, 502)
