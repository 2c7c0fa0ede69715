"""wsgi.early_hints: what the application hints at reaches the client before the application has answered."""
import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("hints"))


def test_goes_out_before_the_response(site):
    with site.connect() as connection:
        connection.send_head("GET", "/hints")
        hint = connection.read_head()
        assert (hint.status, hint.get("Link")) == (103, "</style.css>; rel=preload")
        response = connection.read_response()
        assert (response.status, response.body, response.head.get("Link")) == (200, b"later", None)


def test_goes_out_again_on_the_same_connection(site):
    with site.connect() as connection:
        for _ in range(20):
            connection.send_head("GET", "/hints")
            assert connection.read_head().status == 103
            assert connection.read_response().body == b"later"


def test_is_dropped_for_a_client_of_http_1_0(site):
    with site.connect() as connection:
        connection.send(b"GET /hints HTTP/1.0\r\n\r\n")
        assert connection.read_head().status == 200


def test_refuses_a_header_of_the_connection(site):
    assert site.fetch("/hints?Connection").status == 500
    site.log.expect("ValueError: early_hints: Connection is a hop-by-hop header")
