"""Eight workers of Django from one import: how soon they are ready, and how much memory they share."""
import statistics
import time

from contestants import Warpdrive
from sites import DjangoSite
from support.raw_http import fetch
from support.waiting import wait_until

WORKERS, ROUNDS = 8, 5
TIME_LIMIT, MEMORY_LIMIT = 1.3, 0.5
# Processes, and options of WarpDaemonProcess.
SETTINGS = {"one": (1, ()), "preloaded": (WORKERS, ()), "separate": (WORKERS, ("preload=Off",))}


def measure():
    """{setting: {"seconds": median, "mib": median}}"""
    rounds = {name: [] for name in SETTINGS}
    for _ in range(ROUNDS):
        for name, (processes, options) in SETTINGS.items():
            rounds[name].append(_start(processes, options))
    return {name: {"seconds": statistics.median(seconds for seconds, _ in each), "mib": statistics.median(mib for _, mib in each)}
            for name, each in rounds.items()}


def _start(processes, options):
    """(seconds until all are ready, MiB that the workers then have taken, what they share counted once)"""
    server = Warpdrive(DjangoSite(processes, httpd_settings="LogLevel info"), options)
    try:
        started = time.monotonic()
        server.start()
        wait_until(lambda: (server.directory / "error.log").read_text().count("worker ready") >= processes, 60, "all workers are ready")
        seconds = time.monotonic() - started
        # What is touched by a request is no longer shared.
        for _ in range(10 * processes):
            fetch(server.port, "/admin/login/")
        return seconds, sum(each.proportional_kib() for each in server.workers()) / 1024
    finally:
        server.stop()


def is_as_promised(results):
    return (results["preloaded"]["seconds"] < TIME_LIMIT * results["one"]["seconds"]
            and results["preloaded"]["mib"] < MEMORY_LIMIT * results["separate"]["mib"])
