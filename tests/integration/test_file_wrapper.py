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


def test_starts_where_the_file_stands(site, content):
    assert site.fetch("/file_wrapper/tail?file").body == content[SIZE // 2:]


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
