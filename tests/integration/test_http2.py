"""What differs for a client of HTTP/2, whose streams share a connection: hints, files, bodies both ways."""
import subprocess

import pytest

from support.hostile_site import directives, program_folder, url
from support.httpd import modules_directory

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd, prefix):
    with program_folder(prefix) as folder:
        started = module_httpd(directives(folder, "", f"LoadModule http2_module {modules_directory()}/mod_http2.so\n"
                                          "Protocols h2c http/1.1\nH2EarlyHints on"))
        started.log.allow(r"said \d")
        yield started
        started.stop()


def curl(site, name, *arguments):
    return subprocess.run(["curl", "--silent", "--show-error", "--http2-prior-knowledge", "--max-time", "30", *arguments, site.url(url(name))],
                          capture_output=True, check=True).stdout


def test_passes_early_hints_on(site):
    shown = curl(site, "interims-16", "--include").lower()
    assert shown.count(b"http/2 103") == 16
    assert shown.count(b"link: </style.css>; rel=preload") == 16
    assert shown.endswith(b"\r\n\r\ngood")


def test_sends_a_file(site):
    assert len(curl(site, "file-mib")) == 1 << 20


def test_cuts_out_a_range_of_a_file(site):
    assert curl(site, "file-validated", "--range", "4-9") == b"goodgo"


@pytest.mark.parametrize("way", ["credit-100", "credit-4-gib"])
def test_takes_a_body(site, way):
    assert int(curl(site, way, "--data-binary", "x" * 70_000)) > 0


def test_takes_a_body_while_it_answers(site):
    shown = curl(site, "duplex", "--data-binary", "x" * 70_000)
    assert shown.startswith(b"piece 0\n") and b"heard " in shown


def test_breaks_a_cut_response(site):
    site.log.allow("response broken off")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        curl(site, "cut-off")
    assert b"was not closed cleanly" in failed.value.stderr
