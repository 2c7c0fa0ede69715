"""Large request bodies arrive whole, and neither side keeps them in memory."""
import hashlib
import os

import pytest
import requests

from support.httpd import mounts

SIZE = 50 * 1024 * 1024
MOST_GROWTH_KIB = 20 * 1024


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("input_digest", "input_refused"))


@pytest.fixture(scope="module")
def body():
    data = os.urandom(1024 * 1024) * (SIZE // 1024 // 1024)
    return data, f"{len(data)} {hashlib.sha256(data).hexdigest()}"


def pieces_of(data):
    return (data[start:start + 100_000] for start in range(0, len(data), 100_000))


def test_takes_50_megabytes_with_a_length(site, body):
    assert requests.post(site.url("/input_digest"), data=body[0], timeout=60).text == body[1]


def test_takes_50_megabytes_in_chunks(site, body):
    assert requests.post(site.url("/input_digest"), data=pieces_of(body[0]), timeout=60).text == body[1]


def test_does_not_keep_the_body_in_memory(site, body):
    site.fetch("/input_digest", "POST", body=b"warm")
    before = {each: each.resident_kib() for each in site.processes()}
    requests.post(site.url("/input_digest"), data=body[0], timeout=60)
    growth = {each.command: each.peak_resident_kib() - kib for each, kib in before.items()}
    assert max(growth.values()) < MOST_GROWTH_KIB, growth


def test_refuses_an_upload_without_taking_it(site):
    with site.connect() as connection:
        connection.send_head("POST", "/input_refused", f"Content-Length: {SIZE}")
        connection.send(b"x" * 100_000)
        assert connection.read_head().status == 413
