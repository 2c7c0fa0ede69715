"""Who is let in, what httpd answers by itself, and how long a client may take."""
import subprocess
import time

import pytest

from support import curl
from support.waiting import SLOWNESS

APPLICATION = '''
def application(environ, start_response):
    status = environ["QUERY_STRING"].replace("+", " ") or "200 OK"
    start_response(status, [("Content-Type", "text/plain")])
    return [(environ.get("REMOTE_USER") or "nobody").encode()]
'''


def make(express, *arguments):
    return express(*arguments).write_project({"wsgi.py": APPLICATION, "files/a.txt": "a file", "files/.b": "", "files/sorry.html": "so sorry"})


def test_wants_a_password_everywhere(express):
    site = make(express, "--auth-user-file", "users", "--auth-name", 'Staff "only"', "--url-alias", "/files", "files", "--server-status")
    subprocess.run(["htpasswd", "-cbB", site.project / "users", "alice", "secret"], check=True, capture_output=True)
    (site.project / "users").chmod(0o644)
    site.log.allow("AH01617|AH01618|AH01797|AH01630")
    site.start()
    for path in ("/", "/files/a.txt"):
        refused = curl.get(site.url(path))
        assert (refused.status, refused.fields["www-authenticate"]) == (401, 'Basic realm="Staff \\"only\\""')
        assert curl.get(site.url(path), "--user", "alice:wrong").status == 401
    assert curl.get(site.url("/"), "--user", "alice:secret").body == b"alice"
    assert curl.get(site.url("/files/a.txt"), "--user", "alice:secret").body == b"a file"
    # The password opens nothing that is closed to everybody.
    assert curl.get(site.url("/files/.b"), "--user", "alice:secret").status == 403
    assert curl.get(site.url("/server-status?auto")).body.startswith(b"127.0.0.1\nServerVersion")
    site.stop()


def test_shows_the_status_of_httpd(express):
    site = make(express, "--server-status").start()
    assert b"BusyWorkers: " in curl.get(site.url("/server-status?auto")).body
    assert curl.get(site.url("/other")).body == b"nobody"
    site.stop()


def test_shows_error_documents(express):
    site = make(express, "--error-document", "413", "/files/sorry.html", "--error-document", "404", "/files/sorry.html",
                "--url-alias", "/files", "files", "--limit-request-body", "10")
    site.log.allow("AH01587|AH00588|exceeds")
    site.start()
    refused = curl.get(site.url("/"), "--data", "x" * 100)
    assert (refused.status, refused.body) == (413, b"so sorry")
    # The application's own are the application's.
    assert curl.get(site.url("/?404+Not+Found")).body == b"nobody"
    site.stop()


def test_shows_them_for_the_application_too_when_told_to(express):
    site = make(express, "--error-document", "404", "/files/sorry.html", "--url-alias", "/files", "files", "--error-override").start()
    answer = curl.get(site.url("/?404+Not+Found"))
    assert (answer.status, answer.body) == (404, b"so sorry")
    site.stop()


@pytest.mark.parametrize("argument, is_kept", [("--keep-alive", True), ("--no-keep-alive", False)])
def test_keeps_connections_when_told_to(express, argument, is_kept):
    site = make(express, argument).start()
    done = curl.run("--write-out", "%{num_connects} ", "--output", "/dev/null", site.url(), "--output", "/dev/null", site.url())
    assert done.stdout.split() == ([b"1", b"0"] if is_kept else [b"1", b"1"])
    site.stop()


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nHost: a", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"])
def test_gives_a_slow_client_up(express, sent):
    site = make(express, "--header-timeout", "1", "--header-max-timeout", "0", "--body-timeout", "1").start()
    site.log.allow("AH01382|AH01379|request body|response broken off|answered|AH00")
    started = time.monotonic()
    with site.connect() as connection:
        connection.socket.sendall(sent)
        connection.socket.settimeout(20)
        while connection.socket.recv(65536):
            pass
    assert time.monotonic() - started < 10 * SLOWNESS
    site.stop()
