"""The load of wrk on a server whose metrics somebody reads meanwhile, once a second."""
import contextlib
import http.client
import threading

from wrk import Wrk

INTERVAL = 1  # seconds


class Scraping(Wrk):
    """A server that has no management pages gets the load alone."""

    def __str__(self):
        return f"{super().__str__()}, metrics read each second"

    def measure(self, contestant, seconds):
        port = getattr(contestant, "management_port", None)
        with scraper(port) if port else contextlib.nullcontext():
            return super().measure(contestant, seconds)


@contextlib.contextmanager
def scraper(port):
    ended, scrapes, failures = threading.Event(), [], []

    def run():
        # In the middle of the first second.
        pause = INTERVAL / 2
        while not ended.wait(pause):
            pause = INTERVAL
            try:
                scrapes.append(read_page(port))
            except (OSError, http.client.HTTPException) as error:
                failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    if failures or not scrapes:
        raise RuntimeError(f"the metrics could not be read: {failures}")


def read_page(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/metrics")
        response = connection.getresponse()
        text = response.read()
        if response.status != 200 or b"warp_requests_total{" not in text:
            raise http.client.HTTPException(f"status {response.status}")
        return text
    finally:
        connection.close()
