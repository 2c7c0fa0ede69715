"""X-Sendfile: httpd sends the file that the application names, as long as it lies below the folders of sendfile-path."""
import os

import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer
SIZE = 3_000_000


@pytest.fixture(scope="module")
def site(module_httpd):
    started = module_httpd("WarpDaemonProcess sendfile threads=3 sendfile-path=${SCRATCH}/files:${SCRATCH}/more\n"
                           "WarpScriptAlias /sendfile ${APPS}/sendfile.py process-group=sendfile\n"
                           "WarpDaemonProcess plain threads=3\n"
                           "WarpScriptAlias /plain ${APPS}/sendfile.py process-group=plain\n" + mounts("hello"))
    for folder in ("files/inner", "more"):
        (started.scratch / folder).mkdir(parents=True)
    (started.scratch / "secret").write_text("secret")
    (started.scratch / "more/second").write_text("second root")
    (started.scratch / "files/inside").symlink_to("inner/target")
    (started.scratch / "files/outside").symlink_to(started.scratch / "secret")
    (started.scratch / "files/inner/target").write_text("behind a link")
    (started.scratch / "files/unreadable").write_text("not for the application")
    (started.scratch / "files/unreadable").chmod(0o000)
    return started


@pytest.fixture(scope="module")
def content(site):
    data = os.urandom(SIZE)
    (site.scratch / "files/large").write_bytes(data)
    return data


def test_sends_the_file(site, content):
    response = site.fetch("/sendfile?plain,files/large")
    assert response.body == content
    assert response.head.get("Content-Length") == str(SIZE)
    assert response.head.get("Content-Type") == "text/x-kept"
    assert response.head.get("X-Sendfile") is None


def test_sends_a_file_of_each_folder(site):
    assert site.fetch("/sendfile?plain,more/second").body == b"second root"


def test_follows_a_link_that_stays_below(site):
    assert site.fetch("/sendfile?plain,files/inside").body == b"behind a link"


@pytest.mark.parametrize("path", ["secret", "files/outside", "files/../secret", "files/inner/../../secret", "files", "files/missing",
                                  "/etc/passwd", "/proc/self/environ"])
def test_refuses_a_file_elsewhere(site, path):
    response = site.fetch(f"/sendfile?plain,{path}")
    assert response.status == 500
    assert b"secret" not in response.body
    site.log.expect(rf"X-Sendfile: .*{path}.*\(sendfile-path=.*/files:.*/more\)")


@pytest.mark.skipif(os.geteuid() != 0, reason="the workers run as the owner")
def test_opens_files_as_the_application_s_user(site):
    assert site.fetch("/sendfile?plain,files/unreadable").status == 500
    site.log.expect("X-Sendfile: .*unreadable: open: Permission denied")


def test_answers_head_with_the_length(site, content):
    with site.connect() as connection:
        response = connection.request("HEAD", "/sendfile?plain,files/large")
        assert (response.status, response.head.get("Content-Length")) == (200, str(SIZE))
        assert connection.request("GET", "/hello").body == b"Hello, world!"


def test_leaves_ranges_to_httpd(site, content):
    response = site.fetch("/sendfile?etag,files/large", "GET", "Range: bytes=1000-1999")
    assert (response.status, response.body) == (206, content[1000:2000])


def test_leaves_conditions_to_httpd(site, content):
    response = site.fetch("/sendfile?etag,files/large", "GET", 'If-None-Match: "one"')
    assert (response.status, response.body) == (304, b"")


def test_passes_the_field_on_where_no_folder_is_allowed(site):
    response = site.fetch("/plain?plain,files/large")
    assert response.body == b"in its place"
    assert response.head.get("X-Sendfile").endswith("files/large")


def test_keeps_no_file_open(site, content):
    for _ in range(20):
        site.fetch("/sendfile?plain,files/large")
    open_files = [path for each in site.workers() for path in each.descriptors().values()]
    assert not [path for path in open_files if path.startswith(str(site.scratch))]
