"""The servers that go through the events, and by which of their own means each is reloaded, restarted and stopped."""
import contextlib
import os
import shutil
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path

import peers
from servers import Server
from sites import Site
from support.httpd import APPS
from support.load import Ledger

# Several children, so that new ones can start while old ones finish.
_HTTPD = "ServerLimit 16\nGracefulShutdownTimeout 20\nLogLevel info"


@dataclass(frozen=True)
class LedgerSite(Site):
    """tests/integration/apps/ledger.py; all servers of a site write into one ledger."""

    scratch: Path = None

    @property
    def ledger(self):
        return Ledger(self.scratch / "ledger")

    def copy_to(self, directory):
        shutil.copy(APPS / "ledger.py", directory)
        (directory / "ledger.py").chmod(0o644)

    def environment(self, directory):
        return {"WARP_TEST_SCRATCH": str(self.scratch), "PYTHONDONTWRITEBYTECODE": "1"}


@contextlib.contextmanager
def ledger_site(processes=2, threads=5):
    with tempfile.TemporaryDirectory(prefix="warp-ledger-") as folder:
        # The application's user writes there.
        os.chmod(folder, 0o777)
        yield LedgerSite("ledger.py", "ledger", ".", processes, threads, _HTTPD, Path(folder))


class _Means:
    """Of a server whose main process is httpd and whose application is a script."""

    stop_signal = signal.SIGTERM

    @property
    def main(self):
        return self._started[-1]

    def reload(self):
        self.write_script(self.script.read_text())

    def restart_gracefully(self):
        self.main.send_signal(signal.SIGUSR1)

    def write_script(self, text):
        new = self.script.with_suffix(".new")
        new.write_text(text)
        new.chmod(0o644)
        os.replace(new, self.script)

    def is_ready(self):
        """Whether a balancer may send it a new connection, if it listens."""
        return True


class Warpdrive(_Means, peers.Warpdrive):
    def workers(self):
        """All processes with Python in them."""
        return [each for each in self.family() if each.program.startswith("warp-worker")]


class Express(_Means, Server):
    """warpdrive-express, which is what gets a SIGTERM in a container."""

    name = "warpdrive"

    def commands(self):
        site = self.site
        return [[str(Path(peers.Warpdrive.prefix, "bin/warpdrive-express")), "start-server", str(self.script), "--host", "127.0.0.1", "--port", str(self.port),
                 "--server-root", str(self.directory / "root"), "--processes", str(site.processes), "--threads", str(site.threads),
                 *self.options]]

    def is_ready(self):
        return not (self.directory / "root/not-ready").exists()


class ModWsgi(_Means, peers.ModWsgi):
    # With SIGTERM httpd cuts off what runs.
    stop_signal = signal.SIGWINCH


class Gunicorn(_Means, peers.Gunicorn):
    def reload(self):
        self.main.send_signal(signal.SIGHUP)

    # Its only restart.
    restart_gracefully = reload

    def write_script(self, text):
        super().write_script(text)
        self.reload()


CONTESTANTS = {"warpdrive": Warpdrive, "mod_wsgi": ModWsgi, "gunicorn": Gunicorn}
LAUNCHED = CONTESTANTS | {"warpdrive": Express}
