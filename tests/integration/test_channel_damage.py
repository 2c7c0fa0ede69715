"""A worker that sends garbage spoils its own request only: httpd's child lives and the channel is closed."""
import os
import shutil
import tempfile

import pytest

from support import hostile_worker
from support.raw_http import Broken


@pytest.fixture(scope="module")
def program_folder(prefix):
    """WarpLibexecDirectory with the real supervisor and a hostile worker."""
    with tempfile.TemporaryDirectory(prefix="warp-libexec-") as folder:
        os.chmod(folder, 0o755)
        shutil.copy(prefix.libexec / "warp-supervisor", folder)
        shutil.copy(hostile_worker.__file__, os.path.join(folder, prefix.debian_worker().name))
        yield folder


@pytest.fixture(scope="module")
def site(module_httpd, program_folder):
    started = module_httpd(directives(program_folder))
    started.log.allow(r"\[warp:(warn|error)\]")
    return started


def directives(program_folder):
    return f"WarpLibexecDirectory {program_folder}\nWarpDaemonProcess site\nWarpScriptAlias / ${{APPS}}/hello.py\n"


@pytest.fixture(autouse=True)
def unharmed(site):
    """Whatever was sent, the same child serves the next request."""
    children, supervisors = site.httpd_children(), site.supervisors()
    yield
    assert site.fetch("/?damage=good.").body == b"good"
    assert (site.httpd_children(), site.supervisors()) == (children, supervisors)


@pytest.mark.parametrize("damage", hostile_worker.BEFORE_HEAD)
def test_answers_502_when_there_is_no_good_head(site, damage):
    response = site.fetch(f"/?damage={damage}.", "POST", body=b"x")
    assert response.status == 502
    assert response.head.get("X-Injected") is None


@pytest.mark.parametrize("damage", hostile_worker.AFTER_HEAD)
def test_breaks_the_response_after_a_good_head(site, damage):
    with site.connect() as connection:
        connection.send_head("GET", f"/?damage={damage}.")
        try:
            head = connection.read_head()
            if head.status == 200:
                with pytest.raises((Broken, ConnectionError)):
                    connection.read_body(head)
            else:
                # The damage came together with the head, before anything had been sent.
                assert head.status == 502
        except (Broken, ConnectionError):
            pass


@pytest.mark.parametrize("damage", hostile_worker.AFTER_END)
def test_gives_nothing_beyond_the_end_to_the_next_request(site, damage):
    with site.connect() as connection:
        for _ in range(3):
            assert connection.request("GET", f"/?damage={damage}.").body == b"good"
            following = connection.request("GET", "/?damage=good.")
            assert following.body == b"good"
            assert following.head.get("X-Injected") is None


def test_closes_the_channels_that_were_damaged(site):
    site.fetch("/?damage=good.")
    (child,) = site.httpd_children()
    before = len(child.descriptors())
    for _ in range(50):
        site.fetch("/?damage=noise.", "POST", body=b"x")
    assert len(child.descriptors()) <= before + 2


def test_survives_a_scoreboard_full_of_nonsense(httpd, program_folder):
    site = httpd(directives(program_folder).replace("WarpDaemonProcess site", "WarpDaemonProcess site connect-timeout=1"))
    site.log.allow(r"\[warp:(warn|error)\]")
    assert site.fetch("/?damage=good.").body == b"good"
    children = site.httpd_children()
    assert site.fetch("/?damage=good.&spoil=yes").body == b"good"
    for _ in range(5):
        assert site.fetch("/?damage=good.").status in (200, 502, 503)
    assert site.httpd_children() == children
