"""--server-type: another server takes the launcher's place. And Paste's deployment files, which mod_warp serves itself."""
import gzip
import os
import shlex

import pytest

from support.raw_http import Broken
from support.waiting import wait_until

APPLICATION = '''
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ.get("SERVER_SOFTWARE", "").encode()]
'''
SCRIPT = '''
import os
from wsgiref.simple_server import make_server


def site(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"by itself"]


make_server("127.0.0.1", int(os.environ["PORT"]), site).serve_forever()
'''
PASTE = '''
[app:main]
paste.app_factory = shop:make
greeting = {greeting}

[app:other]
paste.app_factory = shop:make
greeting = from the other one
'''
FACTORY = '''
def make(global_config, greeting):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [greeting.encode()]

    return application
'''


@pytest.mark.parametrize("server, software", [("gunicorn", "gunicorn"), ("waitress", "waitress"), ("mod_warp", "Apache"), ("auto", "Apache")])
def test_serves_an_application_by_the_server_that_is_named(express, server, software):
    site = express("--server-type", server).write_project({"wsgi.py": APPLICATION})
    if server == "waitress":
        site.expected_status = -15  # it has no signal handler of its own
    site.start()
    assert software in site.fetch("/").body.decode()
    assert bool(site.supervisors()) == (software == "Apache")
    site.stop()


@pytest.mark.parametrize("arguments", [["--server-type", "python"], []], ids=["python", "auto"])
def test_starts_a_script_that_is_a_server(express, arguments):
    site = express(*arguments).write_project({"app.py": SCRIPT})
    site.expected_status = -15  # the script's own end: it does nothing about SIGTERM
    site.start()
    assert site.fetch("/").body == b"by itself"
    assert [each.pid for each in site.processes("python")] == [site.main.pid]
    site.stop()


def test_starts_a_shell_script(express):
    site = express("--server-type", "shell").write_project({"app.sh": "#!/bin/sh\nexec python3 other.py\n", "other.py": SCRIPT})
    (site.project / "app.sh").chmod(0o755)
    site.expected_status = -15
    site.start()
    assert site.fetch("/").body == b"by itself"
    site.stop()


def calling(site, *arguments):
    """A script that is the server and calls for httpd in its place."""
    site.write_project({"wsgi.py": APPLICATION, "app.sh": "#!/bin/sh\nexec " + shlex.join([
        str(site.prefix.launcher), "start-server", "--host", "127.0.0.1", "--port", str(site.port), "--server-root",
        str(site.scratch / "root"), "--log-to-terminal", *arguments]) + "\n"})
    (site.project / "app.sh").chmod(0o755)
    return site


def test_a_script_may_call_for_httpd(express):
    site = calling(express())
    site.more_environment = {"WARPDRIVE_SERVER_TYPE": "shell"}
    site.start()
    assert "Apache" in site.fetch("/").body.decode()
    site.stop()


def test_a_script_that_would_start_itself_for_ever_is_refused(express):
    site = calling(express(), "--server-type", "shell")
    _, text = site.run_to_failure()
    assert "app.sh is the server here, and has itself called for the server" in text


def write_static_files(folder):
    (folder / "deep").mkdir(parents=True)
    for name in ("page.txt", "deep/site.0123456789ab.css", ".secret", "code.py"):
        (folder / name).write_text(name)
    (folder / "page.txt.gz").write_bytes(gzip.compress(b"page.txt"))
    (folder / "link.txt").symlink_to("/etc/hostname")


@pytest.mark.parametrize("server", ["gunicorn", "waitress", pytest.param("uwsgi", marks=pytest.mark.skipif(
    not os.path.exists("/usr/bin/uwsgi"), reason="uwsgi is not installed"))])
def test_serves_folders_by_whitenoise(express, server):
    pytest.importorskip("whitenoise", reason="python3-whitenoise is not installed")
    site = express("--server-type", server).write_project({"wsgi.py": APPLICATION})
    write_static_files(site.scratch / "files")
    site.arguments += ("--url-alias", "/files", str(site.scratch / "files"))
    if server == "waitress":
        site.expected_status = -15
    site.start()
    wait_until(lambda: answers(site), 30, site.report)
    assert site.fetch("/files/page.txt").body == b"page.txt"
    hashed = site.fetch("/files/deep/site.0123456789ab.css")
    assert (hashed.body, hashed.head.get("content-type")) == (b"deep/site.0123456789ab.css", 'text/css; charset="utf-8"')
    assert "immutable" in hashed.head.get("cache-control")
    for path in ("/other", "/files/.secret", "/files/code.py", "/files/link.txt", "/files/../wsgi.py"):
        assert site.fetch(path).body == site.fetch("/").body, path
    site.stop()


def answers(site):
    try:
        return site.fetch("/").status == 200
    except (OSError, Broken):
        return False


@pytest.fixture
def paste_site(express):
    pytest.importorskip("paste.deploy", reason="python3-pastedeploy is not installed")

    def make(*arguments):
        return express(*arguments).write_project({"live.ini": PASTE.format(greeting="from paste"), "shop.py": FACTORY})

    return make


@pytest.mark.parametrize("arguments, answer", [
    ([], b"from paste"), (["live.ini"], b"from paste"), (["--server-type", "paste", "--application-type", "paste", "live.ini"], b"from paste"),
    (["--callable-object", "other"], b"from the other one")], ids=["found", "named", "by type", "another section"])
def test_serves_what_a_deployment_file_describes(paste_site, arguments, answer):
    site = paste_site(*arguments).start()
    assert site.fetch("/").body == answer
    assert site.workers()
    site.stop()


def test_takes_over_a_deployment_file_that_has_changed(paste_site):
    site = paste_site().start()
    assert site.fetch("/").body == b"from paste"
    site.write_project({"live.ini": PASTE.format(greeting="from a new file")})
    wait_until(lambda: site.fetch("/").body == b"from a new file", 10, "the new file is read")
    site.stop()


@pytest.mark.parametrize("arguments, said", [
    (["--server-type", "paste"], "no deployment file of Paste"),
    (["--server-type", "shell"], "app.sh: no such file"),
    (["--server-type", "gunicorn", "--debug-mode"], "--debug-mode: only httpd has debug-mode"),
    (["--server-type", "waitress", "--setenv", "A", "b"], "--setenv: only httpd has setenv"),
    (["--server-type", "nginx"], "nginx")])
def test_says_what_does_not_go_together(express, arguments, said):
    site = express(*arguments).write_project({"wsgi.py": APPLICATION})
    _, text = site.run_to_failure()
    assert said in text
