"""The status page and its JSON: what they tell, to whom, and that neither an application nor a worker can spoil them."""
import base64
import hashlib
import json
import re
import time

import pytest

from support.markup import Markup
from support.scribbling import SCRIBBLING
from support.turns import Turns
from support.waiting import SLOWNESS, wait_until

PAGES = '<Location "/-/">\nSetHandler warp-management\n</Location>\n'
ELEMENTS = {"html", "head", "meta", "link", "title", "style", "body", "header", "h1", "p", "span", "time", "button", "noscript", "main",
            "section", "h2", "h3", "dl", "div", "dt", "dd", "figure", "figcaption", "table", "thead", "tr", "th", "tbody", "td",
            "details", "summary", "strong", "code", "pre", "script"}


def page_of(site, path="/-/status"):
    response = site.fetch(path)
    assert response.status == 200
    markup = Markup(response.body.decode("ascii"))
    assert markup.names() <= ELEMENTS
    return markup


def status_of(site, path="/-/status?json"):
    response = site.fetch(path)
    assert (response.status, response.head.get("Content-Type")) == (200, "application/json")
    return json.loads(response.body)


def group_of(site, name="site"):
    (group,) = [each for each in status_of(site)["groups"] if each["group"] == name]
    return group


@pytest.fixture(scope="module")
def site(module_httpd):
    site = module_httpd(f"""WarpDaemonProcess site threads=2
WarpScriptAlias / ${{APPS}}/turns.py
{PAGES}
<Location "/board">
    SetHandler warp-status
</Location>
<Location "/closed">
    SetHandler warp-status
    Require all denied
</Location>
""")
    wait_until(lambda: site.log.count("worker ready") == 1, 10)
    return site


def test_is_one_document_that_may_load_nothing_else(site):
    response = site.fetch("/-/status")
    assert response.head.get("Content-Type") == "text/html; charset=utf-8"
    assert response.head.get("Cache-Control") == "no-store"
    assert response.head.get("X-Content-Type-Options") == "nosniff"
    text = response.body.decode()
    policy = response.head.get("Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for element in ("style", "script"):
        (content,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}';" in policy
    for _, attributes in Markup(text).elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")]


def test_stands_where_the_administrator_puts_it_and_for_whom(site):
    assert "section" in page_of(site, "/board").names()
    assert status_of(site, "/board?json")["groups"][0]["group"] == "site"
    site.log.allow("AH01630")
    assert site.fetch("/closed").status == site.fetch("/closed?json").status == 403
    head = site.fetch("/-/status", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert site.fetch("/-/status", "POST", body=b"x").status == 405


def test_tells_of_the_slowest_requests_without_their_queries(site):
    assert site.fetch("/sleep/0.4?a-secret").status == 200
    slow = wait_until(lambda: [each for each in group_of(site)["slowest"] if each["path"] == "/sleep/0.4"], 5)[0]
    assert 0.4 <= slow["application"] <= slow["total"] < 4 * SLOWNESS
    assert (slow["method"], slow["status"], slow["slot"]) == ("GET", 200, 0)
    assert abs(slow["ended"] - time.time()) < 10 * SLOWNESS
    assert b"a-secret" not in site.fetch("/-/status").body + site.fetch("/-/status?json").body
    assert [row for row in page_of(site).rows["slowest"] if row[6] == "GET /sleep/0.4"]


def test_counts(site):
    def requests():
        return group_of(site)["counters"]["requests"]["2xx"]

    before = requests()
    assert site.fetch("/?counted").status == 200
    wait_until(lambda: requests() == before + 1, 5)
    counters = group_of(site)["counters"]
    assert sum(counters["total"]["counts"]) == sum(counters["requests"].values())


def test_shows_what_is_being_done_when_no_thread_is_free_and_the_queue_is_full(httpd):
    with Turns(httpd, "processes=2 threads=1 queue-limit=3", PAGES) as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        held = [turns.hold(f"held-{number}") for number in range(2)]
        waiting = [turns.ask("/", f"waits-{number}") for number in range(3)]
        wait_until(lambda: group_of(turns.site)["queue_length"] == 3, 10)
        for path in ("/-/status", "/-/status?json"):
            start = time.monotonic()
            assert turns.site.fetch(path).status == 200
            assert time.monotonic() - start < 1 * SLOWNESS
        group = group_of(turns.site)
        assert (group["threads"], group["threads_busy"], group["queue_limit"]) == (2, 2, 3)
        assert [each["state"] for each in group["workers"]] == ["ready", "ready"]
        assert {each["pid"] for each in group["workers"]} == {worker.pid for worker in turns.site.workers()}
        assert [(each["path"], each["stage"]) for each in group["in_flight"]] == [("/hold", "in the application")] * 2
        rows = page_of(turns.site).rows
        assert [row[4] for row in rows["in_flight"]] == ["GET /hold"] * 2
        assert [row[-1] for row in rows["workers"]] == ["1 / 1"] * 2
        for number in range(2):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in (*held, *waiting)] == [200] * 5
        wait_until(lambda: group_of(turns.site)["in_flight"] == [], 5)
        waited = [each for each in group_of(turns.site)["slowest"] if each["queue"] > 0]
        assert len(waited) >= 3


def with_script(unstarted_httpd, script, directives):
    """A started site whose application is this text."""
    site = unstarted_httpd(f"WarpScriptAlias /site ${{SCRATCH}}/site.py process-group=site\n{directives}\n{PAGES}")
    (site.scratch / "site.py").write_text(script)
    site.start()
    wait_until(lambda: site.log.count("worker ready") >= 1, 10)
    return site


CRASHING = """
import ctypes


def application(environ, start_response):
    if environ["PATH_INFO"].startswith("/crash"):
        ctypes.string_at(0)
    start_response("200 OK", [])
    return [b""]
"""


def test_tells_why_workers_have_died(unstarted_httpd):
    site = with_script(unstarted_httpd, CRASHING, "WarpDaemonProcess site")
    site.log.allow(r"\[warp:|Fatal Python error|hread 0x|no Python frame|  File |Extension modules")
    assert group_of(site)["deaths"] == []
    assert site.fetch("/site/crash%26now?a-secret", "POST", body=b"x").status == 502
    (dead,) = wait_until(lambda: group_of(site)["deaths"], 10)
    assert dead["how"].startswith("SIGSEGV")
    assert abs(dead["time"] - time.time()) < 60
    assert [(each["method"], each["path"]) for each in dead["lost"]] == [("POST", "/site/crash%26now")]
    assert "site.py" in dead["last_words"] and "in application" in dead["last_words"]
    page_of(site)
    text = site.fetch("/-/status").body
    assert b"POST /site/crash%26now" in text and b"a-secret" not in text
    site.restart_gracefully()
    assert group_of(site)["deaths"] == [dead]
    wait_until(lambda: site.fetch("/site/").status == 200, 10)
    site.stop()


def test_a_worker_that_scribbles_over_the_scoreboard_spoils_neither(unstarted_httpd):
    site = with_script(unstarted_httpd, SCRIBBLING, "WarpDaemonProcess site threads=3 connect-timeout=1\nWarpDaemonProcess other\n"
                       "WarpScriptAlias /other ${APPS}/hello.py process-group=other")
    site.log.allow(r"\[warp:")
    wait_until(lambda: all(each["ready"] for each in status_of(site)["groups"]), 20)
    children = site.httpd_children()
    for seed in range(1, 20):
        site.fetch(f"/site?{seed}")
        page_of(site)
        group = group_of(site)
        assert all(0 <= each["threads_busy"] <= 3 and each["in_state_for"] < 2e6 for each in group["workers"])
        assert all(each["time"] < time.time() + 60 and each["uptime"] < 2e6 for each in group["deaths"])
        assert len(group["deaths"]) <= 16 and len(group["in_flight"]) <= 3 * len(group["workers"])
        assert group_of(site, "other")["ready"]
    assert site.httpd_children() == children
    site.stop()
