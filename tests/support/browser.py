"""Chromium, driven by Selenium."""
import contextlib
import shutil
import tempfile

import pytest

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
# Without these it looks for Google's servers, and as root it does not start at all.
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1200,900",
             # ChromeDriver would look up localhost, which a fresh Debian root has no /etc/hosts for.
             "--remote-debugging-pipe")


def driver_on(address, service, utils):
    """ChromeDriver, spoken to by address: a fresh Debian root has no /etc/hosts that says what localhost is."""
    class Service(service.Service):
        service_url = property(lambda self: f"http://{address}:{self.port}")

        def is_connectable(self):
            return utils.is_connectable(self.port, address)

    return Service(DRIVER)


@contextlib.contextmanager
def chromium():
    """A browser with a profile of its own; skips the test where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="python3-selenium is not installed")
    service = pytest.importorskip("selenium.webdriver.chrome.service")
    utils = pytest.importorskip("selenium.webdriver.common.utils")
    if not shutil.which(CHROMIUM) or not shutil.which(DRIVER):
        pytest.skip(f"{CHROMIUM} or {DRIVER} is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    with tempfile.TemporaryDirectory(prefix="warp-chromium-") as profile:
        for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        started = webdriver.Chrome(service=driver_on("127.0.0.1", service, utils), options=options)
        try:
            started.set_page_load_timeout(30)
            started.implicitly_wait(10)
            yield started
        finally:
            started.quit()


def style(browser, selector, name):
    return browser.execute_script("return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, name)


def complaints_of(browser):
    """What the pages since the last call have brought into the browser's console as errors."""
    return [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
