"""request-timeout: by request and exact, from the call of the application on."""
import time

from support.turns import Turns
from support.waiting import SLOWNESS, wait_until


def test_is_exact_for_each_of_several_requests(httpd):
    with Turns(httpd, "processes=1 threads=5 request-timeout=2") as turns:
        turns.site.log.allow("answered 504 .*request-timeout|request overdue|warp-worker:   ")
        starts, connections = [], []
        for number in range(4):
            starts.append(time.monotonic())
            connections.append(turns.hold(f"held-{number}"))
        assert turns.site.fetch("/?beside").status == 200
        for start, connection in zip(starts, connections):
            assert connection.read_response().status == 504
            assert 1.9 < time.monotonic() - start < 2 + 1 * SLOWNESS
        for number in range(4):
            turns.release(f"held-{number}")
        assert turns.site.fetch("/?after").status == 200


def test_does_not_count_the_wait_for_a_thread(httpd):
    with Turns(httpd, "processes=1 threads=1 request-timeout=2") as turns:
        assert turns.site.fetch("/?first").status == 200
        connections = [turns.ask("/sleep/1.3", name) for name in "abc"]
        assert [each.read_response().status for each in connections] == [200] * 3
        wait_until(lambda: len(turns.order()) == 4, 1)
