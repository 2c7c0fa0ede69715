"""Clients that go on asking in the background while a test does something to the server."""
import itertools
import threading
import time
from collections import Counter
from dataclasses import dataclass

from support.raw_http import Broken, RawConnection, fetch


class _Clients:
    """Threads that ask until the `with` ends; rate: requests per second of all together, None for as many as they get answered."""

    def __init__(self, count, rate):
        self._count, self._rate = count, rate
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,), daemon=True) for number in range(count)]
        self._lock = threading.Lock()  # guards: what a subclass counts

    def __enter__(self):
        self._started = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a client got no answer within 60 s"
        self.seconds = time.monotonic() - self._started

    def now(self):
        """Seconds since the start."""
        return time.monotonic() - self._started

    # Client n of N sends its k-th request when (k * N + n) / rate seconds have passed, or as soon after that as it has an answer.
    def _run(self, client):
        for turn in itertools.count():
            due = (turn * self._count + client) / self._rate - self.now() if self._rate else 0
            if self._stopping.wait(due) if due > 0 else self._stopping.is_set():
                break
            self._ask(client)

    def _ask(self, client):
        raise NotImplementedError


class Load(_Clients):
    """with Load(port, "/path") as load: …   Each request has its own connection, so none can meet a kept one's end."""

    def __init__(self, port, path, method="GET", body=b"", clients=2):
        super().__init__(clients, None)
        self._arguments = (port, path, method)
        self._body = body
        self.results = Counter()

    @property
    def finished(self):
        return sum(self.results.values())

    def failures(self):
        return {result: count for result, count in self.results.items() if result != 200}

    def _ask(self, _client):
        try:
            result = fetch(*self._arguments, body=self._body).status
        except Exception as error:  # whatever it is, it is the test's finding
            result = f"{type(error).__name__}: {error}"
        with self._lock:
            self.results[result] += 1


@dataclass(frozen=True)
class Failure:
    at: float  # seconds since the load started, when the request was sent
    until: float
    method: str
    number: int
    kind: str  # "status 502", "refused", "closed unanswered", "reset", "truncated", "timeout", "wrong body"
    started: bool = False  # whether the application had begun with it

    def __str__(self):
        started = ", started" if self.started else ""
        return f"{self.at:.2f} to {self.until:.2f} s: {self.method} {self.number}: {self.kind}{started}"


class Ledger:
    """What apps/ledger.py has written: the number of each request that it began with."""

    def __init__(self, path):
        self._path = path

    def counts(self):
        return Counter(int(line) for line in self._path.read_text().split()) if self._path.exists() else Counter()


class SteadyLoad(_Clients):
    """GET and POST in turns over kept connections, at a steady rate, as from a balancer or a pool of clients.

    Each request has a number of its own, which apps/ledger.py sends back. A kept connection that the server
    has closed is not used again. When it closes one under a request, before the first byte of an answer, a GET is sent
    once more (`retried`), as clients do; a POST has failed.
    """

    def __init__(self, port, ledger, path="/", rate=200, clients=10, seconds=20):
        super().__init__(clients, rate)
        self._port, self._ledger, self._path, self._seconds = port, ledger, path, seconds
        self._numbers = itertools.count(1)
        self._connections = {}
        self._failures = []
        self.answered = Counter()  # by method
        self.retried = 0
        self.longest = 0.0

    def __exit__(self, *exception):
        super().__exit__(*exception)
        for connection in self._connections.values():
            connection.close()

    @property
    def finished(self):
        with self._lock:
            return sum(self.answered.values()) + len(self._failures)

    def failures(self):
        """All so far; `started` is known once the load has ended."""
        begun = self._ledger.counts()
        with self._lock:
            return [Failure(each.at, each.until, each.method, each.number, each.kind, each.number in begun) for each in self._failures]

    def doubled_posts(self):
        """Numbers of POSTs that the application began with more than once. They are odd."""
        return [number for number, count in self._ledger.counts().items() if count > 1 and number % 2]

    def _ask(self, client):
        number = next(self._numbers)
        method = "POST" if number % 2 else "GET"
        started = self.now()
        kind = self._exchange(client, method, number)
        if kind == "closed unanswered" and method == "GET":
            with self._lock:
                self.retried += 1
            kind = self._exchange(client, method, number)
        with self._lock:
            self.longest = max(self.longest, self.now() - started)
            if kind:
                self._failures.append(Failure(started, self.now(), method, number, kind))
            else:
                self.answered[method] += 1

    def _exchange(self, client, method, number):
        """What went wrong; None for nothing."""
        kept = self._connections.pop(client, None)
        # Nothing is asked yet, so this is its end.
        if kept and kept.is_readable():
            kept.close()
            kept = None
        connection = kept
        try:
            connection = connection or RawConnection(self._port, self._seconds)
            if method == "GET":
                response = connection.request("GET", f"{self._path}?{number}")
            else:
                response = connection.request("POST", self._path, body=b"%d" % number)
        except (OSError, Broken) as error:
            kind = _kind(error, connection, kept)
            if connection:
                connection.close()
            return kind
        if response.head.get("Connection") == "close":
            connection.close()
        else:
            self._connections[client] = connection
        if response.status != 200:
            return f"status {response.status}"
        return None if response.body == b"%d" % number else "wrong body"


def _kind(error, connection, kept):
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if connection and connection.has_bytes():
        return "truncated"
    return "closed unanswered" if kept else "reset"
