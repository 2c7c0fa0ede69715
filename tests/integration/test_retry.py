"""A request whose worker died: which are repeated, how often, and which are never tried again."""
import time

from support.turns import Turns
from support.waiting import wait_until


def start(httpd, options=""):
    turns = Turns(httpd, f"processes=2 threads=1 {options}")
    wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
    turns.site.log.allow("worker exited|worker waits for its next start|request lost with its worker|answered 502|refused with 503")
    return turns


def test_repeats_a_safe_method_once_and_says_so(httpd):
    with start(httpd) as turns:
        answer = turns.site.fetch("/die-first?get")
        assert (answer.status, answer.body.split()[0]) == (200, b"2")
        assert turns.order() == ["get", "get"]
        assert turns.site.fetch("/?next").body.startswith(b"1 ")


def test_never_repeats_a_started_method_that_is_not_safe(httpd):
    with start(httpd) as turns:
        assert turns.site.fetch("/die-first?post", "POST", body=b"x").status == 502
        assert turns.order() == ["post"]


def test_repeats_it_where_the_group_says_so(httpd):
    with start(httpd, "retry-non-idempotent=on") as turns:
        answer = turns.site.fetch("/die-first?post", "POST", body=b"the-body")
        assert (answer.status, answer.body.split()[0], answer.body.split()[2]) == (200, b"2", b"the-body")
        assert turns.order() == ["post", "post"]


def test_refuses_a_request_that_has_killed_two_workers(httpd):
    with start(httpd) as turns:
        for _ in range(2):
            wait_until(lambda: len(turns.site.workers()) == 2, 20)
            assert turns.site.fetch("/die?secret", "POST", body=b"x").status == 502
        refused = turns.site.fetch("/die?secret", "POST", body=b"x")
        assert refused.status == 503
        assert 30 < int(refused.head.get("Retry-After")) <= 60
        assert turns.order() == ["secret"] * 2
        turns.site.log.expect(r"refused with 503 group=site: the same request has killed two workers \(POST /die\)")
        # Another one is not.
        wait_until(lambda: turns.site.fetch("/?other").status == 200, 20)


def test_does_not_blame_the_bystanders_of_a_death(httpd):
    with Turns(httpd, "processes=1 threads=2") as turns:
        turns.site.log.allow("worker exited|worker waits for its next start|request lost with its worker|answered 50[23]|refused with 503")
        for number in range(2):
            wait_until(lambda: turns.site.fetch("/?ready").status == 200, 20)
            bystander = turns.ask("/hold", "bystander", "POST")
            wait_until(lambda: turns.order().count("bystander") == number + 1, 10)
            assert turns.site.fetch(f"/die?{number}", "POST", body=b"x").status == 502
            assert bystander.read_response().status == 502
        wait_until(lambda: turns.site.fetch("/?ready").status == 200, 20)
        turns.release("bystander")
        start_time = time.monotonic()
        assert turns.site.fetch("/hold?bystander", "POST").status == 200
        assert time.monotonic() - start_time < 10
