"""What happens to a server under load, and how each server is told to let it happen."""
import contextlib
from dataclasses import dataclass, field
from typing import Callable

from balancer import Balancer
from contestants import CONTESTANTS, LAUNCHED, ledger_site
from support.load import SteadyLoad
from support.processes import process
from support.raw_http import Broken, fetch
from support.waiting import wait_until

RATE = 200
CLIENTS = 20
EVERYONE = {name: () for name in CONTESTANTS}


@dataclass(frozen=True)
class Event:
    title: str
    happen: Callable  # (server, load, end): up to that second of the load
    options: dict = field(default_factory=lambda: EVERYONE)  # for each server that has the means
    path: str = "/5"  # 5 ms of waiting in each request
    is_planned: bool = True
    is_rolled: bool = False  # two servers behind a balancer
    is_launched: bool = False  # warpdrive by warpdrive-express, as in a roll-out

    @contextlib.contextmanager
    def servers(self, name):
        """The port to ask, the servers, and the ledger of them all."""
        count = 2 if self.is_rolled else 1
        kinds = LAUNCHED if self.is_rolled or self.is_launched else CONTESTANTS
        with contextlib.ExitStack() as stack:
            site = stack.enter_context(ledger_site())
            servers = [kinds[name](site, self.options[name]) for _ in range(count)]
            for each in servers:
                stack.callback(each.stop)
                each.start()
            port = stack.enter_context(Balancer(servers)).port if self.is_rolled else servers[0].port
            yield port, servers, site.ledger


def _wait(load, until):
    wait_until(lambda: load.now() >= until, max(0, until - load.now()) + 5, "time passes")


def _every(load, seconds, end):
    due = load.now()
    while (due := due + seconds) < end:
        _wait(load, due)
        yield


def _nothing(_server, load, end):
    _wait(load, end)


def _reload(server, load, end):
    for _ in _every(load, 5, end):
        server.reload()
    _wait(load, end)


def _fail_to_reload(server, load, end):
    good = server.script.read_text()
    for turn, _ in enumerate(_every(load, 5, end)):
        server.write_script(good if turn % 2 else "def application(environ, start_response:\n")
    server.write_script(good)
    _wait(load, end)


def _restart_gracefully(server, load, end):
    for _ in _every(load, 2, end):
        server.restart_gracefully()
    _wait(load, end)


def _kill_worker(server, load, end):
    for _ in _every(load, 2, end):
        with contextlib.suppress(OSError, Broken, ValueError, ProcessLookupError):
            process(int(fetch(server.port, "/pid").body)).kill()
    _wait(load, end)


def _roll_out(servers, load, end):
    """One after the other is stopped, and started again when it has ended; the last of it may go on after the end."""
    for turn, _ in enumerate(_every(load, 5, end)):
        server = servers[turn % 2]
        server.terminate(server.stop_signal)
        server.start()
    _wait(load, end)


EVENTS = {
    "reload": Event("reload, every 5 s", _reload),
    "failed-reload": Event("reload of code with a syntax error, every 5 s, repaired in between", _fail_to_reload),
    "maximum-requests": Event("a worker is replaced after 50 requests", _nothing,
                              {"warpdrive": ("maximum-requests=50",), "mod_wsgi": ("maximum-requests=50",), "gunicorn": ("--max-requests", "50")}),
    "memory-limit": Event("a worker is replaced at 96 MiB, with a leak of 64 KiB per request", _nothing,
                          {"warpdrive": (f"memory-limit={96 << 20}",)}, path="/leak"),
    "graceful": Event("`apachectl graceful`, every 2 s", _restart_gracefully),
    "launcher-restart": Event("SIGUSR1 to `warpdrive-express`, every 2 s", _restart_gracefully, {"warpdrive": ()}, is_launched=True),
    "roll-out": Event("one of two servers behind a balancer is stopped and started, every 5 s", _roll_out,
                      EVERYONE | {"warpdrive": ("--shutdown-delay", "1")}, is_rolled=True),
    "kill": Event("SIGKILL of a worker, every 2 s", _kill_worker, is_planned=False),
}


def measure(event, name, seconds):
    """One server through one event: what became of its requests."""
    with event.servers(name) as (port, servers, ledger):
        with SteadyLoad(port, ledger, event.path, RATE, CLIENTS, seconds=30) as load:
            event.happen(servers if event.is_rolled else servers[0], load, seconds)
        return tally(load)


def tally(load):
    failures, posts = load.failures(), [each for each in load.failures() if each.method == "POST"]
    return {
        "seconds": round(load.seconds, 1),
        "requests": load.finished,
        "failed_gets": len(failures) - len(posts),
        "failed_posts": len(posts),
        "not_started": sum(not each.started for each in posts),
        "doubled": len(load.doubled_posts()),
        "retried": load.retried,
        "longest": round(load.longest, 2),
        "failures": [str(each) for each in failures[:200]],
    }


def is_as_promised(event, result):
    """Of warpdrive: nothing planned loses a request; a death loses only POSTs that had been started."""
    kept = result["failed_gets"] == result["not_started"] == result["doubled"] == 0
    return kept and not (event.is_planned and result["failed_posts"])
