"""Files that httpd serves by itself: document root, indexes, compression, what is never sent."""
import gzip
import os

import pytest

from support import curl

APPLICATION = '''
def application(environ, start_response):
    kind = "application/octet-stream" if environ["PATH_INFO"] == "/bytes" else "text/html"
    fields = [("Content-Type", kind), ("ETag", '"v1"')]
    if environ.get("HTTP_IF_NONE_MATCH") == '"v1"':
        start_response("304 Not Modified", fields)
        return []
    start_response("200 OK", fields)
    return [b"from the application" * 100]
'''
BY_APPLICATION = b"from the application"
CSS = "body { color: red }\n" * 100


@pytest.fixture
def served(express):
    """served(files, *arguments): a started site whose folder htdocs holds the files."""
    def start(files, *arguments):
        site = express("--document-root", "htdocs", *arguments)
        site.write_project({"wsgi.py": APPLICATION, "htdocs/robots.txt": "none", **{"htdocs/" + name: text for name, text in files.items()}})
        return site.start()

    return start


def get(site, path, *arguments):
    return curl.get(site.url(path), *arguments)


def test_files_of_the_document_root_go_before_the_application(served):
    site = served({"deep/er/page.html": "a page", "sp ace%.txt": "odd"})
    assert get(site, "/robots.txt").body == b"none"
    assert get(site, "/deep/er/page.html").fields["content-type"].startswith("text/html")
    assert get(site, "/sp%20ace%25.txt").body == b"odd"
    for path in ("/", "/deep", "/deep/er/", "/robots.txt/x", "/nothing"):
        assert get(site, path).body.startswith(BY_APPLICATION), path
    site.stop()


@pytest.mark.parametrize("name", [".htpasswd", ".git/config", "a/.hidden", "settings.py", "x.PYC", "__pycache__/a.pyc"])
def test_never_serves_hidden_files_and_python(served, name):
    site = served({name: "secret"})
    assert get(site, "/" + name).body.startswith(BY_APPLICATION)
    site.stop()


def test_never_serves_them_outside_the_application_either(express):
    site = express("--document-root", "htdocs", "--url-alias", "/files", "files", "--mount-point", "/app")
    names = (".htpasswd", ".git/config", "a/settings.py", "a/b.pyc")
    site.write_project({"wsgi.py": APPLICATION, "htdocs/a.txt": "a", "files/a.txt": "a", "htdocs/.well-known/x.txt": "x",
                        **{f"{folder}/{name}": "secret" for folder in ("htdocs", "files") for name in names}})
    site.log.allow("AH01630")
    site.start()
    for folder in ("", "/files"):
        assert get(site, folder + "/a.txt").status == 200
        for name in names:
            assert get(site, f"{folder}/{name}").status in (403, 404), name
    assert get(site, "/.well-known/x.txt").body == b"x"
    assert get(site, "/app/x").body.startswith(BY_APPLICATION)
    site.stop()


@pytest.mark.parametrize("target", ["/../wsgi.py", "/%2e%2e/wsgi.py", "/..%2fwsgi.py", "/a/../../warpdrive.toml", "/.%00./wsgi.py", "//../wsgi.py"])
def test_does_not_leave_the_folder(served, target):
    site = served({"a/b.txt": ""})
    site.log.allow("AH10244|AH00026|AH10497")
    answer = get(site, target)
    assert answer.status in (400, 404) or answer.body.startswith(BY_APPLICATION)
    site.stop()


def link_out(site):
    (site.project / "secret.txt").write_text("secret")
    (site.project / "htdocs").mkdir()
    (site.project / "htdocs/link.txt").symlink_to("../secret.txt")
    (site.project / "htdocs/folder").symlink_to("..")
    site.write_project({"wsgi.py": APPLICATION, "htdocs/page.css": CSS})
    (site.project / "htdocs/page.css.gz").symlink_to("../secret.txt")
    if os.geteuid() == 0:
        for link in ("link.txt", "folder", "page.css.gz"):
            os.chown(site.project / "htdocs" / link, (site.project / "wsgi.py").stat().st_uid, -1, follow_symlinks=False)


def test_does_not_follow_links(express):
    site = express("--document-root", "htdocs")
    site.project.mkdir()
    link_out(site)
    site.log.allow("AH00037")
    site.start()
    for path in ("/link.txt", "/folder/secret.txt"):
        answer = get(site, path)
        assert answer.status == 403 and b"secret" not in answer.body
    assert get(site, "/page.css", "--compressed").body == CSS.encode()
    site.stop()


def test_follows_links_of_the_same_owner_when_told_to(express):
    site = express("--document-root", "htdocs", "--follow-symlinks")
    site.project.mkdir()
    link_out(site)
    site.start()
    assert get(site, "/link.txt").body == b"secret"
    site.stop()


def test_serves_an_index(served):
    site = served({"index.html": "root", "docs/index.html": "docs", "empty/a.txt": "a"}, "--directory-index", "index.html")
    assert get(site, "/").body == b"root"
    assert get(site, "/docs/").body == b"docs"
    assert get(site, "/docs").fields["location"].endswith("/docs/")
    assert get(site, "/empty/").body.startswith(BY_APPLICATION)
    site.stop()


def test_lists_folders_without_what_is_never_served(served):
    site = served({"files/a.txt": "a", "files/.hidden": "", "files/b.py": ""}, "--directory-listing")
    listing = get(site, "/files/").body
    assert b"a.txt" in listing and b".hidden" not in listing and b"b.py" not in listing
    assert get(site, "/").body.startswith(BY_APPLICATION)
    site.stop()


def test_gives_hashed_names_for_ever(served):
    site = served({"site.5af66c1b1797.css": CSS, "site.css": CSS, "site.5AF66c1b1797.css": CSS})
    assert get(site, "/site.5af66c1b1797.css").fields["cache-control"] == "public, max-age=31536000, immutable"
    for name in ("/site.css", "/site.5AF66c1b1797.css", "/"):
        assert "cache-control" not in get(site, name).fields
    site.stop()


def test_prefers_a_compressed_sibling(served):
    site = served({"site.css": CSS, "site.css.br": "in brotli", "only.js": "x"})
    (site.project / "htdocs/site.css.gz").write_bytes(gzip.compress(CSS.encode()))
    plain = get(site, "/site.css")
    assert plain.body == CSS.encode() and "content-encoding" not in plain.fields
    brotli = get(site, "/site.css", "--header", "Accept-Encoding: gzip, deflate, br")
    assert (brotli.body, brotli.fields["content-encoding"]) == (b"in brotli", "br")
    gzipped = get(site, "/site.css", "--header", "Accept-Encoding: br;q=0, gzip")
    assert gzip.decompress(gzipped.body) == CSS.encode() and gzipped.fields["content-encoding"] == "gzip"
    for answer in (plain, brotli, gzipped):
        assert answer.fields["content-type"] == "text/css" and answer.fields["vary"] == "Accept-Encoding"
    assert len({answer.fields["etag"] for answer in (plain, brotli, gzipped)}) == 3
    again = get(site, "/site.css", "--header", "Accept-Encoding: br", "--header", f"If-None-Match: {brotli.fields['etag']}")
    assert again.status == 304
    assert "vary" not in get(site, "/only.js").fields
    # By its own name it is what it is.
    assert "content-encoding" not in get(site, "/site.css.gz").fields
    site.stop()


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_compresses_on_the_way_when_told_to(served, coding):
    site = served({"site.css": CSS, "a.bin": CSS}, "--compress-responses")
    accept = ("--header", f"Accept-Encoding: {coding}")
    for path in ("/site.css", "/page"):
        answer = get(site, path, *accept)
        assert answer.fields["content-encoding"] == coding and "Accept-Encoding" in answer.fields["vary"]
        assert len(answer.body) < 300
        # The filters mark the ETag; the client has the same response when it comes back with that.
        tag = answer.fields["etag"]
        assert get(site, path, *accept, "--header", f"If-None-Match: {tag}").status == 304, (path, tag)
    assert "content-encoding" not in get(site, "/site.css").fields
    assert "content-encoding" not in get(site, "/bytes", *accept).fields
    site.stop()


def test_is_not_compressed_unless_told_to(served):
    site = served({"site.css": CSS})
    for path in ("/site.css", "/page"):
        assert "content-encoding" not in get(site, path, "--header", "Accept-Encoding: br, gzip").fields
    site.stop()
