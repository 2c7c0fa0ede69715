"""A stop in a roll-out: told first, then drained, with nothing lost on the way."""
import os
import selectors
import signal
import socket
import time

import pytest

from support.httpd import APPS, modules_directory
from support.load import Ledger, Load, SteadyLoad
from support.processes import descendants
from support.waiting import SLOWNESS, stays_true, wait_until

HELD = '''
import os, pathlib, subprocess, time

SCRATCH = pathlib.Path(os.environ["WARP_TEST_SCRATCH"])


def application(environ, start_response):
    name = environ["QUERY_STRING"]
    if environ["PATH_INFO"] == "/orphan":
        subprocess.run(["/bin/sh", "-c", "sleep 0.2 & sleep 0.1 &"])
    if name:
        (SCRATCH / (name + ".started")).touch()
        while not (SCRATCH / name).exists():
            time.sleep(0.01)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]
'''


def held_request(site, *fields):
    connection = site.connect()
    connection.send_head("GET", "/?release", *fields)
    wait_until((site.scratch / "release.started").exists, 10, "the request runs")
    return connection


# The delay
def test_goes_on_serving_during_the_delay_and_says_that_it_is_not_ready(express):
    site = express("--shutdown-delay", "2").write_project({"wsgi.py": HELD}).start()
    not_ready = site.root / "not-ready"
    assert not not_ready.exists()
    with Load(site.port, "/") as load:
        told = time.monotonic()
        site.main.send_signal(signal.SIGTERM)
        wait_until(not_ready.exists, 1, "it says that it is not ready")
        done = load.finished
        stays_true(lambda: site.main.poll() is None and not load.failures(), 1.5, "it serves")
        assert load.finished > done
    assert site.wait() == 0
    assert time.monotonic() - told > 2
    assert not not_ready.exists()
    assert not site.log.unexpected()


def test_a_second_signal_ends_the_delay(express):
    site = express("--shutdown-delay", "60").write_project({"wsgi.py": HELD}).start()
    with held_request(site) as connection:
        site.main.send_signal(signal.SIGTERM)
        wait_until((site.root / "not-ready").exists, 5, "it says that it is not ready")
        site.main.send_signal(signal.SIGTERM)
        # On to the next stage, which still finishes what runs.
        stays_true(lambda: site.main.poll() is None, 0.5, "it waits for the request")
        (site.scratch / "release").touch()
        assert connection.read_response().status == 200
    assert site.wait(10) == 0


# Kept connections: a client that is told in time sends nothing into one that httpd closes.
def is_told_to_close(site, path="/"):
    with site.connect() as connection:
        return connection.request("GET", path).head.get("Connection") == "close"


def restart_of(site):
    """Whether httpd has restarted since this call."""
    line = "resuming normal operations"
    wait_until(lambda: site.log.count(line), 10, "httpd has started")
    before = site.log.count(line)
    return lambda: site.log.count(line) > before


def test_every_response_during_the_delay_ends_its_connection(express):
    site = express("--shutdown-delay", "60", "--url-alias", "/a.txt", "files/a.txt").write_project({"wsgi.py": HELD, "files/a.txt": "a"}).start()
    with site.connect() as kept, held_request(site) as running:
        assert kept.request("GET", "/").head.get("Connection") != "close"
        assert kept.request("GET", "/a.txt").head.get("Connection") != "close"
        site.main.send_signal(signal.SIGTERM)
        wait_until((site.root / "not-ready").exists, 5, "it says that it is not ready")
        wait_until(lambda: is_told_to_close(site), 5, "clients are told")
        assert is_told_to_close(site, "/a.txt")
        # Accepted before; the last one had even been asked before.
        assert kept.request("GET", "/").head.get("Connection") == "close"
        (site.scratch / "release").touch()
        response = running.read_response()
        assert (response.head.get("Connection"), response.body) == ("close", b"done")
        assert running.is_closed_by_server()
        site.main.send_signal(signal.SIGTERM)
    assert site.wait() == 0


def test_connections_are_kept_again_after_a_graceful_restart(express):
    site = express().write_project({"wsgi.py": HELD}).start()
    has_started_again = restart_of(site)
    told = False
    site.main.send_signal(signal.SIGUSR1)
    # Before httpd is told.
    while not site.log.count("Doing graceful restart"):
        told |= is_told_to_close(site) and not site.log.count("Doing graceful restart")
    assert told
    wait_until(has_started_again, 20, "httpd has restarted")
    # An old child may still take one.
    wait_until(lambda: not is_told_to_close(site), 5, "connections are kept again")
    site.stop()


def test_a_restart_during_the_delay_does_not_end_it(express):
    site = express("--shutdown-delay", "60").write_project({"wsgi.py": HELD}).start()
    has_started_again = restart_of(site)
    site.main.send_signal(signal.SIGTERM)
    wait_until((site.root / "not-ready").exists, 5, "it says that it is not ready")
    site.httpd_parent().kill(signal.SIGUSR1)
    wait_until(has_started_again, 20, "httpd has restarted")
    wait_until(lambda: is_told_to_close(site), 5, "clients of the new children are told")
    site.main.send_signal(signal.SIGTERM)
    assert site.wait() == 0


def test_loses_no_post_at_graceful_restarts_and_the_stop(express):
    site = express("--shutdown-delay", "1").write_project({"wsgi.py": (APPS / "ledger.py").read_text()}).start()
    with SteadyLoad(site.port, Ledger(site.scratch / "ledger"), "/5", seconds=30) as load:
        for _ in range(4):
            has_started_again, done = restart_of(site), load.finished
            site.main.send_signal(signal.SIGUSR1)
            wait_until(has_started_again, 20, "httpd has restarted")
            wait_until(lambda: load.finished > done + 100, 20, "requests are answered")
    assert not load.failures()
    site.stop()


# Connections
def burst(port, count):
    """So many connections with a request each, made without waiting for anything."""
    connections = []
    for _ in range(count):
        connection = socket.socket()
        connection.connect(("127.0.0.1", port))
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        connection.setblocking(False)
        connections.append(connection)
    return connections


def answers(connections, seconds=30):
    """What each gets to its end: a status line, or the error."""
    results = {}
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection, selectors.EVENT_READ, bytearray())
        deadline = time.monotonic() + seconds * SLOWNESS
        while selector.get_map() and time.monotonic() < deadline:
            for key, _ in selector.select(0.1):
                try:
                    piece = key.fileobj.recv(65536)
                except OSError as error:
                    key.data[:] = type(error).__name__.encode()
                    piece = b""
                key.data.extend(piece)
                if not piece:
                    results[key.fileobj] = bytes(key.data).split(b"\r\n")[0]
                    selector.unregister(key.fileobj)
    for connection in connections:
        connection.close()
    return [results.get(connection, b"no answer") for connection in connections]


def test_serves_all_connections_that_were_made_before_the_signal(express):
    # As many as are here may wait for a thread.
    site = express("--graceful-timeout", "30", "--queue-limit", "300").write_project({"wsgi.py": HELD}).start()
    assert site.fetch("/").status == 200
    connections = burst(site.port, 300)
    site.main.send_signal(signal.SIGTERM)
    got = answers(connections)
    assert {answer: got.count(answer) for answer in set(got)} == {b"HTTP/1.1 200 OK": 300}
    assert site.wait() == 0


def test_idle_kept_connections_do_not_hold_the_stop(express):
    site = express().write_project({"wsgi.py": HELD}).start()
    with site.connect() as connection:
        assert connection.request("GET", "/").head.get("Connection") != "close"
        told = time.monotonic()
        site.main.send_signal(signal.SIGTERM)
        assert connection.is_closed_by_server()
        assert site.wait(10) == 0
        assert time.monotonic() - told < 8 * SLOWNESS


def test_tells_a_busy_kept_connection_that_it_will_be_closed(express):
    site = express().write_project({"wsgi.py": HELD}).start()
    with held_request(site) as connection:
        children = site.httpd_children()
        site.main.send_signal(signal.SIGTERM)
        # The child has closed its listening socket: it knows of the stop.
        wait_until(lambda: not any(listens(child) for child in children), 10, "the child knows of the stop")
        (site.scratch / "release").touch()
        assert connection.read_response().head.get("Connection") == "close"
        assert connection.is_closed_by_server()
    assert site.wait() == 0


def listens(process):
    """Not one that has ended."""
    with open("/proc/net/tcp") as table:
        listening = {f"socket:[{line.split()[9]}]" for line in table if line.split()[3] == "0A"}
    try:
        return bool(listening & set(process.descriptors().values()))
    except OSError:
        return False


def test_says_goaway_to_a_client_of_http_2(httpd):
    site = httpd(f"LoadModule http2_module {modules_directory()}/mod_http2.so\nProtocols h2c http/1.1\n"
                 "WarpDaemonProcess site\nWarpScriptAlias / ${APPS}/held.py\n")
    data, headers, goaway, settings = 0, 1, 7, b"\0\0\0\4\0\0\0\0\0"
    get = b"\x82\x86\x84\x41\x09localhost"
    with site.connect() as connection:
        connection.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings)
        connection.send(len(get).to_bytes(3, "big") + bytes([headers, 5]) + (1).to_bytes(4, "big") + get)
        while read_frame(connection) != data:
            pass
        site.main.send_signal(signal.SIGWINCH)
        while read_frame(connection) != goaway:
            pass
    assert site.wait() == 0


def read_frame(connection):
    head = connection.read_exactly(9)
    connection.read_exactly(int.from_bytes(head[:3], "big"))
    return head[3]


# As the first process of a container
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a PID namespace here")
def test_as_first_process_it_reaps_orphans_and_stops_in_order(express):
    site = express().write_project({"wsgi.py": HELD})
    command = ["unshare", "--pid", "--fork", "--mount-proc", *site.command()]
    site.command = lambda: command
    site.start()
    (launcher,) = [each for each in site.processes("warpdrive-express") if each.parent == site.main.pid]
    assert launcher.status("NSpid").split()[-1] == "1"
    assert site.fetch("/orphan").status == 200
    wait_until(lambda: not zombies(launcher), 10, lambda: f"orphans are reaped: {zombies(launcher)}")
    with held_request(site) as connection:
        told = time.monotonic()
        launcher.kill(signal.SIGTERM)
        wait_until((site.root / "not-ready").exists, 5, "the delay of a container")
        assert site.fetch("/").status == 200
        wait_until(lambda: not any(listens(each) for each in site.httpd_children()), 20, "it takes no more")
        assert time.monotonic() - told > 4.5
        stays_true(lambda: site.main.poll() is None, 0.5, "it waits for the request")
        (site.scratch / "release").touch()
        assert connection.read_response().status == 200
    assert site.wait() == 0
    assert not site.log.unexpected()


def zombies(launcher):
    return [each for each in descendants(launcher.pid) if each.pid != launcher.pid and not each.is_alive()]
