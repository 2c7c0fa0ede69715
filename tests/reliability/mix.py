"""Short requests among long ones: how close the dispatch comes to one queue that every free thread takes from.

95 % of the requests take 5 ms, 5 % take 1 s; 20 clients ask again as soon as they have an answer. The ideal queue is
simulated with the same requests in the same order, without any cost of its own.
"""
import heapq
import random
import threading
import time
from collections import deque

from contestants import CONTESTANTS, ledger_site
from figures import percentile
from support.raw_http import RawConnection

PROCESSES, THREADS, CLIENTS = 2, 5, 20
SHORT, LONG, SHARE = 0.005, 1.0, 0.05
LIMIT = 1.15


def requests(count, seed=4):
    """Their times in seconds."""
    chance = random.Random(seed)
    return [LONG if chance.random() < SHARE else SHORT for _ in range(count)]


def ideal_latencies(services, threads=PROCESSES * THREADS, clients=CLIENTS):
    """[(what the request takes, when it was answered after it came)]"""
    upcoming, waiting, running, latencies = iter(services), deque(), [], []

    def start(now, arrived, service):
        heapq.heappush(running, (now + service, arrived, service))

    def arrive(now):
        service = next(upcoming, None)
        if service is None:
            return
        if len(running) < threads:
            start(now, now, service)
        else:
            waiting.append((now, service))

    for _ in range(clients):
        arrive(0.0)
    while running:
        now, arrived, service = heapq.heappop(running)
        latencies.append((service, now - arrived))
        if waiting:
            start(now, *waiting.popleft())
        arrive(now)
    return latencies


def latencies_of(port, services):
    upcoming, lock, found = iter(services), threading.Lock(), []

    def ask():
        with RawConnection(port, seconds=60) as connection:
            while True:
                with lock:
                    service = next(upcoming, None)
                if service is None:
                    return
                started = time.monotonic()
                response = connection.request("GET", f"/{service * 1000:.0f}?0")
                found.append((service, time.monotonic() - started))
                assert response.status == 200, response

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    assert len(found) == len(services), f"{len(services) - len(found)} requests have no answer"
    return found


def measure(names, seconds):
    """{"ideal": {"p50": seconds, …}, server: …}"""
    # As many as the ideal queue answers in about this time.
    services = requests(int(seconds * PROCESSES * THREADS / (SHARE * LONG + (1 - SHARE) * SHORT)))
    results = {"ideal": _figures(ideal_latencies(services))}
    for name in names:
        with ledger_site(PROCESSES, THREADS) as site:
            server = CONTESTANTS[name](site)
            try:
                server.start()
                latencies_of(server.port, [SHORT] * 200)
                results[name] = _figures(latencies_of(server.port, services))
            finally:
                server.stop()
    return results


def _figures(latencies):
    every, short = [took for _, took in latencies], [took for service, took in latencies if service == SHORT]
    return {"requests": len(every), "p50": percentile(every, 0.5), "p99": percentile(every, 0.99), "short_p99": percentile(short, 0.99)}


def is_as_promised(results):
    return "warpdrive" not in results or results["warpdrive"]["p99"] <= LIMIT * results["ideal"]["p99"]
