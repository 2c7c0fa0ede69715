"""A real browser on the Django example: what a visitor sees and does."""
import hashlib
import os

import pytest

from support.browser import complaints_of, style

pytestmark = pytest.mark.browser


def fill(browser, **values):
    for name, value in values.items():
        browser.find_element("name", name).send_keys(value)


def test_opens_the_administration_logs_in_and_sees_its_style(browser, django_site):
    browser.get(django_site.url("/admin/"))
    # Django's login page has its form in a box of 28em; without CSS it is as wide as the window.
    assert style(browser, "#container", "width") in ("392px", "448px")
    fill(browser, username="admin", password="secret-enough")
    browser.find_element("css selector", "input[type=submit]").click()
    assert browser.find_element("id", "user-tools").text.upper().startswith("WELCOME, ADMIN")
    assert style(browser, "#header", "backgroundColor") == "rgb(65, 118, 144)"


def test_uploads_a_file_through_the_form(browser, django_site, tmp_path):
    upload = tmp_path / "upload.bin"
    upload.write_bytes(bytes(range(256)) * 4000)
    browser.get(django_site.url("/"))
    fill(browser, name="A visitor", message="Hello from a browser", attachment=str(upload))
    browser.find_element("css selector", "#entry-form button").click()
    assert browser.find_element("id", "attachment-sha256").text == hashlib.sha256(upload.read_bytes()).hexdigest()
    assert browser.find_element("id", "attachment-size").text == str(upload.stat().st_size)


def test_applies_the_style_of_the_site_and_runs_its_script(browser, django_site):
    browser.get(django_site.url("/"))
    assert style(browser, ".masthead", "display") == "flex"
    assert style(browser, "body", "maxWidth") == "736px"
    # The script fills the hint below the message as one types.
    fill(browser, message="abc")
    assert browser.find_element("css selector", "[data-hint-for=id_message]").text != ""


def test_loads_every_file_of_the_page(browser, django_site):
    complaints_of(browser)  # what other pages have logged: the administration has no favicon
    browser.get(django_site.url("/"))
    loaded = browser.execute_script("return [...document.images].map(i => i.naturalWidth > 0 || i.src.endsWith('.svg') && i.complete)")
    assert loaded and all(loaded)
    assert browser.execute_script("return [...document.styleSheets].every(s => s.cssRules.length > 0)")
    assert not complaints_of(browser)


FAILING = '''
def price(basket):
    return sum(basket.values()) / len(basket)


def application(environ, start_response):
    return price({})
'''


def test_shows_a_developer_the_line_that_has_failed(browser, express):
    site = express("--debug-mode").write_project({"wsgi.py": FAILING}).start()
    browser.get(site.url("/basket"))
    assert browser.find_element("tag name", "h1").text == "ZeroDivisionError"
    lines = [line.text for line in browser.find_elements("css selector", "details[open] .here")]
    assert [line.split(maxsplit=1)[1] for line in lines] == ["return sum(basket.values()) / len(basket)", "return price({})"]
    # The style applies, though the page may load nothing.
    assert style(browser, ".here", "fontWeight") == "700"
    screen = os.environ.get("WARP_SCREENS")  # for docs/images
    if screen:
        browser.save_screenshot(os.path.join(screen, "error-page.png"))
    site.stop()
