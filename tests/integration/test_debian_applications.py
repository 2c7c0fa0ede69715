"""Applications as Debian packages them, unchanged: one command each."""
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

MAILMAN = Path("/usr/share/mailman3-web")


@pytest.mark.skipif(not MAILMAN.exists(), reason="mailman3-web is not installed")
def test_serves_mailmans_django_site_with_its_static_files(express):
    site = express()
    site.project = MAILMAN
    site.start()
    page = site.fetch("/accounts/login/")
    assert page.status == 200
    styles = re.findall(r'href="(/[^"]+\.css)"', page.body.decode())
    assert styles
    for path in styles:
        style = site.fetch(path)
        assert style.status == 200 and style.head.get("Content-Type") == "text/css"
        # Django sends none with a static file, and no file of the collected ones is its own business.
        assert style.head.get("ETag")


@pytest.mark.skipif(find_spec("radicale") is None, reason="python3-radicale is not installed")
def test_serves_radicale(express):
    site = express("radicale:application")
    # Its own default is /var/lib/radicale, which is there with its service only.
    site.write_project({"config": f"[storage]\nfilesystem_folder = {site.scratch}/calendars\n"})
    site.more_environment = {"RADICALE_CONFIG": str(site.project / "config")}
    site.start()
    page = site.fetch("/.web/")
    assert page.status == 200 and b"Radicale" in page.body


@pytest.mark.skipif(find_spec("httpbin") is None, reason="python3-httpbin is not installed")
def test_serves_httpbin_a_flask_application(express):
    site = express("httpbin:app").write_project({"README": "requests"})
    site.start()
    assert b"httpbin(1)" in site.fetch("/").body
    assert site.fetch("/status/418").status == 418
