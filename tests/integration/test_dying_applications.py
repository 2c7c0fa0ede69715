"""Applications that end their own process: the client learns of it, and another process serves the next request."""
import signal

import pytest

from support.httpd import mounts
from support.raw_http import Broken
from support.waiting import wait_until

pytestmark = pytest.mark.sanitizer


@pytest.fixture
def site(httpd):
    """One for each test, as a worker that dies again and again is started later and later."""
    started = httpd(mounts("hostile"))
    started.log.allow("worker exited|worker waits for its next start|request lost with its worker|answered 50[23]")
    return started


def worker(site):
    """The pid of the one that answers, when there is one again."""
    answers = []

    def is_served():
        answers.append(site.fetch("/hostile/fine"))
        return answers[-1].status == 200

    wait_until(is_served, 20, "the next request is served")
    return int(answers[-1].body)


@pytest.mark.parametrize("app", ["dies", "crashes", "aborts"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_death_before_the_response_is_502(site, app, method):
    site.log.allow("AddressSanitizer|SEGV|ERROR")
    site.log.allow("Fatal Python error|hread 0x|no Python frame|  File |Extension modules")
    before = worker(site)
    assert site.fetch(f"/hostile/{app}", method).status == 502
    assert worker(site) != before


def test_death_in_the_response_breaks_it(site):
    site.log.allow("response broken off")
    before = worker(site)
    with site.connect() as connection:
        connection.send_head("GET", "/hostile/dies_in_iteration")
        head = connection.read_head()
        assert head.status == 200
        with pytest.raises((Broken, ConnectionError)):
            connection.read_body(head)
    assert worker(site) != before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_closing_the_server_s_descriptors_ends_the_worker_only(site, method):
    """Its channels are gone with them, so the client gets 502; the worker sees that it is of no use any more."""
    site.log.allow("worker ends: a descriptor of its own is gone|channel lost|Bad file descriptor")
    before = worker(site)
    assert site.fetch("/hostile/closes_descriptors", method).status == 502
    wait_until(lambda: before not in [each.pid for each in site.workers()], 20, "the worker without descriptors ends")
    assert worker(site) != before


def test_all_of_it_stops_in_time(site):
    for app in ("closes_standard_streams", "sets_limits", "forks_and_exits", "loses_standard_streams"):
        assert site.fetch(f"/hostile/{app}").status == 200
    site.log.allow("closes_standard_streams")
    started = site.workers()
    site.main.send_signal(signal.SIGTERM)
    site.wait(10)
    wait_until(lambda: not [each for each in started if each.is_alive()], 10, "the workers stop")
