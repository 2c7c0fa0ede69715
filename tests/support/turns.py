"""A site with the application turns.py, whose requests are started one by one and end when the test says so."""
import contextlib

from support.raw_http import RawConnection
from support.waiting import wait_until


class Turns:
    def __init__(self, httpd, options, more=""):
        self.site = httpd(f"WarpDaemonProcess site {options}\nWarpScriptAlias / ${{APPS}}/turns.py\nLogLevel warp:debug\n{more}\n")
        self._connections = contextlib.ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connections.close()

    def ask(self, path, name, method="GET"):
        """Sends a request on a connection of its own."""
        connection = self._connections.enter_context(RawConnection(self.site.port, seconds=30))
        connection.send_head(method, f"{path}?{name}")
        return connection

    def hold(self, name):
        """A request that keeps a thread busy."""
        connection = self.ask("/hold", name)
        wait_until(lambda: name in self.order(), 10, lambda: f"{name} is started\n{self.site.log.text()}")
        return connection

    def release(self, name):
        (self.site.scratch / name).touch()

    def queue(self, path, name):
        """A request that waits in the queue of the group."""
        before = self.queued()
        connection = self.ask(path, name)
        wait_until(lambda: self.queued() > before, 10, lambda: f"{name} waits in the queue\n{self.site.log.text()}")
        return connection

    def queued(self):
        return self.site.log.count("waiting in the queue group=site")

    def order(self):
        """The names of the requests with which the application has been called."""
        path = self.site.scratch / "order"
        return path.read_text().split() if path.exists() else []
