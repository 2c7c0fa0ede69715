"""warpdrive-express top in a terminal."""
import json
import os
import pty
import select
import signal
import subprocess
import termios
import time

import pytest

from support.express import HELD
from support.operator import operate, refused
from support.waiting import SLOWNESS, wait_until


@pytest.fixture
def site(express):
    made = express().write_project({"wsgi.py": HELD}).start()
    wait_until(lambda: operate(made, "status").returncode == 0, 10, "it answers")
    return made


class Top:
    """The command in a terminal of its own."""

    def __init__(self, site, *arguments):
        self.master, self.slave = pty.openpty()
        termios.tcsetwinsize(self.slave, (30, 100)) if hasattr(termios, "tcsetwinsize") else None
        self.before = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen([str(site.prefix.launcher), "top", "--server-root", str(site.root), *arguments],
                                        stdin=self.slave, stdout=self.slave, stderr=subprocess.PIPE, cwd="/")
        self.shown = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self.process.stderr.close()
        os.close(self.master)
        os.close(self.slave)

    def wait_for(self, text, seconds=10):
        deadline = time.monotonic() + seconds * SLOWNESS
        while text not in self.shown:
            assert time.monotonic() < deadline, f"not on the screen: {text!r} in {self.shown!r}"
            if select.select([self.master], [], [], 0.05)[0]:
                self.shown += os.read(self.master, 65536)

    def press(self, key):
        os.write(self.master, key)

    def wait(self):
        status = self.process.wait(10 * SLOWNESS)
        while select.select([self.master], [], [], 0)[0]:
            self.shown += os.read(self.master, 65536)
        return status


ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.mark.parametrize("leave", [lambda top: top.press(b"q"), lambda top: top.press(b"\x03"),
                                   lambda top: top.process.send_signal(signal.SIGTERM)], ids=["q", "Ctrl-C", "SIGTERM"])
def test_ends_when_told_and_gives_the_terminal_back(site, leave):
    with Top(site) as top:
        top.wait_for(b"REQUESTS/S")
        assert termios.tcgetattr(top.slave) != top.before
        leave(top)
        assert top.wait() == 0
        assert top.shown.startswith(ENTER) and LEAVE in top.shown[-20:]
        assert termios.tcgetattr(top.slave) == top.before
    site.stop()


def test_refreshes_with_rates_and_requests_in_flight(site):
    with Top(site) as top, site.connect() as connection:
        top.wait_for(b"REQUESTS/S")
        assert b"/slow" not in top.shown
        connection.send_head("GET", "/slow?release")
        top.wait_for(b"GET /slow")
        (site.scratch / "release").touch()
        assert connection.read_response().status == 200
        top.shown = b""
        # The one request, counted within a period of a second.
        top.wait_for(b" 1/5 " if b" 1/5 " in top.shown else b" 0/5 ")
        assert b"\x1b[2J" not in top.shown
        top.press(b"q")
        assert top.wait() == 0
    site.stop()


def test_ends_with_the_server(site):
    with Top(site) as top:
        top.wait_for(b"REQUESTS/S")
        site.stop()
        assert top.wait() == 1
        assert LEAVE in top.shown
        assert b"no server" in top.process.stderr.read()


def test_needs_a_terminal(site):
    assert "top needs a terminal" in refused(operate(site, "top"))
    site.stop()


def test_writes_a_line_each_second_as_json(site):
    with subprocess.Popen([str(site.prefix.launcher), "top", "--json", "--server-root", str(site.root)], stdout=subprocess.PIPE) as process:
        for _ in range(2):
            assert len(json.loads(process.stdout.readline())["groups"]) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    site.stop()
