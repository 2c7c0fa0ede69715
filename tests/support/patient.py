"""A site under load, and what has to be true after each fault."""
import contextlib
import os

from support.growth import holdings
from support.load import Ledger, SteadyLoad
from support.processes import process
from support.waiting import wait_until

# How long a fault goes on, where it can.
SECONDS = float(os.environ.get("RELIABILITY_SECONDS", "4"))
CLIENTS = 8
CHILD_THREADS = 40  # support/httpd.py

SITE = "WarpDaemonProcess site processes={processes} threads={threads} {options}\nWarpScriptAlias / ${{APPS}}/{app}.py\n"

# What is said about a worker that died, was stopped or waits for its turn, and about its requests.
DEATH = r"worker exited|request lost with its worker|worker waits for its next start|worker ended"

# The stacks of one that died by SIGSEGV.
CRASH = r"Fatal Python error|[Tt]hread 0x|<no Python frame>|File \""


class Patient:
    """A server that something is done to."""

    def __init__(self, site, processes):
        self.site = site
        self._processes = processes
        self._first_workers = []

    def wait_until_ready(self, count=None):
        """All workers take requests; count: worker programs that run then, with a template more than workers."""
        wait_until(lambda: self.site.log.count("worker ready") >= (count or self._processes), 20, lambda: f"workers are ready\n{self.site.report()}")
        self._first_workers = self.site.workers()
        return self

    @property
    def ledger(self):
        return Ledger(self.site.scratch / "ledger")

    @contextlib.contextmanager
    def under_load(self, rate=200, seconds=20):
        """Load before, during and after; then the server serves and holds no more than it did before."""
        with SteadyLoad(self.site.port, self.ledger, "/5", rate, CLIENTS, seconds) as load:
            wait_for(load, 100)
            before = self._holdings()
            yield load
            wait_for(load, 200)
        self.has_settled(before)
        assert self.site.fetch("/?0").body == b"0"
        assert not load.doubled_posts()

    def has_settled(self, before):
        # Channels are kept, for each of the child's threads one with an end on either side.
        spare = CLIENTS + 2 * CHILD_THREADS
        wait_until(lambda: not self._holdings().growth_since(before, spare, 16_384), 20,
                   lambda: f"it is as before\n{before}\n{self._holdings()}\n{self.site.report()}")

    def _holdings(self):
        return holdings(self.site.processes())

    def someone(self):
        """A worker that serves: not every process of the program does."""
        return process(self._pid_of_someone())

    def serving(self):
        """The workers that serve, as far as forty requests can tell: under load. Some may have ended since."""
        return {self._pid_of_someone() for _ in range(40)}

    def _pid_of_someone(self):
        answer = self.site.fetch("/pid")
        assert answer.status == 200, f"{answer}\n{self.site.report()}"
        return int(answer.body)

    def is_replaced(self, worker, seconds=15):
        wait_until(lambda: not worker.is_alive(), seconds, lambda: f"{worker} ends\n{self.site.report()}")

    def worker_of_breaker(self):
        """Who got the last request that breaks something: one of those that were there from the start."""
        path = self.site.scratch / "breaker"
        wait_until(path.exists, 10, "the request has started")
        pid = int(path.read_text())
        return next(each for each in self._first_workers if each.pid == pid)

    def break_by(self, path):
        """A POST, which no second worker gets; returns the connection to read the answer from."""
        connection = self.site.connect(seconds=30)
        connection.send_head("POST", path, "Content-Length: 0", "Connection: close")
        return connection


def wait_for(load, count, seconds=30):
    """So many more requests have ended."""
    end = load.finished + count
    wait_until(lambda: load.finished >= end, seconds, lambda: f"{count} requests end\n{load.failures()[-20:]}")


def rounds(load, pause):
    """For SECONDS, once after each pause."""
    end = load.now() + SECONDS
    while load.now() < end:
        due = load.now() + pause
        wait_until(lambda: load.now() >= due, pause + 1)
        yield


def none_failed(load):
    _none(load.failures(), load)


def only_started_posts_failed(load, deaths=0):
    """`deaths`: of workers, each of which may come between the call of the application and the line that it writes
    first: a POST that has got 502 and seems not to have started."""
    wrong = [each for each in load.failures() if each.method == "GET" or not each.started]
    called = [each for each in wrong if each.method == "POST" and each.kind == "status 502"]
    _none(wrong if len(called) > deaths else [each for each in wrong if each not in called], load)


def _none(failures, load):
    assert not failures, f"{len(failures)} of {load.finished} requests failed:\n" + "\n".join(map(str, failures[:50]))
