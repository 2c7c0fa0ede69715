"""error-page=development, and what else a developer may have around the application, by mod_warp's own directives."""
import pstats
import xml.etree.ElementTree

import pytest

from support.waiting import wait_until

BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8"
SITE = '''
def half(number):
    return 100 // number


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/late":
        return late()
    return [b"%d" % half(len(environ["QUERY_STRING"]))]


def late():
    yield b"begun"
    raise KeyError("after the first part")
'''
DIRECTIVES = """
WarpDaemonProcess site threads=2 {options}
WarpScriptAlias / ${{SCRATCH}}/site.py process-group=site
"""


@pytest.fixture
def site(unstarted_httpd):
    """make(options, text=SITE): a started httpd."""
    def make(options, text=SITE):
        made = unstarted_httpd(DIRECTIVES.format(options=options))
        made.log.allow("")  # tracebacks
        (made.scratch / "site.py").write_text(text)
        return made.start()

    return make


def page_of(response):
    """Its text, of what a browser can make sense of."""
    assert response.status == 500
    tree = xml.etree.ElementTree.fromstring(response.body.decode().split("\n", 1)[1])
    return "".join(tree.itertext())


@pytest.mark.sanitizer
def test_shows_a_browser_where_a_request_has_failed(site):
    made = site("error-page=development")
    response = made.fetch("/", "GET", BROWSER, "Cookie: session=of-alice", "X-Api-Key: of-bob")
    page = page_of(response)
    assert "ZeroDivisionError" in page and "return 100 // number" in page and f"{made.scratch}/site.py:3" in page
    assert "HTTP_COOKIE(hidden)" in page and "of-alice" not in page and "of-bob" not in page
    assert "<warpdrive>" not in page
    assert response.head.get("Content-Type") == "text/html; charset=utf-8"
    assert response.head.get("Cache-Control") == "no-store"
    assert response.head.get("Content-Security-Policy").startswith("default-src 'none'")
    assert made.fetch("/?1", "GET", BROWSER).body == b"100"
    made.log.expect("ZeroDivisionError")
    made.stop()


@pytest.mark.parametrize("fields", [[], ["Accept: application/json"], ["Accept: */*"]])
def test_tells_a_program_in_plain_text(site, fields):
    made = site("error-page=development")
    response = made.fetch("/", "GET", *fields)
    assert (response.status, response.head.get("Content-Type")) == (500, "text/plain; charset=utf-8")
    text = response.body.decode()
    assert "Traceback (most recent call last)" in text and "ZeroDivisionError" in text and "PATH_INFO = /" in text
    assert "<html" not in text and "<warpdrive>" not in text
    made.stop()


def test_answers_head_without_a_body(site):
    made = site("error-page=development")
    response = made.fetch("/", "HEAD", BROWSER)
    assert response.status == 500 and response.body == b"" and int(response.head.get("Content-Length")) > 1000
    made.stop()


def test_breaks_a_response_that_has_begun(site):
    made = site("error-page=development")
    with made.connect() as connection:
        connection.send_head("GET", "/late", BROWSER)
        received = connection.read_to_end()
    assert b"begun" in received and b"KeyError" not in received
    made.stop()


@pytest.mark.sanitizer
def test_shows_an_import_that_fails_until_it_is_mended(site):
    made = site("error-page=development", "def application(:\n")
    page = page_of(made.fetch("/", "GET", BROWSER))
    assert "the application can't be imported" in page and "SyntaxError" in page and f"{made.scratch}/site.py:1" in page
    assert made.fetch("/").head.get("Content-Type") == "text/plain; charset=utf-8"
    (made.scratch / "site.py").write_text(SITE)
    wait_until(lambda: made.fetch("/?1").body == b"100", 10, "the mended code is served")
    made.stop()


@pytest.mark.parametrize("processes", [1, 3])
def test_shows_what_is_wrong_with_the_code_that_was_saved_last(site, processes):
    made = site(f"error-page=development reload-on-changes=on preload=off processes={processes}")
    wait_until(lambda: made.fetch("/?1").status == 200)
    (made.scratch / "site.py").write_text(SITE + "\nraise RuntimeError('not done yet')\n")
    wait_until(lambda: b"not done yet" in made.fetch("/?1", "GET", BROWSER).body, 15, "the error is shown")
    (made.scratch / "site.py").write_text(SITE)
    wait_until(lambda: made.fetch("/?1").body == b"100", 15, "the mended code is served")
    wait_until(lambda: len(made.workers()) == processes, 15, lambda: f"all workers are back: {made.workers()}")
    made.stop()


@pytest.mark.parametrize("options", ["", "error-page=production", "reload-on-changes=on"])
def test_shows_nothing_where_it_was_not_asked_to(site, options):
    made = site(options)
    response = made.fetch("/", "GET", BROWSER)
    assert response.status == 500 and b"ZeroDivisionError" not in response.body and b"site.py" not in response.body
    made.stop()


def test_leaves_a_profile_and_a_report_of_the_lines(site):
    pytest.importorskip("coverage", reason="python3-coverage is not installed")
    made = site("profile=${SCRATCH}/pstats coverage=${SCRATCH}/htmlcov")
    for _ in range(3):
        assert made.fetch("/?1").status == 200
    with made.connect() as connection:
        connection.send_head("GET", "/late")
        assert b"begun" in connection.read_to_end()
    made.stop()
    (path,) = (made.scratch / "pstats").glob("*.pstats")
    counts = {function: calls for (_, _, function), (calls, *_) in pstats.Stats(str(path)).stats.items()}
    assert counts["application"] == 4 and counts["half"] == 3 and counts["late"] >= 1
    (page,) = (made.scratch / "htmlcov").glob("*site_py.html")
    assert "<title>Coverage for " in page.read_text() and "100%" in (made.scratch / "htmlcov/index.html").read_text()
