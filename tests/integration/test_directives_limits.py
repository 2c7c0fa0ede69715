"""The group options that bound heads and buffers: response-head-size, preload-size, response-window. (request-head-size: test_directives_request.py)"""
import hashlib

import pytest

CONFIG = "\n".join(
    f"WarpDaemonProcess {name} {option}\nWarpScriptAlias /{name} ${{APPS}}/{app}.py process-group={name}" for name, option, app in (
        ("head", "response-head-size=4096", "headers"),
        ("unpreloaded", "preload-size=0", "input_digest"),
        ("preloaded", "preload-size=131064", "input_digest"),
        ("window", "response-window=4096", "megabytes"),
    ))


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(CONFIG)


def test_a_response_head_over_the_bound_is_answered_502(site):
    assert site.fetch("/head/large?3000").status == 200
    assert site.fetch("/head/large?5000").status == 502
    site.log.expect("response-head-size=4096")


@pytest.mark.parametrize("name", ["unpreloaded", "preloaded"])
@pytest.mark.parametrize("size", [0, 1, 100_000, 1_000_000])
def test_a_body_arrives_whole_however_much_comes_with_the_head(site, name, size):
    body = bytes(i % 251 for i in range(size))
    answer = site.fetch(f"/{name}", "POST", "Content-Type: text/plain", body=body).body.decode()
    assert answer == f"{size} {hashlib.sha256(body).hexdigest()}"


def test_a_response_arrives_whole_through_a_small_window(site):
    assert len(site.fetch("/window?3").body) == 3 << 20
