"""WarpTrustedRequestId: a request keeps the name that a proxy has given it."""
import json

import pytest

from support.httpd import mounts

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("environ") + "\n<Location />\nWarpTrustedRequestId X-Request-Id traceparent\n</Location>\n"
                        "<Location /environ/foreign>\nWarpTrustedProxies 192.0.2.0/24\n</Location>\n"
                        "<Location /environ/off>\nWarpTrustedRequestId X-Correlation-Id\n</Location>\n")


def ids(site, path, *fields):
    """What the application sees, and what the client is told."""
    response = site.fetch(path, "GET", *fields)
    assert response.status == 200
    return json.loads(response.body)["warp.request_id"], response.head.all("X-Request-Id")


def test_is_taken_from_the_first_field_that_has_one(site):
    assert ids(site, "/environ", "X-Request-Id: from-proxy", f"traceparent: {TRACE}") == ("from-proxy", ["from-proxy"])
    trace = TRACE.split("-")[1]
    assert ids(site, "/environ", f"traceparent: {TRACE}") == (trace, [trace])


@pytest.mark.parametrize("value", ["a b", "a%22b\"", "x" * 129, "[forged]"])
def test_is_httpds_own_when_that_is_malformed(site, value):
    seen, told = ids(site, "/environ", f"X-Request-Id: {value}")
    assert told == [seen]
    assert seen != value


@pytest.mark.parametrize("path", ["/environ", "/environ/foreign", "/environ/off"])
@pytest.mark.parametrize("trace", [TRACE, "00-0-0-0", TRACE.replace("-01", "-01-more")])
def test_leaves_the_trace_to_the_application(site, path, trace):
    """Believed or not, well-formed or not."""
    state = "vendor=opaque,other=1"
    response = site.fetch(path, "GET", f"traceparent: {trace}", f"tracestate: {state}")
    seen = json.loads(response.body)
    assert (seen["HTTP_TRACEPARENT"], seen["HTTP_TRACESTATE"]) == (trace, state)
    assert (seen["warp.request_id"] == trace.split("-")[1]) == (path == "/environ" and trace == TRACE)


def test_is_httpds_own_when_there_are_two(site):
    seen, told = ids(site, "/environ", "X-Request-Id: one", "X-Request-Id: two")
    assert (told, seen not in ("one", "two", "one, two")) == ([seen], True)


def test_is_not_taken_from_a_stranger(site):
    seen, told = ids(site, "/environ/foreign", "X-Request-Id: from-proxy")
    assert (told, seen != "from-proxy") == ([seen], True)


def test_is_not_taken_from_a_field_that_is_not_named(site):
    assert ids(site, "/environ/off", "X-Request-Id: from-proxy")[0] != "from-proxy"


def test_names_the_lines_of_the_application(unstarted_httpd):
    site = unstarted_httpd("WarpDaemonProcess site\nWarpScriptAlias / ${SCRATCH}/site.py\nWarpTrustedRequestId X-Request-Id\n")
    (site.scratch / "site.py").write_text('''
def application(environ, start_response):
    print("hello from", environ["PATH_INFO"], file=environ["wsgi.errors"])
    own = [("X-Request-Id", "mine")] if environ["PATH_INFO"] == "/own" else []
    start_response("200 OK", own)
    return [b""]
''')
    site.start()
    assert site.fetch("/", "GET", "X-Request-Id: abc-1").head.all("X-Request-Id") == ["abc-1"]
    site.log.expect(r"\[abc-1\] hello from /")
    assert site.fetch("/own", "GET", "X-Request-Id: abc-2").head.all("X-Request-Id") == ["mine"]
    site.log.expect(r"\[abc-2\] hello from /own")
    site.stop()


def test_is_told_with_an_error_too(httpd):
    site = httpd("WarpDaemonProcess site\nWarpScriptAlias / ${APPS}/dying.py\nWarpTrustedRequestId X-Request-Id\n")
    site.log.allow(r"\[warp:")
    response = site.fetch("/die", "GET", "X-Request-Id: abc-1")
    assert response.status in (502, 503)
    assert response.head.all("X-Request-Id") == ["abc-1"]


def test_refuses_a_field_that_is_none(unstarted_httpd):
    status, text = unstarted_httpd("WarpTrustedRequestId X-Id\n").check_config()
    assert status != 0
    assert "'X-Id' is not a header field with a request's id; there are: X-Request-Id, X-Correlation-Id, traceparent" in text
