"""Ten times as many requests as there is room for: who does not fit is told so at once, who does is served."""
import contextlib

from support.waiting import stays_true, wait_until

THREADS, QUEUE = 2, 10
ROOM = THREADS + QUEUE
# A thread of httpd for each.
HTTPD = "ThreadLimit 200\nThreadsPerChild 200\nMaxRequestWorkers 200\nMaxSpareThreads 200\nServerLimit 1\n"


def test_a_full_queue_refuses_at_once_and_serves_the_rest(start):
    patient = start(f"queue-limit={QUEUE} queue-timeout=30", processes=1, threads=THREADS, more=HTTPD)
    patient.site.log.allow("WARP1016|no worker|queue")
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(patient.site.connect(seconds=20)) for _ in range(10 * ROOM)]
        for each in connections:
            each.send_head("GET", "/hold?free", "Connection: close")

        def answered():
            return [each for each in connections if each.is_readable()]

        wait_until(lambda: len(answered()) >= 9 * ROOM, 5, lambda: f"{9 * ROOM} are refused, not {len(answered())}")
        stays_true(lambda: len(answered()) == 9 * ROOM, 0.5, "the others wait")
        for each in answered():
            head = each.read_head()
            assert head.status == 503 and head.get("Retry-After")
            each.close()
            connections.remove(each)
        (patient.site.scratch / "free").touch()
        assert [each.read_response().body for each in connections] == [b"held"] * ROOM
    assert patient.site.fetch("/?0").body == b"0"
