"""The launcher's logs: their names, forms, rotation, and JSON."""
import json
import re
import signal
import socket

from support import curl
from support.express import HELD
from support.raw_http import RawConnection
from support.waiting import wait_until

APPLICATION = '''
def application(environ, start_response):
    start_response("404 Not Found" if environ["PATH_INFO"] == "/missing" else "200 OK", [("Content-Type", "text/plain")])
    return [environ["warp.request_id"].encode() if "warp.request_id" in environ else b"-"]
'''


SPEAKING = '''
import sys

print("at import")


def application(environ, start_response):
    print('said "ä" \\\\ here', file=environ["wsgi.errors"])
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("broken on purpose")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["warp.request_id"].encode()]
'''


def start(express, *arguments):
    return express("--access-log", *arguments).write_project({"wsgi.py": APPLICATION, "files/a.txt": "a"}).start()


def lines_of(path, count):
    def lines():
        found = path.read_text().splitlines() if path.exists() else []
        return found if len(found) >= count else None

    return wait_until(lines, 10, f"{count} lines in {path}")


def test_are_named_as_they_are_told(express):
    site = express("--access-log", "--access-log-name", "who.log", "--error-log-name", "what.log").write_project({"wsgi.py": APPLICATION})
    site.log.path = site.root / "what.log"
    site.start()
    assert site.fetch("/").status == 200
    assert '"GET / HTTP/1.1" 200' in lines_of(site.root / "who.log", 1)[0]
    assert "resuming normal operations" in (site.root / "what.log").read_text()
    site.stop()
    assert not (site.root / "access_log").exists() and not (site.root / "error_log").exists()


def test_have_the_form_that_they_are_told(express):
    site = start(express, "--access-log-format", '%m "%U" %>s', "--error-log-format", "EE %M")
    assert site.fetch("/some%20where").status == 200
    assert lines_of(site.root / "access_log", 1) == ['GET "/some where" 200']
    # The lines of warpdrive's own processes keep their form.
    site.log.expect("^EE AH00489: ")
    site.log.allow("^EE ")
    site.stop()


def test_are_rotated_by_size(express):
    site = start(express, "--rotate-logs", "--max-log-size", "1K")

    def files():
        site.fetch("/" + "x" * 300)
        return len(list(site.root.glob("access_log.*"))) >= 2

    wait_until(files, 30, "two access logs")
    dated = sorted(site.root.glob("access_log.*"))
    assert all(re.fullmatch(r"access_log\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d", path.name) for path in dated)
    # The name without a date is always the one that is being written.
    wait_until(lambda: (site.root / "access_log").samefile(max(site.root.glob("access_log.*"))), 10, "access_log is the newest")
    site.log.expect("resuming normal operations")
    site.stop()


def test_are_json_when_told_to(express):
    site = start(express, "--log-format", "json", "--url-alias", "/files", "files")
    site.log.allow("^{")
    agent = 'a "quoted" \\ backslash \t tab'
    answer = curl.get(site.url("/path?a=%22b"), "--user-agent", agent, "--referer", "http://x.example/\u00e4")
    curl.get(site.url("/missing"), "-X", "POST", "--data", "x")
    curl.get(site.url("/files/a.txt"))
    with socket.create_connection(("127.0.0.1", site.port), 10) as hostile:
        hostile.sendall(b"GET /latin-\xe4\xff HTTP/1.1\r\nHost: a\r\nUser-Agent: \xe4\xf0\x9f\x90\x8d\"},{\r\nConnection: close\r\n\r\n")
        while hostile.recv(65536):
            pass
    entries = [json.loads(line) for line in lines_of(site.root / "access_log", 4)]
    first, missing, file, odd = entries
    assert first["user_agent"] == agent and first["referer"] == "http://x.example/\u00e4"
    assert (first["method"], first["target"], first["status"], first["protocol"]) == ("GET", "/path?a=%22b", 200, "HTTP/1.1")
    assert first["request_id"] == answer.body.decode()
    assert (first["client"], first["scheme"], first["host"]) == ("127.0.0.1", "http", f"127.0.0.1:{site.port}")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", first["time"])
    assert first["microseconds"] > 0 and first["bytes"] >= len(answer.body)
    assert (missing["method"], missing["status"]) == ("POST", 404)
    assert (file["target"], file["request_id"], file["user"]) == ("/files/a.txt", None, None)
    assert odd["user_agent"] == '\ufffd\U0001f40d"},{'
    assert all(isinstance(entry, dict) for entry in entries)
    site.stop()


def start_json(express, *arguments):
    site = express("--log-format", "json", *arguments).write_project({"wsgi.py": SPEAKING})
    site.log.allow("^{")
    return site.start()


def entries_of(text):
    return [json.loads(line) for line in text.splitlines()]


def check_error_entries(entries, request_id):
    by_source = {}
    for entry in entries:
        by_source.setdefault(entry["source"], []).append(entry)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", entry["time"]) and "message" in entry
    assert {"httpd", "warp-supervisor", "warp-worker", "application"} >= set(by_source)
    (said, *_), spoken = by_source["application"], [entry["message"] for entry in by_source["application"]]
    assert said["message"] == 'said "\u00e4" \\ here'
    assert (said["request_id"], said["client"], said["level"]) == (request_id, "127.0.0.1", "error")
    assert "Traceback (most recent call last):" in spoken and "RuntimeError: broken on purpose" in spoken
    assert any(entry["message"].endswith("at import") for entry in by_source["warp-worker"])
    assert any(entry["message"].startswith("worker ready group=project") for entry in by_source["warp-supervisor"])
    assert any("resuming normal operations" in entry["message"] and entry["module"] == "mpm_event" for entry in by_source["httpd"])
    # The last to speak is heard too.
    assert any(entry["message"].startswith("group stopped") for entry in by_source["warp-supervisor"])


def test_errors_are_json_when_told_to(express):
    site = start_json(express)
    request_id = site.fetch("/").body.decode()
    assert site.fetch("/broken").status == 500
    site.stop()
    check_error_entries(entries_of((site.root / "error_log").read_text()), request_id)


def test_errors_are_json_and_rotated(express):
    site = start_json(express, "--rotate-logs", "--max-log-size", "2K")
    request_id = site.fetch("/").body.decode()
    assert site.fetch("/broken").status == 500
    site.stop()
    files = sorted(site.root.glob("error_log.*"))
    check_error_entries([entry for path in files for entry in entries_of(path.read_text())], request_id)


def test_both_logs_are_json_on_the_terminal(express):
    site = start_json(express, "--log-to-terminal", "--access-log")
    request_id = site.fetch("/").body.decode()
    assert site.fetch("/broken").status == 500
    site.stop()
    entries = entries_of("\n".join(line for line in site.output().splitlines() if line.startswith("{")))
    check_error_entries([entry for entry in entries if "message" in entry], request_id)
    assert [entry["status"] for entry in entries if "status" in entry] == [200, 500]


def test_errors_stay_json_over_a_graceful_restart(express):
    site = start_json(express)
    assert site.fetch("/").status == 200
    site.main.send_signal(signal.SIGUSR1)
    site.log.expect("AH00493|resuming normal operations.*\n(.*\n)*.*resuming normal operations", 20)
    assert site.fetch("/").status == 200
    site.stop()
    assert len([entry for entry in entries_of((site.root / "error_log").read_text()) if "resuming" in entry["message"]]) == 2


def test_writes_where_a_slow_request_is(express):
    site = express("--slow-request", "1").write_project({"wsgi.py": HELD}).start()
    with RawConnection(site.port, seconds=60) as connection:
        connection.send_head("GET", "/?held")
        site.log.expect(r"request is slow request=\S+ method=GET path=/ thread=\d seconds=1\.")
        site.log.expect(r'wsgi.py", line \d+, in application')
        (site.scratch / "held").touch()
        assert connection.read_response().status == 200
    site.log.allow(r"\[warp:")
    site.stop()
