"""In steady state a request costs no connect, accept, socket or close, in httpd's child or in the worker."""
import re
import shutil
import signal
import subprocess
import threading

import pytest

from support.raw_http import RawConnection

COUNTED = ("connect", "accept", "accept4", "socket", "socketpair", "close")
REQUESTS = 10_000
CLIENTS = 4


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd("WarpDaemonProcess site threads=5\nWarpScriptAlias / ${APPS}/hello.py\n")


def test_costs_no_connection_per_request(site):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    connections = [RawConnection(site.port, seconds=60) for _ in range(CLIENTS)]
    ask(connections, 500)  # all channels are opened, all that is made once is made
    (child,), (worker,) = site.httpd_children(), site.workers()
    counts = [Counting(each, site.directory / f"strace.{name}") for name, each in (("child", child), ("worker", worker))]
    ask(connections, REQUESTS)
    calls = {each.process.program: each.result() for each in counts}
    for connection in connections:
        connection.close()
    assert calls == {program: {} for program in calls}


def ask(connections, requests):
    failures = []

    def client(connection):
        try:
            for _ in range(requests // CLIENTS):
                assert connection.request("GET", "/").status == 200
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=client, args=[each]) for each in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


class Counting:
    """strace -c on all threads of a process."""

    def __init__(self, process, table):
        self.process, self._table = process, table
        self._strace = subprocess.Popen(["strace", "-f", "-c", "-e", "trace=" + ",".join(COUNTED), "-o", table, "-p", str(process.pid)],
                                        stderr=subprocess.PIPE, text=True)
        first = self._strace.stderr.readline()
        if "Operation not permitted" in first:
            pytest.skip(f"this machine allows no ptrace: {first.strip()}")
        assert "attached" in first, first

    def result(self):
        self._strace.send_signal(signal.SIGINT)
        self._strace.communicate(timeout=30)
        rows = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", self._table.read_text(), re.MULTILINE)
        return {name: int(calls) for calls, name in rows if name in COUNTED}
