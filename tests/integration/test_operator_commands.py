"""warpdrive-express status, reload, stacks and stop on a running server."""
import contextlib
import json
import os
import re
import signal
import socket
import stat
import subprocess

import pytest

from support.express import OWNER
from support.operator import groups, operate, refused, said
from support.waiting import stays_true, wait_until

HELD = '''
import faulthandler, os, pathlib, signal, sys, time

SCRATCH = pathlib.Path(os.environ["WARP_TEST_SCRATCH"])
faulthandler.register(signal.SIGUSR2, file=open(SCRATCH / f"stacks.{os.getpid()}", "w"), all_threads=True)


def wait_in_the_application(name):
    (SCRATCH / (name + ".started")).touch()
    while not (SCRATCH / name).exists():
        time.sleep(0.01)


def application(environ, start_response):
    if environ["QUERY_STRING"]:
        wait_in_the_application(environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"first"]
'''


@pytest.fixture
def site(express):
    made = express("--processes", "2", "--threads", "3").write_project({"wsgi.py": HELD})
    made.start()
    wait_until(lambda: made.log.count("worker ready") == 2, 15, "both workers are ready")
    return made


def the_group(site):
    (group,) = groups(site).values()
    return group


def held_request(site, path="/slow/path?release"):
    connection = site.connect()
    connection.send_head("GET", path)
    wait_until((site.scratch / "release.started").exists, 10, "the request runs")
    return connection


def release(site, connection):
    (site.scratch / "release").touch()
    assert connection.read_response().status == 200


# status
@pytest.mark.sanitizer
def test_status_shows_a_request_in_flight_with_its_age(site):
    with held_request(site) as connection:
        busy = [worker for worker in the_group(site)["workers"] if worker["threads_busy"]]
        assert [worker["threads"] for worker in busy] == [3]
        (request,) = busy[0]["in_flight"]
        assert (request["method"], request["path"], request["stage"]) == ("GET", "/slow/path", "in the application")
        older = [worker["in_flight"] for worker in the_group(site)["workers"] if worker["in_flight"]][0][0]
        assert older["id"] == request["id"] and older["age"] > request["age"] > 0
        assert re.search(r"^\d\.\d\d s .*GET /slow/path$", said(operate(site, "status")), re.MULTILINE)
        release(site, connection)
    wait_until(lambda: not any(worker["in_flight"] for worker in the_group(site)["workers"]), 5, "nothing is in flight")
    site.stop()


def test_status_shows_workers_with_their_memory_and_the_supervisor(site):
    group = the_group(site)
    assert group["supervisor"] == site.supervisors()[0].pid
    assert {worker["pid"] for worker in group["workers"]} == {worker.pid for worker in site.workers()}
    for worker in group["workers"]:
        assert worker["state"] == "ready" and worker["uptime"] > 0
        assert worker["rss"] > worker["pss"] > 1_000_000
    assert site.fetch("/").status == 200
    wait_until(lambda: sum(worker["requests_served"] for worker in the_group(site)["workers"]) == 1, 5, "the request counts")
    assert "No requests in flight." in said(operate(site, "status"))
    site.stop()


def test_status_counts_a_crash(site):
    site.workers()[0].kill()
    wait_until(lambda: the_group(site)["restarts"]["crash"] == 1, 10, "the crash counts")
    assert "Restarts: crash 1" in said(operate(site, "status"))
    site.log.allow("worker exited")
    site.stop()


def test_status_survives_a_scoreboard_full_of_nonsense(express):
    site = express("--threads", "4").write_project({"wsgi.py": '''
import mmap, os


def application(environ, start_response):
    with mmap.mmap(4, os.fstat(4).st_size) as board:
        board[4096:] = b"\\x9b" * (len(board) - 4096) if environ["PATH_INFO"] == "/all" else board[4096:]
        board[64:4096] = b"\\xff" * (4096 - 64)
    start_response("200 OK", [])
    return [b""]
'''})
    site.start()
    site.fetch("/")
    group = the_group(site)
    assert len(group["workers"]) == 1
    assert said(operate(site, "status")).isascii()
    site.log.allow(r"\[warp:")
    site.main.send_signal(signal.SIGTERM)
    assert site.wait() == 0


# Who may ask
def test_the_socket_is_its_owners_alone(site):
    (path,) = site.root.glob("warp-*.sock")
    facts = path.stat()
    assert stat.S_ISSOCK(facts.st_mode) and stat.S_IMODE(facts.st_mode) == 0o600
    assert facts.st_uid == os.geteuid()
    site.stop()
    assert not path.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_is_refused(site):
    other = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    assert "another user" in refused(operate(site, "status", prefix_command=other))
    assert "another user" in refused(operate(site, "stop", prefix_command=other))
    (path,) = site.root.glob("warp-*.sock")
    path.chmod(0o666)
    assert "only root, the group's user and who started httpd" in refused(operate(site, "reload", prefix_command=other))
    owner = ("setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups")
    assert "Group " in said(operate(site, "status", prefix_command=owner))
    assert the_group(site)["generation"] == 1
    site.stop()


@pytest.mark.parametrize("request_line", [b"\xff\0\x1b[2J\n", b"x" * 20_000, b"\n", b"status status\n"],
                         ids=["binary", "endless", "empty", "two words"])
def test_a_bad_request_gets_an_error_and_hurts_nobody(site, request_line):
    (path,) = site.root.glob("warp-*.sock")
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(str(path))
        client.sendall(request_line)
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    assert "error" in json.loads(answer)
    assert the_group(site)["reload"] == "none"
    site.stop()


def test_clients_that_say_nothing_keep_nobody_out_for_long(site):
    (path,) = site.root.glob("warp-*.sock")
    silent = [socket.socket(socket.AF_UNIX) for _ in range(20)]
    for each in silent:
        each.connect(str(path))
    wait_until(lambda: operate(site, "status").returncode == 0, 15, "the silent ones are sent away")
    for each in silent:
        each.close()
    site.stop()


# reload
def test_reload_replaces_the_workers_and_waits_for_the_new_ones(site):
    before = {worker.pid for worker in site.workers()}
    (site.project / "wsgi.py").write_text(HELD.replace("first", "second"))
    assert "generation 2 serves" in said(operate(site, "reload", "--wait"))
    assert not before & {worker["pid"] for worker in the_group(site)["workers"]}
    assert site.fetch("/").body == b"second"
    assert the_group(site)["restarts"]["reload"] == 2
    site.stop()


def test_reload_answers_at_once_without_wait(site):
    with held_request(site) as connection:
        assert json.loads(said(operate(site, "reload", "--json")))["groups"] == [{"accepted": True, "generation": 2}]
        release(site, connection)
    wait_until(lambda: the_group(site)["reload"] == "done", 20, "the reload is over")
    site.stop()


def test_reload_says_that_the_new_code_does_not_start(site):
    (site.project / "wsgi.py").write_text("raise RuntimeError('broken on purpose')\n")
    complaint = refused(operate(site, "reload", "--wait"))
    assert "reload failed" in complaint and str(site.error_log_path()) in complaint
    site.log.expect("broken on purpose")
    site.log.allow(r"reload given up|without application|\[warp:(warn|error)\]")
    site.stop()


def test_sighup_to_the_launcher_reloads_and_leaves_httpd_alone(site):
    before = {worker.pid for worker in site.workers()}
    children = site.httpd_children()
    site.main.send_signal(signal.SIGHUP)
    wait_until(lambda: the_group(site)["reload"] == "done", 20, "the reload is over")
    # The reload is over when the new ones serve; the old ones end after that.
    wait_until(lambda: not before & {worker.pid for worker in site.workers()}, 20, "the old workers' end")
    assert site.httpd_children() == children
    site.stop()


def test_sigusr1_to_the_launcher_restarts_httpd_gracefully(site):
    children = set(site.httpd_children())
    site.main.send_signal(signal.SIGUSR1)
    wait_until(lambda: site.log.count("Doing graceful restart") == 1, 10, "httpd restarts")
    wait_until(lambda: not children & set(site.httpd_children()) and site.fetch("/").status == 200, 20, "other children serve")
    wait_until(lambda: "Group " in operate(site, "status").stdout, 10, "the new supervisor answers")
    site.stop()


# stacks
def written_stacks(site):
    return site.log.text() + "".join(path.read_text() for path in site.scratch.glob("stacks.*"))


def test_stacks_asks_the_workers_and_says_where_to_look(site):
    with held_request(site) as connection:
        answer = said(operate(site, "stacks"))
        assert {int(pid) for pid in re.findall(r"\d+(?=[,;])", answer)} == {worker.pid for worker in site.workers()}
        assert str(site.error_log_path()) in answer
        wait_until(lambda: "wait_in_the_application" in written_stacks(site), 10, "the stack is written")
        release(site, connection)
    site.log.allow(r"\[warp:warn\].*: (stacks of all threads|  |thread|request=|\(no thread)")
    site.stop()


# stop
def test_stop_waits_for_the_end(site):
    everything = site.processes()
    assert "Stopped the server" in said(operate(site, "stop"))
    assert not [each for each in everything if each.is_alive()]
    assert site.wait() == 0
    assert "no server runs" in refused(operate(site, "stop"))


def test_stop_says_that_it_takes_longer(site):
    with held_request(site) as connection:
        assert "has been told to stop" in refused(operate(site, "stop", "--time-limit", "1"))
        release(site, connection)
    assert site.wait() == 0


# Which server
def test_finds_no_server_where_none_is(site):
    for command in ("status", "reload", "stacks", "stop", "top"):
        assert "no server runs" in refused(operate(site, command, root=site.directory))
        assert "no server runs" in refused(operate(site, command, root="/nowhere"))
    site.stop()


def test_knows_the_groups_of_an_httpd_without_launcher(httpd):
    site = httpd("WarpDaemonProcess blog processes=2\nWarpDaemonProcess shop\n"
                 "WarpScriptAlias /blog ${APPS}/hello.py process-group=blog\nWarpScriptAlias / ${APPS}/hello.py process-group=shop\n")
    assert set(groups(site, root=site.directory)) == {"blog", "shop"}
    (shop,) = json.loads(said(operate(site, "status", "--group", "shop", "--json", root=site.directory)))["groups"]
    assert len(shop["workers"]) == 1
    assert "there are: blog, shop" in refused(operate(site, "status", "--group", "other", root=site.directory))
    assert "apachectl" in refused(operate(site, "stop", root=site.directory))


def test_starts_without_a_control_socket_when_it_can_not_be_made(httpd):
    site = httpd("DefaultRuntimeDir /proc/self\nWarpDaemonProcess site\nWarpScriptAlias / ${APPS}/hello.py\n")
    assert site.fetch("/").status == 200
    site.log.expect("process group site has no control socket")


def test_reaches_a_server_root_with_a_long_path(express, prefix):
    site = express().write_project({"wsgi.py": HELD})
    deep = site.directory / ("a" * 120) / ("b" * 120)
    deep.mkdir(parents=True, mode=0o755)
    site.arguments = ("--server-root", str(deep / "root"))
    site.log.path = deep / "root" / "error_log"
    site.start()
    wait_until(lambda: operate(site, "status", root=deep / "root").returncode == 0, 10, "it answers")
    site.stop()


def test_takes_the_place_of_a_server_that_was_killed(site):
    for each in site.processes():
        with contextlib.suppress(ProcessLookupError):  # it ends with the one before it
            each.kill()
    site.main.wait(10)
    assert list(site.root.glob("warp-*.sock"))
    # Where nobody reaps orphans, httpd's number stays taken, and the next one would not start for that.
    (site.root / "httpd.pid").unlink()
    assert "no server" in refused(operate(site, "status"))
    assert "no warpdrive-express runs" in refused(operate(site, "stop"))
    site.start()
    wait_until(lambda: operate(site, "status").returncode == 0, 10, "the new one answers")
    site.stop()


def test_finds_the_server_as_start_server_does(express):
    site = express().write_project({"wsgi.py": HELD})
    command = [word for word in site.command() if word not in ("--server-root", str(site.root))]
    site.command = lambda: command
    site.log.path = site.scratch / f"warpdrive-127.0.0.1:{site.port}:{os.geteuid()}" / "error_log"
    site.start()
    done = subprocess.run([str(site.prefix.launcher), "stop", "--host", "127.0.0.1", "--port", str(site.port)], cwd=site.project,
                          env=site.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert site.wait() == 0
    stays_true(lambda: not site.processes(), 0.1)
