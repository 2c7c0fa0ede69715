"""What start-server finds out by itself, and what it tells."""
import json
import os
import pwd
import subprocess

import pytest

from support.express import OWNER
from support.waiting import wait_until

WHO = '''
import json, os, sys


def {name}(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(dict(uid=os.geteuid(), prefix=sys.prefix, directory=os.getcwd(), variables=dict(os.environ),
                            environ={{k: v for k, v in environ.items() if isinstance(v, str)}})).encode()]
'''
APPLICATION = WHO.format(name="application")


def answer(site):
    return json.loads(site.fetch("/").body)


@pytest.mark.sanitizer
def test_serves_a_plain_wsgi_file(express):
    site = express().write_project({"wsgi.py": APPLICATION}).start()
    found = answer(site)
    assert found["directory"] == str(site.project)
    assert found["uid"] == (pwd.getpwnam(OWNER).pw_uid if os.geteuid() == 0 else os.geteuid())
    site.stop()


@pytest.mark.parametrize("example", ["flask", "wsgi"])
def test_serves_the_example(express, example):
    site = express().copy_example(example).start()
    assert site.fetch("/").status == 200
    site.stop()


def test_serves_a_named_script(express):
    site = express("sub/other.py").write_project({"sub/other.py": APPLICATION, "wsgi.py": "raise RuntimeError('not this')\n"}).start()
    assert answer(site)
    site.stop()


def test_serves_a_named_callable_of_a_module(express):
    site = express("package.site:my_app").write_project({"package/__init__.py": "", "package/site.py": WHO.format(name="my_app")}).start()
    assert answer(site)
    site.stop()


@pytest.mark.parametrize("folder", [".venv", "venv"])
def test_uses_the_virtual_environment_of_the_project(express, folder):
    site = express().write_project({"wsgi.py": APPLICATION})
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", site.project / folder], check=True)
    site.start()
    assert answer(site)["prefix"] == str(site.project / folder)
    site.stop()


def test_prefers_the_active_virtual_environment(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    for folder in (site.project / ".venv", site.directory / "active"):
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", folder], check=True)
    site.more_environment = {"VIRTUAL_ENV": str(site.directory / "active")}
    site.start()
    assert answer(site)["prefix"] == str(site.directory / "active")
    site.stop()


def test_takes_settings_from_flags_before_variables_before_the_file(express):
    site = express("--setenv", "SOURCE", "flag").write_project({"wsgi.py": APPLICATION, "warpdrive.toml": "threads = 2\nprocesses = 3\n"})
    site.more_environment = {"WARPDRIVE_PROCESSES": "2"}
    site.start()
    wait_until(lambda: len(site.workers()) == 2, 10, "two workers run")
    assert "4 (2 processes * 2 threads)" in site.output()
    assert answer(site)["environ"]["SOURCE"] == "flag"
    site.stop()


def test_passes_its_environment_to_the_application(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    site.more_environment = {"DATABASE_URL": "sqlite:///x"}
    site.start()
    assert answer(site)["variables"]["DATABASE_URL"] == "sqlite:///x"
    site.stop()


def test_prints_a_banner(express):
    site = express().write_project({"wsgi.py": APPLICATION}).start()
    for text in (f"Server URL              : http://127.0.0.1:{site.port}/", str(site.root), "httpd.conf", "error_log",
                 "Request Capacity", "Request Timeout", "Server Capacity", "Locale Setting"):
        assert text in site.output()
    site.stop()


def test_logs_to_the_terminal_when_told_to(express):
    site = express("--log-to-terminal").write_project({"wsgi.py": "print('imported here')\n" + APPLICATION}).start()
    answer(site)
    site.stop()
    assert "imported here" in site.output()
    assert not site.error_log_path().exists()


@pytest.mark.parametrize("mpm", ["event", "worker", "prefork"])
def test_serves_with_each_mpm(express, mpm):
    site = express("--server-mpm", mpm).write_project({"wsgi.py": APPLICATION}).start()
    assert answer(site)
    site.stop()


def test_includes_a_file_of_directives(express):
    site = express("--include-file", "more.conf").write_project({"wsgi.py": APPLICATION, "more.conf": "Redirect /old /new\n"}).start()
    assert site.fetch("/old").status == 302
    site.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
def test_runs_as_www_data_for_a_project_of_root(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    for path in (site.project, site.project / "wsgi.py"):
        os.chown(path, 0, 0)
    site.start()
    assert answer(site)["uid"] == pwd.getpwnam("www-data").pw_uid
    site.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
def test_runs_as_the_owner_of_the_project(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    for path in (site.project, site.project / "wsgi.py"):
        os.chown(path, pwd.getpwnam("games").pw_uid, -1)
    site.start()
    assert answer(site)["uid"] == pwd.getpwnam("games").pw_uid
    site.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
def test_runs_as_the_named_user(express):
    site = express("--user", "nobody", "--group", "nogroup").write_project({"wsgi.py": APPLICATION}).start()
    assert answer(site)["uid"] == pwd.getpwnam("nobody").pw_uid
    site.stop()


def test_uses_a_server_root_of_its_own_when_none_is_named(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    full = site.command()
    at = full.index("--server-root")
    site.command = lambda: full[:at] + full[at + 2:]
    site.more_environment = {"TMPDIR": str(site.scratch)}
    site.scratch.chmod(0o1777)
    site.start()
    assert answer(site)
    (made,) = [path for path in site.scratch.iterdir() if path.name.startswith("warpdrive-")]
    assert str(made) in site.output()
    site.stop()
    assert not (made / "httpd.pid").exists()


def test_serves_many_keep_alive_clients_at_once(express):
    site = express("--max-clients", "20").write_project({"wsgi.py": APPLICATION}).start()
    connections = [site.connect() for _ in range(100)]
    for connection in connections:
        assert connection.request("GET", "/").status == 200
    # All are open and idle; a newcomer is still served.
    assert site.fetch("/").status == 200
    for connection in connections:
        connection.close()
    site.stop()


def test_reloads_what_is_saved_when_it_is_told_to(express):
    files = {"wsgi.py": "from parts import text\n\ndef application(environ, start_response):\n"
                        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n    return [text.BODY]\n",
             "parts/__init__.py": "", "parts/text.py": "BODY = b'one'\n"}
    site = express("--reload-on-changes", "--processes", "2").write_project(files).start()
    assert site.fetch("/").body == b"one"
    site.write_project({"parts/text.py": "BODY = b'second'\n"})
    wait_until(lambda: site.fetch("/").body == b"second", 20, "the new code is served")
    site.stop()


def test_passes_the_limits_of_a_process_on(express):
    site = express("--memory-limit", "1G", "--restart-interval", "3600", "--preload", "off", "--retry-non-idempotent")
    site.write_project({"wsgi.py": APPLICATION}).start()
    assert answer(site)
    written = (site.root / "httpd.conf").read_text()
    for option in ("memory-limit=1073741824", "restart-interval=3600", "preload=off", "retry-non-idempotent=on"):
        assert f" {option}" in written
    site.stop()
