"""Ranges and conditions of a response that is a file are answered by httpd, unless the application speaks of them itself."""
import pytest

from support.hostile_site import directives, program_folder, unharmed, url
from support.raw_http import RawConnection
from support.waiting import wait_until

SIZE = 100_000
CONTENT = (b"good" * (SIZE // 4 + 1))[:SIZE]
MIB = 1 << 20


@pytest.fixture(scope="module", params=["Off", "On"], ids=["read", "sendfile"])
def site(request, module_httpd, prefix):
    with program_folder(prefix) as folder:
        started = module_httpd(directives(folder, "", f"EnableSendfile {request.param}"))
        yield started
        started.stop()


@pytest.fixture(autouse=True)
def _unharmed(site):
    with unharmed(site):
        yield


def get(site, name, *fields, method="GET"):
    return site.fetch(url(name), method, *fields)


def test_sends_a_whole_file_with_its_length(site):
    response = get(site, "file-validated")
    assert (response.status, response.body) == (200, CONTENT)
    assert response.head.get("Content-Length") == str(SIZE)
    assert response.head.get("Accept-Ranges") == "bytes"


def test_answers_head_with_the_length(site):
    response = get(site, "file-validated", method="HEAD")
    assert (response.status, response.body) == (200, b"")
    assert response.head.get("Content-Length") == str(SIZE)


def test_sends_a_large_file(site):
    with site.connect(seconds=120) as connection:
        connection.send_head("GET", url("file-large"))
        head = connection.read_head()
        assert head.get("Content-Length") == str(3 * 1024 * MIB)
        assert connection.read_exactly(4 * MIB).startswith(b"goodgood")
        # Not to its end: that only takes time.
    assert get(site, "file-large", f"Range: bytes=-5").body == b"\0" * 5


@pytest.mark.parametrize("asked, first, last", [("bytes=0-3", 0, 3), ("bytes=-10", SIZE - 10, SIZE - 1), ("bytes=99000-", 99_000, SIZE - 1)])
def test_cuts_out_a_range(site, asked, first, last):
    response = get(site, "file-validated", f"Range: {asked}")
    assert (response.status, response.body) == (206, CONTENT[first:last + 1])
    assert response.head.get("Content-Range") == f"bytes {first}-{last}/{SIZE}"
    assert response.head.get("Content-Length") == str(last - first + 1)


def test_sends_several_ranges(site):
    response = get(site, "file-validated", "Range: bytes=0-3,50000-50003")
    assert response.status == 206
    assert response.head.get("Content-Type").startswith("multipart/byteranges")
    assert response.body.count(b"Content-range: bytes") == 2


def test_refuses_a_range_beyond_the_end(site):
    assert get(site, "file-validated", "Range: bytes=200000-").status == 416


@pytest.mark.parametrize("validator", ['"one"', "Mon, 01 Jan 2024 00:00:00 GMT"])
def test_cuts_out_the_range_when_if_range_holds(site, validator):
    assert get(site, "file-validated", "Range: bytes=0-3", f"If-Range: {validator}").status == 206


def test_sends_all_when_if_range_does_not_hold(site):
    response = get(site, "file-validated", "Range: bytes=0-3", 'If-Range: "other"')
    assert (response.status, response.body) == (200, CONTENT)


@pytest.mark.parametrize("name", ["file-ranged", "file-without-ranges"])
def test_leaves_ranges_to_an_application_that_speaks_of_them(site, name):
    response = get(site, name, "Range: bytes=0-3")
    assert (response.status, response.body) == (200, CONTENT)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("condition", ['If-None-Match: "one"', "If-Modified-Since: Tue, 02 Jan 2024 00:00:00 GMT"])
def test_answers_304_when_the_client_has_it(site, method, condition):
    response = get(site, "file-validated", condition, method=method)
    assert (response.status, response.body) == (304, b"")
    assert response.head.get("ETag") == '"one"'


@pytest.mark.parametrize("condition", ['If-None-Match: "two"', "If-Modified-Since: Sun, 31 Dec 2023 00:00:00 GMT", 'If-Match: "one"'])
def test_sends_it_when_the_client_has_another(site, condition):
    assert get(site, "file-validated", condition).body == CONTENT


@pytest.mark.parametrize("condition", ['If-Match: "two"', "If-Unmodified-Since: Sun, 31 Dec 2023 00:00:00 GMT"])
def test_answers_412_when_the_condition_does_not_hold(site, condition):
    assert get(site, "file-validated", condition).status == 412


def test_asks_no_condition_of_a_response_without_validators(site):
    assert get(site, "file", "If-None-Match: *").status == 200


@pytest.mark.parametrize("condition", ['If-None-Match: "one"', 'If-Match: "two"', "Range: bytes=0-3"])
def test_keeps_connection_and_channel(site, condition):
    (child,) = site.httpd_children()
    with RawConnection(site.port) as connection:
        connection.request("GET", url("file-validated"), condition)
        before = len(child.descriptors())
        for _ in range(10):
            connection.request("GET", url("file-validated"), condition)
        # httpd may clean a request up after its response is here.
        wait_until(lambda: len(child.descriptors()) <= before, what="as few descriptors as before")
        assert connection.request("GET", url("good")).body == b"good"
