"""The module under each of httpd's multi-processing modules."""
import hashlib

import pytest

from support.httpd import mounts
from support.load import Load
from support.raw_http import Broken
from support.waiting import wait_until


@pytest.fixture(scope="module", params=["event", "worker", "prefork"])
def site(request, module_httpd):
    return module_httpd(mounts("hello", "input_digest", "stream", "breaking"), mpm=request.param)


def test_serves_several_clients(site):
    with Load(site.port, "/hello", clients=4) as load:
        wait_until(lambda: load.finished > 100, 20)
    assert not load.failures()


def test_takes_a_body(site):
    body = b"x" * 1_000_000
    assert site.fetch("/input_digest", "POST", body=body).body == f"1000000 {hashlib.sha256(body).hexdigest()}".encode()


def test_streams(site):
    with site.connect() as connection:
        connection.send_head("GET", "/stream?2")
        connection.read_head()
        assert connection.read_chunk() == b"piece 0\n"
        site.fetch("/stream/release")
        assert connection.read_chunk() == b"piece 1\n"


def test_breaks_a_response_that_can_not_be_completed(site):
    with site.connect() as connection:
        connection.send_head("GET", "/breaking/raises")
        head = connection.read_head()
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    site.log.expect("ValueError: raised after the head")
    site.log.expect("breaking: closed")
    site.log.expect("response broken off")


def test_answers_the_next_request_after_a_worker_was_killed(site):
    for worker in site.workers():
        if "hello" in worker.command:
            worker.kill()
    assert site.fetch("/hello").status == 200
    site.log.expect("worker exited.*hello")
