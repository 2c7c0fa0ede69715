"""warpdrive-express --management-port: health and metrics on a port of their own."""
import signal
import socket
import time

from support.express import HELD
from support.metrics import Metrics
from support.operator import operate, refused, said
from support.ports import free_port
from support.raw_http import RawConnection
from support.waiting import SLOWNESS, wait_until


def served(express, *arguments):
    """A started site of HELD, and a function that asks its management port."""
    port = free_port()
    site = express("--management-port", str(port), *arguments).write_project({"wsgi.py": HELD}).start()

    def ask(path, host=f"localhost:{port}"):
        with RawConnection(port) as connection:
            connection.host = host
            response = connection.request("GET", path, "Connection: close")
        return response.status, response.body.decode()

    wait_until(lambda: ask("/readyz") == (200, "ok\n"), 20)
    return site, ask


def test_is_a_port_of_its_own_that_is_not_logged(express):
    site, ask = served(express, "--access-log")
    assert ask("/livez?verbose") == (200, "[+] group project: ok\nok\n")
    assert ask("/startupz") == (200, "ok\n")
    assert ask("/")[0] == 404
    assert site.fetch("/livez").body == b"done"
    log = site.root / "access_log"
    wait_until(lambda: "GET /livez" in log.read_text(), 5)
    assert log.read_text().count("\n") == 1
    wait_until(lambda: Metrics(ask("/metrics")[1]).sum("warp_requests_total", group="project") == 1, 5)
    site.stop()


def test_answers_by_any_name_when_the_site_has_one(express):
    site, ask = served(express, "--server-name", "shop.example")
    site.log.allow("AH10157")
    # A probe's, in a cluster.
    assert ask("/livez", "10.0.0.7:9180") == (200, "ok\n")
    assert site.fetch("/").status == 400
    site.stop()


def test_answers_when_all_threads_and_the_whole_queue_are_full(express):
    site, ask = served(express, "--threads", "3")
    connections = []
    for number in range(3 + 100):
        connections.append(RawConnection(site.port, seconds=60))
        connections[-1].send_head("GET", "/?held")
    wait_until(lambda: Metrics(ask("/metrics")[1]).sum("warp_queue_length") == 100, 20)
    for page in ("/livez", "/readyz", "/startupz", "/metrics", "/status", "/status?json"):
        start = time.monotonic()
        assert ask(page)[0] == 200
        assert time.monotonic() - start < 2 * SLOWNESS
    assert site.fetch("/?refused").status == 503
    site.log.allow("refused with 503")
    (site.scratch / "held").touch()
    assert {connection.read_response().status for connection in connections} == {200}
    site.stop()


def test_is_not_ready_from_the_moment_a_stop_is_announced(express):
    site, ask = served(express, "--shutdown-delay", "30")
    site.main.send_signal(signal.SIGTERM)
    status, text = wait_until(lambda: unready(ask), 10)
    assert (status, text) == (503, "[-] server: it is about to stop or to restart\nfailed\n")
    assert ask("/livez")[0] == 200
    assert site.fetch("/").status == 200
    site.main.send_signal(signal.SIGTERM)
    assert site.wait() == 0


def unready(ask):
    found = ask("/readyz")
    return found if found[0] != 200 else None


def test_is_probed_by_a_command(express):
    site, _ = served(express, "--threads", "1")
    with RawConnection(site.port, seconds=60) as connection:
        connection.send_head("GET", "/?held")
        wait_until((site.scratch / "held.started").exists, 10, "the only thread is busy")
        for question in ("live", "ready", "startup"):
            assert said(operate(site, "probe", question)) == "ok\n"
        (site.scratch / "held").touch()
        assert connection.read_response().status == 200
    (site.root / "not-ready").touch()
    denied = operate(site, "probe", "ready")
    assert (denied.returncode, denied.stdout) == (1, "")
    assert "is not ready" in refused(denied) and "server: it is about to stop or to restart" in denied.stderr
    assert said(operate(site, "probe", "live")) == "ok\n"
    site.stop()
    assert "no server with management pages runs" in refused(operate(site, "probe", "live"))


def test_refuses_the_port_where_clients_are(express):
    site = express().write_project({"wsgi.py": HELD})
    status, text = site.run_to_failure("--management-port", str(site.port))
    assert (status, "is --port, where clients are" in text) == (2, True)


def test_a_port_that_is_taken_is_an_error_with_the_ways_out(express):
    site = express().write_project({"wsgi.py": HELD})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        _, text = site.run_to_failure(environment={"WARPDRIVE_MANAGEMENT_PORT": port})
    assert f"127.0.0.1:{port} is in use" in text and "the containers of a pod share their ports" in text


def test_zero_is_for_no_pages(express):
    site = express().write_project({"wsgi.py": HELD})
    site.more_environment = {"WARPDRIVE_MANAGEMENT_PORT": "0"}
    site.start()
    assert "no server with management pages runs" in refused(operate(site, "probe", "live"))
    site.stop()
