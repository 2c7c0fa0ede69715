"""A worker that sends garbage spoils its own request only: httpd's child lives and the channel is closed."""
import pytest

from support import hostile_frames
from support.hostile_site import directives, final_head, program_folder, unharmed, url
from support.raw_http import Broken

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def programs(prefix):
    with program_folder(prefix) as folder:
        yield folder


@pytest.fixture(scope="module")
def site(module_httpd, programs):
    started = module_httpd(directives(programs))
    started.log.allow(r"\[warp:(warn|error|crit)\]")
    return started


@pytest.fixture(autouse=True)
def _unharmed(site):
    with unharmed(site):
        yield


@pytest.mark.parametrize("damage", hostile_frames.BEFORE_HEAD)
def test_answers_502_when_there_is_no_good_head(site, damage):
    with site.connect() as connection:
        connection.send_head("POST", url(damage), "Content-Length: 1")
        connection.send(b"x")
        head = final_head(connection)
        assert head.status == 502
        assert head.get("X-Injected") is None


@pytest.mark.parametrize("damage", hostile_frames.AFTER_HEAD)
def test_breaks_the_response_after_a_good_head(site, damage):
    with site.connect() as connection:
        connection.send_head("GET", url(damage))
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


@pytest.mark.parametrize("damage", hostile_frames.AFTER_END)
def test_gives_nothing_beyond_the_end_to_the_next_request(site, damage):
    with site.connect() as connection:
        for _ in range(3):
            assert connection.request("GET", url(damage)).body == b"good"
            following = connection.request("GET", url("good"))
            assert following.body == b"good"
            assert following.head.get("X-Injected") is None


@pytest.mark.parametrize("way", hostile_frames.ALLOWED)
def test_takes_what_is_unusual_but_allowed(site, way):
    with site.connect() as connection:
        for name in (way, "good"):
            connection.send_head("GET", url(name))
            head = final_head(connection)
            assert head.status == 200
            assert connection.read_body(head) == b"good"


def test_closes_the_channels_that_were_damaged(site):
    (child,) = site.httpd_children()
    before = len(child.descriptors())
    for _ in range(50):
        site.fetch(url("noise"), "POST", body=b"x")
    assert len(child.descriptors()) <= before + 2


def test_survives_a_scoreboard_full_of_nonsense(httpd, programs):
    other = httpd(directives(programs, "connect-timeout=1"))
    other.log.allow(r"\[warp:(warn|error)\]")
    assert other.fetch(url("good")).body == b"good"
    children = other.httpd_children()
    assert other.fetch(url("spoil")).body == b"good"
    for _ in range(5):
        assert other.fetch(url("good")).status in (200, 502, 503)
    assert other.httpd_children() == children
