"""Hours of load with reloads and graceful restarts in it: what the processes hold at the end, and at the beginning."""
import statistics
from collections import Counter

from contestants import Warpdrive, ledger_site
from events import CLIENTS, RATE, tally
from support.growth import Holdings, holdings
from support.load import SteadyLoad
from support.waiting import wait_until

# The first rounds fill caches and allocate what is kept.
WARM_UP = 5
# Connections and channels come and go with the load; memory moves by some pages.
DESCRIPTORS = 3 * CLIENTS
KIB = 8 * 1024


def measure(seconds, say):
    """The load's tally, the samples, and what has grown."""
    with ledger_site() as site:
        server = Warpdrive(site)
        try:
            server.start()
            with SteadyLoad(server.port, site.ledger, "/5", RATE, CLIENTS, seconds=30) as load:
                samples = _samples(server, load, seconds, say)
            result = tally(load)
        finally:
            server.stop()
    first, last = _middle(samples[:max(1, len(samples) // 4)]), _middle(samples[-max(1, len(samples) // 4):])
    return result | {"samples": len(samples), "first": str(first), "last": str(last), "growth": last.growth_since(first, DESCRIPTORS, KIB)}


def _samples(server, load, seconds, say):
    samples, turn = [], 0
    _pass_time(load, 3)
    usual = _programs(server)
    while load.now() < seconds or turn <= WARM_UP:
        turn += 1
        for change in (server.reload, server.restart_gracefully):
            change()
            _pass_time(load, 2)
        # Old ones have gone, new ones are all there.
        wait_until(lambda: _programs(server) == usual, 60, lambda: f"these run: {usual}, and not {_programs(server)}")
        if turn > WARM_UP:
            samples.append(holdings(server.family()))
            say(f"{load.now():.0f} s: {samples[-1]}")
    return samples


def _pass_time(load, seconds):
    end = load.now() + seconds
    wait_until(lambda: load.now() >= end, seconds + 5)


def _programs(server):
    return Counter(each.program for each in server.family())


def _middle(samples):
    return Holdings(samples[-1].processes, *(int(statistics.median(getattr(each, name) for each in samples))
                                             for name in ("descriptors", "kib", "shared_kib")))


def is_as_promised(result):
    return not result["growth"] and result["failed_gets"] == result["failed_posts"] == result["doubled"] == 0
