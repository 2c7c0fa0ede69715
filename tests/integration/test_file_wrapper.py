"""wsgi.file_wrapper sends files whole, from where they stand, and closes them."""
import os

import pytest

from support.httpd import mounts

SIZE = 3_000_000


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("file_wrapper", "validated_file"))


@pytest.fixture(scope="module")
def content(site):
    data = os.urandom(SIZE)
    (site.scratch / "file").write_bytes(data)
    return data


@pytest.mark.sanitizer
@pytest.mark.parametrize("app", ["file_wrapper", "validated_file"])
def test_sends_a_file(site, content, app):
    assert site.fetch(f"/{app}?file").body == content


def test_tells_the_length(site, content):
    assert site.fetch("/file_wrapper?file").head.get("Content-Length") == str(SIZE)


def test_starts_where_the_file_stands(site, content):
    response = site.fetch("/file_wrapper/tail?file")
    assert response.body == content[SIZE // 2:]
    assert response.head.get("Content-Length") == str(SIZE // 2)


def test_answers_head_with_the_length_only(site, content):
    with site.connect() as connection:
        response = connection.request("HEAD", "/file_wrapper?file")
        assert (response.status, response.head.get("Content-Length")) == (200, str(SIZE))
        assert connection.request("GET", "/file_wrapper/tail?file").body == content[SIZE // 2:]


@pytest.mark.parametrize("asked, first, last", [("bytes=0-9", 0, 9), ("bytes=2000000-", 2_000_000, SIZE - 1), ("bytes=-5", SIZE - 5, SIZE - 1)])
def test_leaves_ranges_to_httpd(site, content, asked, first, last):
    response = site.fetch("/file_wrapper/tagged?file", "GET", f"Range: {asked}")
    assert (response.status, response.body) == (206, content[first:last + 1])


def test_leaves_conditions_to_httpd(site, content):
    response = site.fetch("/file_wrapper/tagged?file", "GET", 'If-None-Match: "tag"')
    assert (response.status, response.body) == (304, b"")


def test_keeps_the_length_that_the_application_gives(site, content):
    response = site.fetch("/file_wrapper/first_ten?file")
    assert (response.status, response.body) == (200, content[:10])


def test_does_not_read_the_file_into_the_worker(site, content):
    """The bytes cross no channel: the worker's memory does not see them."""
    large = site.scratch / "large"
    with open(large, "wb") as file:
        file.truncate(2 << 30)
    site.fetch("/file_wrapper?file")
    before = {each: each.resident_kib() for each in site.processes()}
    with site.connect(seconds=60) as connection:
        connection.send_head("GET", "/file_wrapper?large")
        assert connection.read_head().get("Content-Length") == str(2 << 30)
        left = 64 << 20
        while left:
            left -= len(connection.read_exactly(1 << 20))
    growth = {each.command: each.peak_resident_kib() - kib for each, kib in before.items()}
    assert max(growth.values()) < 8 * 1024, growth


def test_sends_what_has_no_descriptor_and_closes_it(site, content):
    assert site.fetch("/file_wrapper/memory?file").body == content
    site.log.expect("file_wrapper: closed")


def test_sends_an_empty_file(site):
    (site.scratch / "empty").touch()
    response = site.fetch("/file_wrapper?empty")
    assert (response.status, response.body) == (200, b"")


def test_closes_the_files_that_it_sent(site, content):
    for _ in range(20):
        site.fetch("/file_wrapper?file")
    open_files = [path for each in site.workers() for path in each.descriptors().values()]
    assert str(site.scratch / "file") not in open_files
