"""The witness of the other tests here is told the truth: a server that goes wrong in a known way is counted so."""
import contextlib
import socket
import threading

import pytest

from support.load import Ledger, SteadyLoad
from support.waiting import wait_until

OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


class Liar:
    """Answers everything rightly but one request, the number of which it is told: that it gives to go_wrong(connection, number)."""

    def __init__(self, ledger, wrong, go_wrong):
        self._ledger, self._wrong, self._go_wrong = ledger, wrong, go_wrong
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listener.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=(self._listener.accept()[0],), daemon=True).start()

    def _serve(self, connection):
        with connection, contextlib.suppress(OSError):
            while number := self._read_number(connection):
                with self._lock, open(self._ledger, "ab") as ledger:
                    ledger.write(number + b"\n")
                if number == self._wrong:
                    self._wrong = None
                    self._go_wrong(connection, number)
                    return
                connection.sendall(OK % (len(number), number))

    @staticmethod
    def _read_number(connection):
        request = connection.recv(4096)
        head, _, body = request.partition(b"\r\n\r\n")
        return body if head.startswith(b"POST") else head.split(b" ")[1].partition(b"?")[2] if head else b""


def close(_connection, _number):
    """Without a byte."""


def cut_short(connection, number):
    connection.sendall(OK % (len(number) + 1, number))


def refuse(connection, _number):
    connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")


def mistake(connection, number):
    connection.sendall(OK % (len(number), b"9" * len(number)))


def ignore(connection, _number):
    connection.recv(1)


def run(tmp_path, number, go_wrong):
    """A load during which one request goes wrong."""
    with Liar(tmp_path / "ledger", number, go_wrong) as liar:
        with SteadyLoad(liar.port, Ledger(tmp_path / "ledger"), rate=500, clients=2, seconds=1) as load:
            wait_until(lambda: load.finished >= 60 and (load.failures() or load.retried), 10)
    return load


@pytest.mark.parametrize("go_wrong, kind", [(close, "closed unanswered"), (cut_short, "truncated"), (refuse, "status 503"), (mistake, "wrong body"),
                                            (ignore, "timeout")])
def test_names_what_went_wrong(tmp_path, go_wrong, kind):
    load = run(tmp_path, b"31", go_wrong)
    assert [(each.method, each.number, each.kind, each.started) for each in load.failures()] == [("POST", 31, kind, True)]


def test_sends_a_get_again_when_a_kept_connection_was_closed_under_it(tmp_path):
    load = run(tmp_path, b"30", close)
    assert not load.failures() and load.retried == 1


def test_sees_a_post_that_was_done_twice(tmp_path):
    def do_again(connection, number):
        with open(tmp_path / "ledger", "ab") as ledger:
            ledger.write(number + b"\n")
        refuse(connection, number)

    assert run(tmp_path, b"31", do_again).doubled_posts() == [31]


def test_sees_that_nobody_listens(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with SteadyLoad(port, Ledger(tmp_path / "ledger"), rate=500, clients=1) as load:
        wait_until(lambda: load.finished >= 2)
    assert {(each.kind, each.started) for each in load.failures()} == {("refused", False)}
