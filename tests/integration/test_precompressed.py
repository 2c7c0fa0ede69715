"""WarpPrecompressed in a hand-written httpd.conf: what else httpd makes of the same files."""
import gzip

import pytest

from support import curl
from support.httpd import modules_directory

GZIP = ("--header", "Accept-Encoding: gzip")
LOAD = "\n".join(f"LoadModule {name}_module {modules_directory()}/mod_{name}.so" for name in ("dir", "include"))
DIRECTIVES = f"""
{LOAD}
DocumentRoot ${{SCRATCH}}
AddType text/html .html .shtml
AddOutputFilter INCLUDES .shtml
<Directory ${{SCRATCH}}>
    Require all granted
    Options +Includes
    DirectoryIndex index.html
    WarpPrecompressed On
</Directory>
"""
FILES = {
    "index.html": "the index",
    "part.html": "the part",
    "page.shtml": '[<!--#include virtual="/part.html" -->]',
    "app.js": "the script",
}


@pytest.fixture(scope="module")
def site(module_httpd):
    started = module_httpd(DIRECTIVES)
    for name, text in FILES.items():
        path = started.scratch / name
        path.write_text(text)
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(text.encode()))
    for path in started.scratch.iterdir():
        path.chmod(0o644)
    (started.scratch / "page.shtml.gz").unlink()
    return started


def get(site, path):
    return curl.get(site.url(path), *GZIP)


def test_a_file_and_an_index_are_sent_compressed(site):
    for path, text in (("/app.js", b"the script"), ("/", b"the index"), ("/index.html", b"the index")):
        response = get(site, path)
        assert (response.fields["content-encoding"], gzip.decompress(response.body)) == ("gzip", text), path
        assert response.fields["vary"] == "Accept-Encoding"


def test_a_part_of_a_page_is_not(site):
    response = get(site, "/page.shtml")
    assert response.body == b"[the part]" and "content-encoding" not in response.fields


def test_a_sibling_that_cannot_be_read_is_not_there(site):
    sibling = site.scratch / "app.js.gz"
    sibling.chmod(0)
    try:
        response = get(site, "/app.js")
    finally:
        sibling.chmod(0o644)
    assert (response.status, response.body) == (200, b"the script")
    assert "content-encoding" not in response.fields
