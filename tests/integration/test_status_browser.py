"""The status page in a real browser."""
import re

import pytest

from support.browser import complaints_of
from support.turns import Turns
from support.waiting import wait_until

pytestmark = pytest.mark.browser

PAGES = '<Location "/-/">\nSetHandler warp-management\n</Location>\n'

# What a page shows, of the document that the script has changed and of the server's own.
SHOWN = """
const parts = "[data-rows] tr, [data-rows] td, [data-rows] p, [data-rows] pre, [data-rows] summary, [data-figure], .pill";
const shown = (page) => [...page.querySelectorAll(parts)].map((each) =>
  [each.tagName, each.className, each.dataset.state ?? "", each.textContent.trim()]);
const done = arguments[arguments.length - 1];
fetch(location.pathname).then((answer) => answer.text()).then((text) =>
  done([shown(document), shown(new DOMParser().parseFromString(text, "text/html"))]));
"""
DURATION = re.compile(r"\d+(\.\d+)? (ms|s|min|h|d)( \d+ (s|min|h))?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def text_of(browser, selector):
    return browser.execute_script("return document.querySelector(arguments[0]).textContent", selector)


def updates(browser):
    """How often the script has brought the page up to date, as far as its curves tell."""
    path = browser.execute_script("return document.querySelector('[data-chart=load] path.blue')?.getAttribute('d') ?? ''")
    return len(re.findall("[ML]", path))


@pytest.fixture
def turns(httpd):
    """A group with a death, a slow request and one in progress."""
    with Turns(httpd, "processes=2 threads=2", PAGES) as turns:
        turns.site.log.allow(r"\[warp:")
        wait_until(lambda: turns.site.log.count("worker ready") == 2, 10)
        assert turns.ask("/die", "dies", "POST").read_response().status == 502
        wait_until(lambda: turns.site.log.count("worker ready") == 3, 10)
        assert turns.site.fetch("/sleep/0.3?slow").status == 200
        held = turns.hold("held")
        yield turns
        turns.release("held")
        assert held.read_response().status == 200


def test_updates_itself_and_shows_what_the_server_would(browser, turns):
    complaints_of(browser)
    browser.get(turns.site.url("/-/status"))
    wait_until(lambda: updates(browser) >= 3, 30)
    assert text_of(browser, "#state") == "live,"
    browser.find_element("id", "pause").click()
    ours, server = browser.execute_async_script(SHOWN)
    masked = [[(*kind, MOMENT.sub("M", DURATION.sub("D", text))) for *kind, text in each] for each in (ours, server)]
    assert masked[0] == masked[1]
    assert any("GET /hold" in each for *_, each in ours) and any("SIGKILL" in each for *_, each in ours)
    assert not complaints_of(browser)


def test_keeps_a_post_mortem_open_and_goes_on_after_a_pause(browser, turns):
    browser.get(turns.site.url("/-/status"))
    browser.find_element("css selector", "summary").click()
    before = updates(browser)
    wait_until(lambda: updates(browser) >= before + 2, 30)
    assert browser.execute_script("return document.querySelector('details').open")
    browser.find_element("id", "pause").click()
    assert text_of(browser, "#state") == "stopped at"
    browser.find_element("id", "pause").click()
    before = updates(browser)
    wait_until(lambda: updates(browser) >= before + 2, 30)


def test_says_when_the_server_does_not_answer(browser, httpd):
    with Turns(httpd, "threads=1", PAGES) as turns:
        browser.get(turns.site.url("/-/status"))
        wait_until(lambda: updates(browser) >= 1, 30)
        turns.site.stop()
        wait_until(lambda: "does not answer" in text_of(browser, "#notice"), 30)
    complaints_of(browser)  # the browser says so, too


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_is_light_or_dark_as_the_reader_likes_and_fits_a_telephone(browser, turns, scheme, is_dark):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True})
    try:
        browser.get(turns.site.url("/-/status"))
        wait_until(lambda: updates(browser) >= 1, 30)
        colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", colour))) < 3 * 128) == is_dark
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
