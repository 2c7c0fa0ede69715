"""Directives about single requests: WarpMapHEADToGET, WarpErrorOverride, WarpChunkedRequest, WarpPassAuthorization, and the bound on heads."""
import json

import pytest

from support.httpd import modules_directory

CONFIG = f"""
LoadModule deflate_module {modules_directory()}/mod_deflate.so
LoadModule filter_module {modules_directory()}/mod_filter.so
WarpDaemonProcess site request-head-size=16384
WarpDaemonProcess environ
WarpScriptAlias / ${{APPS}}/method.py process-group=site
WarpScriptAlias /environ ${{APPS}}/environ.py process-group=environ
ErrorDocument 404 "from httpd"
ErrorDocument 503 "from httpd"
LimitRequestFieldSize 60000
<Location /deflated>
    SetOutputFilter DEFLATE
</Location>
<Location /get>
    WarpMapHEADToGET On
</Location>
<Location /deflated/head>
    WarpMapHEADToGET Off
</Location>
<Location /pages>
    WarpErrorOverride On
    WarpChunkedRequest Off
</Location>
<Location /pages/own>
    WarpErrorOverride Off
</Location>
<Location /environ/passed>
    WarpPassAuthorization On
</Location>
"""


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(CONFIG)


def method_seen(site, path, *fields):
    return site.fetch(path, "HEAD", *fields).head.get("X-Method")


def test_head_stays_head_without_filters_of_httpd(site):
    assert method_seen(site, "/") == "HEAD"


def test_head_becomes_get_where_a_filter_needs_the_body(site):
    assert method_seen(site, "/deflated", "Accept-Encoding: gzip") == "GET"


def test_head_of_a_filtered_response_has_the_head_of_its_get(site):
    get, head = (site.fetch("/deflated", method, "Accept-Encoding: gzip") for method in ("GET", "HEAD"))
    assert get.head.get("Content-Encoding") == head.head.get("Content-Encoding") == "gzip"
    assert head.body == b""


def test_head_becomes_get_where_the_directive_says_so(site):
    assert method_seen(site, "/get") == "GET"


def test_head_stays_head_where_the_directive_says_so(site):
    assert method_seen(site, "/deflated/head", "Accept-Encoding: gzip") == "HEAD"


def test_errors_keep_the_application_s_body_by_default(site):
    assert site.fetch("/?404").body.startswith(b"from the application")


@pytest.mark.parametrize("status", [404, 503])
def test_errors_get_the_body_of_httpd_where_the_directive_says_so(site, status):
    response = site.fetch(f"/pages?{status}")
    assert (response.status, response.body) == (status, b"from httpd")


def test_other_responses_keep_their_body_where_errors_are_overridden(site):
    assert site.fetch("/pages").body.startswith(b"from the application")


def test_an_inner_section_takes_error_override_back(site):
    assert site.fetch("/pages/own?404").body.startswith(b"from the application")


def send_chunked(site, path):
    with site.connect() as connection:
        connection.send_head("POST", path, "Transfer-Encoding: chunked")
        connection.send_chunk(b"body")
        connection.send_chunk(b"")
        return connection.read_response().status


def test_chunked_requests_are_taken_by_default(site):
    assert send_chunked(site, "/") == 200


def test_chunked_requests_are_refused_where_the_directive_says_so(site):
    site.log.allow("AH01592|chunked Transfer-Encoding forbidden")
    assert send_chunked(site, "/pages") == 411


def test_authorization_is_passed_in_a_section_that_says_so(site):
    for path, is_passed in (("/environ", False), ("/environ/passed", True)):
        found = json.loads(site.fetch(path, "GET", "Authorization: Basic YTpi").body)
        assert ("HTTP_AUTHORIZATION" in found) == is_passed


def test_a_head_over_the_bound_is_answered_431(site):
    assert site.fetch("/", "GET", "X-Large: " + "x" * 15000).status == 200
    assert site.fetch("/", "GET", "X-Large: " + "x" * 17000).status == 431


WRONG = {
    "map neither": ("WarpMapHEADToGET Maybe\n", "Maybe"),
    "override neither": ("WarpErrorOverride Maybe\n", "WarpErrorOverride"),
    "chunked neither": ("WarpChunkedRequest Maybe\n", "WarpChunkedRequest"),
    "head size too small": ("WarpDaemonProcess a request-head-size=1\n", "request-head-size=1 is not a number from"),
    "window too large": ("WarpDaemonProcess a response-window=99999999\n", "response-window=99999999"),
    "relative sendfile-path": ("WarpDaemonProcess a sendfile-path=files\n", "sendfile-path=files"),
    "callable in a section": ("<Location />\nWarpCallableObject app\n</Location>\n", "not allowed"),
}


@pytest.mark.parametrize("directives, named", WRONG.values(), ids=WRONG)
def test_names_the_mistake(unstarted_httpd, directives, named):
    status, text = unstarted_httpd(directives).check_config()
    assert status != 0 and named in text
