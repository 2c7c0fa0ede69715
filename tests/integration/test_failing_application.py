"""An application that fails before its response has begun is answered 500, with the reason in the log."""
import re

import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    started = module_httpd(mounts("failing", "hello"))
    # The record before the one with the exception.
    started.log.allow("exception in the application method=GET uri=/failing/")
    return started


@pytest.mark.parametrize("way, logged", [
    ("raises", "ValueError: raised before the head"),
    ("raises_in_iteration", "ValueError: raised after start_response"),
    ("generator", "ValueError: raised by the generator"),
    ("no_start_response", "start_response"),
    ("text_body", "TypeError"),
    ("bad_status", "status"),
    ("bad_header", "header|Content-Type"),
    ("system_exit", "SystemExit"),
])
def test_answers_500_and_logs_the_reason(site, way, logged):
    response = site.fetch(f"/failing/{way}")
    assert response.status == 500
    assert b"Traceback" not in response.body and b"ValueError" not in response.body
    assert response.head.get("X-Injected") is None
    site.log.expect(logged)


def test_logs_a_traceback_that_names_file_and_function(site):
    site.fetch("/failing/raises")
    site.log.expect(r"failing\.py.*in raises")
    site.log.expect("ValueError: raised before the head")


def test_every_line_of_the_traceback_names_the_request(site):
    mark = site.log.mark()
    site.fetch("/failing/raises?secret=1")
    site.log.expect("ValueError: raised before the head")
    lines = [line for line in site.log.since(mark).splitlines() if "[warp:error]" in line]
    requests = {re.search(r"\[client [^\]]+\] \[([^\]]+)\] ", line)[1] for line in lines}
    assert len(lines) >= 5 and len(requests) == 1
    assert "exception in the application method=GET uri=/failing/raises" in lines[0]
    assert "<warpdrive>" not in site.log.since(mark) and "secret" not in site.log.since(mark)


def test_keeps_the_worker(site):
    (before,) = [each.pid for each in site.workers() if "failing" in each.command]
    for way in ("raises", "generator", "system_exit"):
        assert site.fetch(f"/failing/{way}").status == 500
    (after,) = [each.pid for each in site.workers() if "failing" in each.command]
    assert before == after
    site.log.expect("SystemExit")


def test_lets_the_application_replace_its_head_with_exc_info(site):
    response = site.fetch("/failing/replaced")
    assert (response.status, response.head.reason, response.body) == (503, "Sorry", b"sorry")
