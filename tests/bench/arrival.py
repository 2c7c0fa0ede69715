"""How long a chunk takes from the application's yield to the client: the application sends its clock."""
import re
import socket
import time

from figures import percentile

# One line of the application's /clock. The monotonic clock is the same in all processes.
_CLOCK = re.compile(rb"(\d{20})\n")
_REQUEST = b"GET /clock HTTP/1.1\r\nHost: localhost\r\n\r\n"
_END = b"\r\n0\r\n\r\n"


class Arrival:
    """One round: one client, responses one after the other, each of ten chunks that 10 ms lie between."""

    def __str__(self):
        return "1 connection, 10 ms between the chunks"

    def measure(self, contestant, seconds):
        delays, end = [], time.monotonic() + seconds
        with socket.create_connection(("127.0.0.1", contestant.port), timeout=10) as connection:
            while time.monotonic() < end:
                delays += _one_response(connection)
        return {"delay_p50_us": percentile(delays, 0.5), "delay_p99_us": percentile(delays, 0.99), "errors": 0}

    def warm_up(self, contestant):
        self.measure(contestant, 0.1)


def _one_response(connection):
    connection.sendall(_REQUEST)
    delays, text, seen = [], b"", 0
    while not text.endswith(_END):
        piece = connection.recv(4096)
        now = time.monotonic_ns()
        if not piece:
            raise ConnectionError("the response ended too early")
        text += piece
        for clock in _CLOCK.finditer(text, seen):
            delays.append((now - int(clock[1])) / 1000)
            seen = clock.end()
    return delays
