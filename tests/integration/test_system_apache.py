"""What the launcher does for somebody who has an Apache, or a service manager, of their own."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from support.express import HELD
from support.waiting import wait_until


def run(site, *command, status=0):
    """What it said."""
    done = subprocess.run([str(each) for each in command], cwd=site.working_directory(), env=site.environment(), text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    assert done.returncode == status, f"status {done.returncode}\n{done.stdout}"
    return done.stdout


@pytest.fixture
def server_root(express):
    """A server that setup-server has prepared; `control(word)` runs its apachectl."""
    site = express("--graceful-timeout", "20").write_project({"wsgi.py": HELD})
    command = site.command()
    command[1] = "setup-server"
    said = run(site, *command)
    assert f"Control Script          : {site.root}/apachectl" in said
    site.control = lambda word, **options: run(site, site.root / "apachectl", word, **options)
    yield site
    if site.processes():
        site.control("stop")
        wait_until(lambda: not site.processes(), 20, "it has ended")


def start(site):
    site.control("start")
    wait_until(lambda: site.has_started() and site.log.count("worker ready"), 20, "it serves")


def test_apachectl_checks_the_configuration(server_root):
    assert server_root.control("configtest") == "Syntax OK\n"
    with open(server_root.root / "httpd.conf", "a", encoding="utf-8") as config:
        config.write("Nonsense\n")
    assert "Nonsense" in server_root.control("configtest", status=1)


def test_apachectl_starts_and_stops(server_root):
    start(server_root)
    assert server_root.fetch("/").body == b"done"
    server_root.control("stop")
    wait_until(lambda: not server_root.processes(), 20, "it has ended")


def test_apachectl_shows_the_status(server_root):
    start(server_root)
    assert "ready" in server_root.control("status")
    server_root.control("stop")
    wait_until(lambda: not server_root.processes(), 20, "it has ended")
    assert "no server" in server_root.control("status", status=1)


def test_apachectl_graceful_keeps_a_running_request(server_root):
    start(server_root)
    workers = server_root.workers()
    with server_root.connect() as connection:
        connection.send_head("GET", "/?release", "Connection: close")
        wait_until(lambda: (server_root.scratch / "release.started").exists(), 10, "the request has begun")
        server_root.control("graceful")
        wait_until(lambda: server_root.log.count("resuming normal operations") == 2, 20, "httpd has restarted")
        (server_root.scratch / "release").touch()
        assert connection.read_response().body == b"done"
    assert server_root.workers() == workers


def test_apachectl_restart_replaces_all_processes(server_root):
    start(server_root)
    workers = server_root.workers()
    server_root.control("restart")
    wait_until(lambda: server_root.log.count("worker ready") == 2, 20, "the new workers are ready")
    assert not set(workers) & set(server_root.workers())
    assert server_root.fetch("/").body == b"done"


def test_apachectl_graceful_stop_lets_a_request_end(server_root):
    start(server_root)
    with server_root.connect() as connection:
        connection.send_head("GET", "/?release", "Connection: close")
        wait_until(lambda: (server_root.scratch / "release.started").exists(), 10, "the request has begun")
        server_root.control("graceful-stop")
        wait_until(lambda: not server_root.has_started(), 10, "it takes no more connections")
        (server_root.scratch / "release").touch()
        assert connection.read_response().body == b"done"
    wait_until(lambda: not server_root.processes(), 20, "it has ended")


def test_apachectl_says_what_it_can_do(server_root):
    said = server_root.control("help", status=2)
    for word in ("start", "stop", "restart", "graceful", "graceful-stop", "configtest", "status"):
        assert f"\n  {word} " in said


def without_our_load_module(site):
    """httpd.conf of a site in which somebody else has to load the module."""
    lines = site.config.read_text().splitlines()
    return [line for line in lines if not line.startswith("LoadModule warp_module")]


def test_module_config_loads_the_module(unstarted_httpd, prefix):
    site = unstarted_httpd("")
    line = run(site, prefix.launcher, "module-config")
    location = run(site, prefix.launcher, "module-location").strip()
    assert line == f"LoadModule warp_module {location}\n"
    assert Path(location).samefile(prefix.module)
    site.config.write_text("\n".join(without_our_load_module(site)) + "\n" + line + "<IfModule !mod_warp.c>\nMissing\n</IfModule>\n")
    assert site.check_config() == (0, "Syntax OK\n")


def test_install_module_is_enough_for_debians_layout(unstarted_httpd, prefix):
    site = unstarted_httpd("")
    available = site.directory / "mods-available"
    available.mkdir()
    assert "a2enmod warp" in run(site, prefix.launcher, "install-module", available)
    assert sorted(path.name for path in available.iterdir()) == ["warp.conf", "warp.load"]
    assert {path.stat().st_mode & 0o777 for path in available.iterdir()} == {0o644}
    includes = f"Include {available}/*.load\nInclude {available}/*.conf\n<IfModule !mod_warp.c>\nMissing\n</IfModule>\n"
    site.config.write_text("\n".join(without_our_load_module(site)) + "\n" + includes)
    assert site.check_config() == (0, "Syntax OK\n")


def test_install_module_needs_a_folder(unstarted_httpd, prefix):
    site = unstarted_httpd("")
    assert "is no folder" in run(site, prefix.launcher, "install-module", site.directory / "none", status=1)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_unit_pleases_systemd(express):
    site = express().write_project({"wsgi.py": HELD})
    unit = site.directory / "site.service"
    unit.write_text(run(site, site.prefix.launcher, "systemd-unit", "wsgi.py", "--port", site.port, "--setenv", "A", "100% $B \"c\""))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and str(unit.name) not in done.stderr, done.stderr


class Manager:
    """A service manager that listens."""

    def __init__(self, path):
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.settimeout(20)
        os.chmod(path, 0o666)

    def hear(self):
        return self.socket.recv(4096).decode().splitlines()


@pytest.fixture
def manager(express):
    site = express().write_project({"wsgi.py": HELD})
    heard = Manager(site.scratch / "notify")
    site.more_environment = {"NOTIFY_SOCKET": str(heard.path)}
    with contextlib.closing(heard.socket):
        yield site, heard


def test_a_service_manager_learns_what_the_server_does(manager):
    site, heard = manager
    site.start()
    assert "READY=1" in heard.hear()
    assert site.fetch("/").body == b"done"
    site.main.send_signal(signal.SIGHUP)
    reloading = heard.hear()
    assert reloading[0] == "RELOADING=1" and reloading[1].startswith("MONOTONIC_USEC=")
    assert "READY=1" in heard.hear()
    site.log.expect("reload done")
    site.main.send_signal(signal.SIGTERM)
    assert "STOPPING=1" in heard.hear()
    site.stop()


def test_the_application_does_not_see_the_service_managers_socket(manager):
    site, heard = manager
    site.write_project({"wsgi.py": "import os\n\ndef application(environ, start_response):\n"
                                   "    start_response('200 OK', [])\n    return [repr('NOTIFY_SOCKET' in os.environ).encode()]\n"})
    site.start()
    heard.hear()
    assert site.fetch("/").body == b"False"
    site.stop()
