"""Ordinary responses: lengths, statuses without a body, HEAD, write(), close()."""
import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("hello", "one_piece", "pieces", "statuses", "write_callable", "closing", "megabytes", "errors"))


def test_keeps_the_length_that_the_application_gives(site):
    response = site.fetch("/hello")
    assert (response.status, response.head.get("Content-Length"), response.body) == (200, "13", b"Hello, world!")


def test_tells_the_length_of_a_single_piece(site):
    response = site.fetch("/one_piece")
    assert (response.head.get("Content-Length"), response.body) == ("9", b"just this")


def test_sends_several_pieces(site):
    response = site.fetch("/pieces?3")
    # httpd tells the length when it has seen the end before it sends the beginning.
    assert response.head.get("Transfer-Encoding") == "chunked" or response.head.get("Content-Length") == "24"
    assert response.body == b"piece 0\npiece 1\npiece 2\n"


def test_closes_the_connection_for_an_http_1_0_client_when_the_length_is_unknown(site):
    count = 20_000  # more than httpd takes in before it sends the beginning
    with site.connect() as connection:
        connection.send(f"GET /pieces?{count} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".encode())
        head = connection.read_head()
        assert head.get("Transfer-Encoding") is None
        assert connection.read_to_end() == b"".join(b"piece %d\n" % number for number in range(count))


def test_sends_an_empty_body(site):
    response = site.fetch("/pieces?0")
    assert (response.status, response.body) == (200, b"")


def test_sends_what_write_and_the_iterable_give_in_order(site):
    assert site.fetch("/write_callable").body == b"written, written again, and iterated"


@pytest.mark.parametrize("path", ["/hello", "/one_piece", "/pieces?3", "/megabytes?1", "/write_callable"])
def test_answers_head_without_a_body(site, path):
    with site.connect() as connection:
        assert connection.request("HEAD", path).status == 200
        # What follows on the connection is the next response and no left-over of a body.
        assert connection.request("GET", "/hello").body == b"Hello, world!"


def test_gives_head_the_length_that_get_has(site):
    assert site.fetch("/hello", "HEAD").head.get("Content-Length") == "13"


@pytest.mark.parametrize("status", [204, 304])
def test_answers_a_status_without_a_body(site, status):
    with site.connect() as connection:
        response = connection.request("GET", f"/statuses/{status}/Nothing")
        assert (response.status, response.head.get("ETag")) == (status, '"one"')
        assert response.head.get("Transfer-Encoding") is None
        assert connection.request("GET", "/hello").body == b"Hello, world!"


@pytest.mark.parametrize("status", [201, 302, 404, 418, 500, 503])
def test_passes_status_and_body_of_the_application(site, status):
    response = site.fetch(f"/statuses/{status}/Its%20own")
    assert (response.status, response.body) == (status, b"the body")


def test_passes_the_reason_of_the_application(site):
    assert site.fetch("/statuses/299/Quite%20Special").head.reason == "Quite Special"


def test_closes_the_iterable(site):
    assert site.fetch("/closing").body == b"ab"
    site.log.expect("closing: closed")


def test_writes_what_the_application_prints_to_the_error_log(site):
    assert site.fetch("/errors").status == 200
    # httpd escapes what is not ASCII.
    for line in ("written", "of several", "standard output", r"standard error (€|\\xe2\\x82\\xac)"):
        site.log.expect(f"errors: {line}")


def test_keeps_the_connection_for_many_requests(site):
    with site.connect() as connection:
        for _ in range(300):
            assert connection.request("GET", "/hello").status == 200


def test_answers_pipelined_requests_in_order(site):
    with site.connect() as connection:
        connection.send(b"".join(b"GET /pieces?%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % count for count in (1, 3, 2)))
        assert [connection.read_response().body.count(b"\n") for _ in range(3)] == [1, 3, 2]
