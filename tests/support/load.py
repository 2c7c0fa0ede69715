"""Clients that go on asking in the background while a test does something to the server."""
import threading
from collections import Counter

from support.raw_http import fetch


class Load:
    """with Load(port, "/path") as load: …   Each request has its own connection, so none can meet a kept one's end."""

    def __init__(self, port, path, method="GET", body=b"", clients=2):
        self._arguments = (port, path, method)
        self._body = body
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(clients)]
        self.results = Counter()

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a client got no answer within 60 s"

    @property
    def finished(self):
        return sum(self.results.values())

    def failures(self):
        return {result: count for result, count in self.results.items() if result != 200}

    def _ask(self):
        while not self._stopping.is_set():
            try:
                result = fetch(*self._arguments, body=self._body).status
            except Exception as error:  # whatever it is, it is the test's finding
                result = f"{type(error).__name__}: {error}"
            with self._lock:
                self.results[result] += 1
