"""Debug mode: errors in the browser, the debugger on the terminal, profile and coverage. And none of it where it was not asked for."""
import os
import pstats
import pwd
import select
import time
import xml.etree.ElementTree

import pytest

from support.express import OWNER
from support.waiting import SLOWNESS, wait_until

BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8"
SITE = '''
def half(number):
    return 100 // number


def application(environ, start_response):
    if environ["PATH_INFO"] == "/late":
        return late(start_response)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d" % half(len(environ["QUERY_STRING"]))]


def late(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun"
    raise KeyError("after the first part")
'''


@pytest.fixture
def debugged(express):
    """make(*arguments): a site of SITE, started in debug mode."""
    return lambda *arguments: express("--debug-mode", *arguments).write_project({"wsgi.py": SITE}).start()


def page_of(response):
    """The page's text, of what a browser can make sense of."""
    assert response.status == 500
    tree = xml.etree.ElementTree.fromstring(response.body.decode().split("\n", 1)[1])
    return "".join(tree.itertext())


def test_shows_a_browser_where_a_request_has_failed(debugged):
    site = debugged()
    response = site.fetch("/", "GET", BROWSER, "Cookie: session=of-alice", "X-Api-Key: of-bob")
    page = page_of(response)
    assert "ZeroDivisionError" in page and "return 100 // number" in page and f"{site.project}/wsgi.py:3" in page
    assert "HTTP_COOKIE(hidden)" in page and "of-alice" not in page and "of-bob" not in page
    assert response.head.get("Content-Type") == "text/html; charset=utf-8"
    assert response.head.get("Cache-Control") == "no-store"
    assert response.head.get("Content-Security-Policy").startswith("default-src 'none'")
    assert site.fetch("/?1", "GET", BROWSER).body == b"100"
    site.stop()
    assert "ZeroDivisionError" in site.output(), "and the terminal has it"


@pytest.mark.parametrize("fields", [[], ["Accept: application/json"], ["Accept: */*"]])
def test_tells_a_program_in_plain_text(debugged, fields):
    site = debugged()
    response = site.fetch("/", "GET", *fields)
    assert (response.status, response.head.get("Content-Type")) == (500, "text/plain; charset=utf-8")
    text = response.body.decode()
    assert "Traceback (most recent call last)" in text and "ZeroDivisionError" in text and "PATH_INFO = /" in text
    assert "<html" not in text and "<warpdrive>" not in text
    site.stop()


def test_breaks_a_response_that_has_begun(debugged):
    site = debugged()
    with site.connect() as connection:
        connection.send_head("GET", "/late", BROWSER)
        assert b"Traceback" not in connection.read_to_end()
    site.stop()


def test_shows_an_import_that_fails_until_it_is_mended(express):
    site = express("--debug-mode").write_project({"wsgi.py": "import shelves\n" + SITE, "shelves.py": "full = 1 / 0\n"}).start()
    page = page_of(site.fetch("/", "GET", BROWSER))
    assert "the application can't be imported" in page and "full = 1 / 0" in page
    site.write_project({"wsgi.py": SITE})
    wait_until(lambda: site.fetch("/?1").body == b"100", 10, "the mended code is served")
    site.stop()


def test_shows_what_is_wrong_with_the_code_that_was_saved_last(debugged):
    site = debugged()
    assert site.fetch("/?1").status == 200
    site.write_project({"wsgi.py": SITE + "\nraise RuntimeError('not done yet')\n"})
    wait_until(lambda: b"not done yet" in site.fetch("/?1", "GET", BROWSER).body, 10, "the error is shown")
    site.write_project({"wsgi.py": SITE})
    wait_until(lambda: site.fetch("/?1").body == b"100", 10, "the mended code is served")
    site.stop()


@pytest.mark.parametrize("arguments, is_shown", [
    (["--reload-on-changes"], False),
    (["--reload-on-changes", "--error-page", "development"], True),
    (["--error-page", "development", "--host", "0.0.0.0"], True),
    (["--debug-mode", "--error-page", "production"], False),
    ([], False)])
def test_shows_errors_only_where_it_is_asked_to(express, arguments, is_shown):
    site = express(*arguments).write_project({"wsgi.py": SITE})
    site.log.allow("")  # the traceback
    site.start()
    response = site.fetch("/", "GET", BROWSER)
    assert response.status == 500
    assert (b"ZeroDivisionError" in response.body) == is_shown
    site.stop()


class Terminal:
    """What the debugger has written so far, and who answers it."""

    def __init__(self, site):
        self._descriptor = site.terminal
        self._text = ""

    def read_until(self, mark, seconds=20):
        deadline = time.monotonic() + seconds * SLOWNESS
        while mark not in self._text:
            ready, _, _ = select.select([self._descriptor], [], [], max(deadline - time.monotonic(), 0))
            assert ready, f"no {mark!r} on the terminal, but: {self._text!r}"
            self._text += os.read(self._descriptor, 4096).decode()
        read, self._text = self._text.split(mark, 1)
        return read

    def answer(self, line):
        os.write(self._descriptor, line.encode() + b"\n")


@pytest.fixture
def in_terminal(express):
    def start(text):
        site = express("--debug-mode", "--enable-debugger").write_project({"wsgi.py": text})
        start_process = site.start

        def start_on_own_terminal():
            # The application's user has to be able to open it, as somebody who is not root can.
            os.chown(os.ttyname(site.stdin), pwd.getpwnam(OWNER).pw_uid, -1)
            return start_process()

        site.start = start_on_own_terminal
        site.start_in_terminal()
        return site, Terminal(site)

    return start


def test_debugger_looks_at_an_exception_on_the_terminal(in_terminal):
    site, terminal = in_terminal(SITE)
    with site.connect() as connection:
        connection.send_head("GET", "/", BROWSER)
        assert "ZeroDivisionError" in terminal.read_until("(Pdb) ")
        terminal.answer("p 'number is', number")
        assert "('number is', 0)" in terminal.read_until("(Pdb) ")
        terminal.answer("q")
        assert b"ZeroDivisionError" in connection.read_response().body
    assert site.fetch("/?1").body == b"100"
    site.stop()


def test_debugger_stops_at_a_breakpoint(in_terminal):
    site, terminal = in_terminal(SITE.replace("    return 100", "    breakpoint()\n    return 100"))
    with site.connect() as connection:
        connection.send_head("GET", "/?12")
        terminal.read_until("(Pdb) ")
        terminal.answer("number = 50")
        terminal.read_until("(Pdb) ")
        terminal.answer("c")
        assert connection.read_response().body == b"2"
    site.stop()


def test_debugger_without_a_terminal_says_so(express):
    site = express("--debug-mode", "--enable-debugger").write_project({"wsgi.py": SITE})
    status, said = site.run_to_failure()
    assert status == 2 and "this is no terminal" in said


def test_debugger_outside_of_debug_mode_says_so(express):
    site = express("--enable-profiler").write_project({"wsgi.py": SITE})
    status, said = site.run_to_failure()
    assert status == 2 and "enable-profiler" in said and "--debug-mode" in said


def test_profiler_leaves_a_profile_of_the_requests(debugged):
    site = debugged("--enable-profiler")
    for _ in range(3):
        assert site.fetch("/?1").status == 200
    site.stop()
    (path,) = (site.root / "pstats").glob("*.pstats")
    counts = {function: calls for (_, _, function), (calls, *_) in pstats.Stats(str(path)).stats.items()}
    assert counts["application"] == counts["half"] == 3


def test_coverage_leaves_a_report_of_the_lines(debugged):
    site = debugged("--enable-coverage")
    assert site.fetch("/?1").status == 200
    site.stop()
    report = (site.root / "htmlcov/index.html").read_text()
    assert "wsgi.py" in report
    (page,) = (site.root / "htmlcov").glob("*wsgi_py.html")
    lines = [line for line in page.read_text().splitlines() if "late</span>" in line or "half" in line]
    assert any('class="run"' in line for line in lines) and any('class="mis' in line for line in lines)
