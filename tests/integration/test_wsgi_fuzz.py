"""Whatever start_response is given, it refuses with an exception or makes a well-formed response; the worker lives on."""
import os
import re

import pytest

from support.httpd import mounts
from support.raw_http import Broken

hypothesis = pytest.importorskip("hypothesis")
from hypothesis import HealthCheck, given, settings, strategies as st  # noqa: E402

# CI looks at many more.
EXAMPLES = int(os.environ.get("WARP_FUZZ_EXAMPLES", "400"))
HOP_BY_HOP = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "trailers",
              "transfer-encoding", "upgrade"}
OF_HTTPD = {"date", "server", "content-length", "transfer-encoding", "connection", "keep-alive", "content-type", "x-refused"}

texts = st.one_of(st.text(max_size=20), st.text("azAZ09-_ :\r\n\t\0\x7f\xe9\xff", max_size=12))
names = st.one_of(st.sampled_from(["Content-Type", "X-A", "Set-Cookie", "Connection", "te", "Content-Length", "ETag", "Location"]), texts)
values = st.one_of(texts, st.sampled_from(["8", "-1", "8 ", "text/plain", "a=b"]), st.none(), st.integers(), st.binary(max_size=4))
pairs = st.one_of(st.tuples(names, values), st.tuples(names), st.lists(names, max_size=2), values)
headers = st.one_of(st.lists(st.tuples(names, texts), max_size=5), st.lists(pairs, max_size=4), pairs)
statuses = st.one_of(st.integers(0, 1100).map("{:03d} Reason".format), st.sampled_from(["200 OK", "404 ", "299"]), texts, values)
calls = st.one_of(st.tuples(statuses, headers), st.tuples(st.just("200 OK"), headers), st.tuples(st.just("200 OK"), headers, values),
                  st.lists(values, max_size=4).map(tuple))


@pytest.fixture(scope="module")
def site(module_httpd):
    started = module_httpd(mounts("fuzz_start"))
    started.log.allow("Content-Length|has not called start_response")
    return started


def is_latin(text):
    return isinstance(text, str) and all(ord(character) < 256 for character in text)


def is_value(text):
    return is_latin(text) and not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)


def is_field(pair):
    if not (isinstance(pair, tuple) and len(pair) == 2 and is_latin(pair[0]) and is_value(pair[1])):
        return False
    name, value = pair
    if name.lower() == "content-length" and not re.fullmatch(r"[ \t]*[0-9]{1,19}[ \t]*", value):
        return False
    return bool(re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name)) and name.lower() not in HOP_BY_HOP


def is_right(call):
    if not 2 <= len(call) <= 3 or (len(call) == 3 and call[2] is not None):
        return False
    status, fields = call[:2]
    if not (is_value(status) and re.fullmatch(r"[2-9][0-9]{2}( .*)?", status, re.DOTALL) and isinstance(fields, list)):
        return False
    lengths = {pair[1].strip(" \t").lstrip("0") for pair in fields if is_field(pair) and pair[0].lower() == "content-length"}
    return len(lengths) < 2 and all(map(is_field, fields))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(call=calls, kind=st.sampled_from(["", "subclass"]))
def test_start_response_refuses_or_is_well_formed(site, call, kind):
    with site.connect() as connection:
        connection.send_head("POST", f"/fuzz_start?{kind}", f"Content-Length: {len(ascii(call))}")
        connection.send(ascii(call).encode())
        head = connection.read_head()
        is_refused = head.get("X-Refused") is not None and head.status == 200
        assert is_refused != is_right(call), (call, head)
        given_names = {pair[0].lower() for pair in call[1]} if not is_refused else set()
        assert {name.lower() for name, _ in head.fields} <= given_names | OF_HTTPD, head
        try:
            connection.read_body(head)
        except (Broken, ConnectionError):
            # A Content-Length that the body does not have.
            assert "content-length" in given_names


def test_the_worker_is_still_the_same(site):
    assert len(site.workers()) == 1
    assert site.log.count("worker started") == 1
