"""wsgi.input: every way of reading, bodies with and without a length."""
import hashlib
import random

import pytest

from support.httpd import mounts
from support.waiting import wait_until

WAYS = ("read_all", "read_pieces", "read_beyond_end", "read_lines", "read_short_lines", "read_line_list", "iterate")

# Lines of many lengths, one without an end, bytes of every value.
BODY = b"".join(bytes(random.Random(7).choices(range(256), k=length)) + b"\n" for length in (0, 1, 79, 5000, 0, 70_000)) + b"no end"


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("input_ways", "input_unlimited", "input_ignored", "input_part", "input_failing", "duplex"))


@pytest.mark.sanitizer
@pytest.mark.parametrize("way", WAYS)
def test_reads_a_sized_body(site, way):
    assert site.fetch(f"/input_ways/{way}", "POST", body=BODY).body == BODY


@pytest.mark.sanitizer
@pytest.mark.parametrize("way", WAYS)
def test_reads_a_chunked_body(site, way):
    assert chunked(site, f"/input_ways/{way}", [BODY[:10], BODY[10:40_000], BODY[40_000:]]).body == BODY


@pytest.mark.parametrize("way", WAYS)
def test_reads_an_empty_body(site, way):
    assert site.fetch(f"/input_ways/{way}", "POST", "Content-Length: 0").body == b""


@pytest.mark.parametrize("way", WAYS)
def test_reads_nothing_when_there_is_no_body(site, way):
    assert site.fetch(f"/input_ways/{way}").body == b""


def test_reads_to_the_end_without_a_size(site):
    expected = f"{len(BODY)} {hashlib.sha256(BODY).hexdigest()} 0".encode()
    assert site.fetch("/input_unlimited", "POST", body=BODY).body == expected


def test_reads_a_body_that_arrives_byte_by_byte(site):
    body = b"slow\nand steady\n"
    with site.connect() as connection:
        connection.send_head("POST", "/input_ways/read_lines", f"Content-Length: {len(body)}")
        for position in range(len(body)):
            connection.send(body[position:position + 1])
        assert connection.read_response().body == body


@pytest.mark.parametrize("app, answer", [("input_ignored", b"ignored"), ("input_part", BODY[:10])])
@pytest.mark.parametrize("size", [100, 60_000])
def test_serves_the_next_request_after_an_unread_body(site, app, answer, size):
    with site.connect() as connection:
        for _ in range(3):
            assert connection.request("POST", f"/{app}", body=BODY[:size]).body == answer
        assert connection.request("POST", "/input_ways/read_all", body=BODY).body == BODY


def test_answers_a_client_that_holds_its_body_back(site):
    with site.connect() as connection:
        connection.send_head("POST", "/input_ignored", "Content-Length: 1000")
        assert connection.read_response().body == b"ignored"
        connection.send(BODY[:1000])
        assert connection.request("POST", "/input_ways/read_all", body=BODY).body == BODY


@pytest.mark.parametrize("app, answer", [("input_ignored", b"ignored"), ("input_part", BODY[:10])])
def test_keeps_the_connection_or_says_that_it_closes_after_a_long_unread_body(site, app, answer):
    for _ in range(3):
        with site.connect() as connection:
            connection.send_head("POST", f"/{app}", "Transfer-Encoding: chunked")
            for piece in (BODY[:30_000], BODY[30_000:], b""):
                connection.send_chunk(piece)
            response = connection.read_response()
            assert response.body == answer
            if response.head.get("Connection") != "close":
                assert connection.request("POST", "/input_ways/read_all", body=BODY).body == BODY


@pytest.mark.parametrize("size", [10, 65_536, 200_000])
def test_answers_while_the_body_is_still_coming(site, size):
    piece = b"x" * size
    with site.connect() as connection:
        connection.send_head("POST", f"/duplex?{size}", "Transfer-Encoding: chunked")
        connection.send_chunk(piece)
        head = connection.read_head()
        assert head.get("Transfer-Encoding") == "chunked"
        received = b""
        while len(received) < size:
            received += connection.read_chunk()
        connection.send_chunk(b"the rest")
        connection.send_chunk(b"")
        assert received + connection.read_body(head) == piece + b"the rest"


def test_raises_when_the_client_leaves_in_the_middle(site, reading):
    with site.connect() as connection:
        connection.send_head("POST", "/input_failing", "Content-Length: 1000000")
        connection.send(b"x" * 1000)
        wait_until(reading.exists, 10, "the application reads")
    site.log.expect(r"input_failing: \w+")


def test_refuses_a_chunked_body_that_is_damaged(site, reading):
    with site.connect() as connection:
        connection.send_head("POST", "/input_failing", "Transfer-Encoding: chunked")
        connection.send_chunk(b"hello")
        wait_until(reading.exists, 10, "the application reads")
        connection.send(b"zz\r\n")
        assert connection.read_head().status == 400
    site.log.expect(r"input_failing: \w+")


@pytest.fixture
def reading(site):
    """The file that input_failing makes when it begins."""
    path = site.scratch / "input_failing.started"
    path.unlink(missing_ok=True)
    return path


def chunked(site, path, pieces):
    with site.connect() as connection:
        connection.send_head("POST", path, "Transfer-Encoding: chunked")
        for piece in (*pieces, b""):
            connection.send_chunk(piece)
        return connection.read_response()
