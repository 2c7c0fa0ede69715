"""Requests for which no thread is free: who is next, how many may wait, for how long, and what becomes of those that give up."""
import re
import subprocess
import time

import pytest

from support.httpd import modules_directory
from support.load import Load
from support.raw_http import RawConnection
from support.turns import Turns
from support.waiting import SLOWNESS, stays_true, wait_until

# Eight requests at a time are too many for one of them, but leave two threads free: httpd does not always use the last one.
TWO_CHILDREN = "StartServers 2\nServerLimit 2\nThreadsPerChild 5\nMaxRequestWorkers 10\nMaxSpareThreads 10"


def test_serves_first_come_first_served_over_all_children_of_httpd(httpd):
    with Turns(httpd, "processes=2 threads=1", TWO_CHILDREN) as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        turns.site.log.allow("AH00484: server reached MaxRequestWorkers")
        held = [turns.hold(name) for name in ("held-1", "held-2")]
        names = [f"waits-{number}" for number in range(6)]
        waiting = [turns.queue("/", name) for name in names]
        # Neither child can have all of them.
        children = set(re.findall(r"\[pid (\d+).*waiting in the queue", turns.site.log.text()))
        assert len(children) == 2
        turns.release("held-1")
        assert [each.read_response().status for each in waiting] == [200] * 6
        assert [name for name in turns.order() if name in names] == names
        turns.release("held-2")
        assert [each.read_response().status for each in held] == [200] * 2


@pytest.mark.parametrize("processes", [1, 2])
def test_refuses_what_exceeds_the_limit(httpd, processes):
    with Turns(httpd, f"processes={processes} threads=1 queue-limit=1") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == processes, 10)
        held = [turns.hold(f"held-{number}") for number in range(processes)]
        # That of a single process waits in the worker, where nothing shows.
        waiting = turns.queue("/", "waits") if processes > 1 else turns.ask("/", "waits")
        if processes == 1:
            wait_until(turns.site.is_idle, 10, "the request is with its worker")
        refused = wait_until(lambda: refusal(turns), 10)
        assert refused.head.get("Retry-After") == "2"
        turns.site.log.expect(r"refused with 503 group=site: 1 requests are waiting \(queue-limit\)")
        mark = turns.site.log.mark()
        for _ in range(20):
            assert turns.site.fetch("/?refused").status == 503
        assert turns.site.log.since(mark).count("refused with 503") <= 2 * SLOWNESS
        for number in range(processes):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in (*held, waiting)] == [200] * (processes + 1)
        assert "refused" not in turns.order()


def refusal(turns):
    """The first request may be quicker than the one that is to wait."""
    connection = turns.ask("/", "refused")
    connection.socket.settimeout(1)
    try:
        response = connection.read_response()
    except TimeoutError:
        connection.close()
        return None
    return response if response.status == 503 else None


@pytest.mark.parametrize("processes", [1, 2])
def test_ends_a_wait_that_is_too_long(httpd, processes):
    with Turns(httpd, f"processes={processes} threads=1 queue-timeout=1 request-timeout=60") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == processes, 10)
        held = [turns.hold(f"held-{number}") for number in range(processes)]
        start = time.monotonic()
        assert turns.ask("/", "late").read_response().status == 504
        assert 0.9 < time.monotonic() - start < 1 + 1 * SLOWNESS
        turns.site.log.expect("answered 504 .*queue-timeout")
        for number in range(processes):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in held] == [200] * processes
        assert turns.site.fetch("/?next").status == 200
        assert turns.order()[processes:] == ["next"]


@pytest.mark.parametrize("processes", [1, 2])
def test_never_starts_a_request_whose_client_left_while_it_waited(httpd, processes):
    with Turns(httpd, f"processes={processes} threads=1") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == processes, 10)
        held = [turns.hold(f"held-{number}") for number in range(processes)]
        left = turns.queue("/", "left") if processes > 1 else turns.ask("/", "left")
        stays = turns.ask("/", "stays")
        left.close()
        turns.site.log.expect(r"client left group=site: .* \(GET /\)")
        for number in range(processes):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in (*held, stays)] == [200] * (processes + 1)
        assert turns.order()[processes:] == ["stays"]


def test_notices_a_client_that_leaves_a_running_request(httpd):
    with Turns(httpd, "processes=1 threads=2") as turns:
        assert turns.site.fetch("/?first").status == 200
        (child,) = turns.site.httpd_children()
        idle = sockets(child)
        leaving = turns.hold("held")
        leaving.close()
        turns.site.log.expect("client left group=site", 5)
        # Its channel is closed, and so tells the worker.
        wait_until(lambda: sockets(child) < idle, 5, "the channel is closed")
        turns.release("held")
        assert turns.site.fetch("/?next").status == 200


def test_drops_a_stream_of_http2_whose_client_leaves_while_it_waits(httpd):
    with Turns(httpd, "processes=2 threads=1", f"LoadModule http2_module {modules_directory()}/mod_http2.so\nProtocols h2c http/1.1") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        held = [turns.hold(name) for name in ("held-1", "held-2")]
        before = turns.queued()
        client = subprocess.Popen(["curl", "--silent", "--http2-prior-knowledge", turns.site.url("/?left")])
        wait_until(lambda: turns.queued() > before, 10)
        client.kill()
        client.wait()
        turns.site.log.expect("client left group=site", 5)
        for name in ("held-1", "held-2"):
            turns.release(name)
        assert [each.read_response().status for each in held] == [200] * 2
        assert "left" not in turns.order()


def sockets(process):
    return sum(target.startswith("socket:") for target in process.descriptors().values())


def test_gives_no_request_to_a_thread_that_an_abandoned_one_still_keeps_busy(httpd):
    with Turns(httpd, "processes=2 threads=1") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        turns.hold("abandoned").close()
        turns.site.log.expect("client left group=site", 5)
        start = time.monotonic()
        for number in range(20):
            assert turns.site.fetch(f"/?{number}").status == 200
        assert time.monotonic() - start < 2 * SLOWNESS
        turns.release("abandoned")


def test_no_request_waits_behind_a_busy_thread_while_another_is_idle(httpd):
    with Turns(httpd, "processes=2 threads=2") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        held = [turns.hold(f"held-{number}") for number in range(3)]
        longest = 0.0
        with RawConnection(turns.site.port) as connection:
            for number in range(100):
                start = time.monotonic()
                assert connection.request("GET", f"/sleep/0.005?{number}").status == 200
                longest = max(longest, time.monotonic() - start)
        assert longest < 0.5 * SLOWNESS
        for number in range(3):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in held] == [200] * 3


def test_a_worker_that_gets_ready_takes_what_waits(httpd):
    with Turns(httpd, "processes=2 threads=1") as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        held = [turns.hold(name) for name in ("held-1", "held-2")]
        waiting = turns.queue("/", "waits")
        turns.site.log.allow("worker exited|request lost with its worker|trying another|answered 50")
        # Its request begins again in the new worker, behind nobody.
        turns.site.workers()[0].kill()
        wait_until(lambda: len(turns.order()) >= 3, 20, "the new worker is used")
        turns.release("held-1")
        turns.release("held-2")
        assert [each.read_response().status for each in (*held, waiting)] == [200] * 3


def test_loses_nothing_when_a_child_of_httpd_dies_with_requests_in_the_queue(httpd):
    with Turns(httpd, "processes=2 threads=1", TWO_CHILDREN) as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        turns.site.log.allow("exit signal Killed|AH00484: server reached MaxRequestWorkers")
        for name in ("held-1", "held-2"):
            turns.hold(name)
        for number in range(6):
            turns.queue("/", f"waits-{number}")
        for child in turns.site.httpd_children():
            child.kill()
        for name in ("held-1", "held-2"):
            turns.release(name)
        wait_until(lambda: answers(turns), 20, "both workers are free again")
        stays_true(lambda: answers(turns), 1)
        assert not [name for name in turns.order() if name.startswith("waits")]


def test_loses_no_place_when_children_of_httpd_die_under_load(httpd):
    with Turns(httpd, "processes=2 threads=2", TWO_CHILDREN) as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        turns.site.log.allow("exit signal Killed|AH00484: server reached MaxRequestWorkers")
        # More clients than threads: some of their requests always wait.
        with Load(turns.site.port, "/sleep/0.002?load", clients=6) as load:
            for _ in range(6):
                before = load.results[200]
                wait_until(lambda: load.results[200] > before + 20, 20, "requests are answered")
                turns.site.httpd_children()[0].kill()
        held = [turns.hold(f"held-{number}") for number in range(4)]
        for number in range(4):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in held] == [200] * 4


def answers(turns):
    try:
        return turns.site.fetch("/?after").status == 200
    except Exception:
        return False
