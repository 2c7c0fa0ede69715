"""HTTP/2 of start-server, by nghttp2's own programs: streams beside each other, flow control, and ends that are none."""
import hashlib
import os
import re
import subprocess

import pytest

from support.certificates import Certificates
from support.express import Express
from support.ports import free_port

APPLICATION = '''
import hashlib, threading

meeting = threading.Barrier(4)
LARGE = bytes(range(256)) * 16384


def cut():
    yield b"begun"
    raise RuntimeError("cut on purpose")


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/meet":
        meeting.wait(20)
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Protocol", environ["SERVER_PROTOCOL"])])
    if path == "/cut":
        return cut()
    return [LARGE if path == "/large" else hashlib.sha256(body).hexdigest().encode()]
'''
LARGE = bytes(range(256)) * 16384


@pytest.fixture(scope="module")
def site(prefix):
    made = Express(prefix, "--processes", "1", "--threads", "5", "--http2")
    made.https_port = free_port()
    certificates = Certificates(made.directory / "certificates")
    made.arguments += ("--https-port", str(made.https_port), "--ssl-certificate", certificates.path("server"))
    made.log.allow("AH01882")  # a libssl older than the one that Debian has built mod_ssl with
    try:
        yield made.write_project({"wsgi.py": APPLICATION}).start()
        made.stop()
    finally:
        made.discard()


@pytest.fixture(params=["http", "https"])
def url(request, site):
    """Of a path; over TLS the protocol is agreed on by ALPN, without it the client starts with HTTP/2."""
    port = {"http": site.port, "https": site.https_port}[request.param]
    return lambda path: f"{request.param}://127.0.0.1:{port}{path}"


def nghttp(*arguments):
    done = subprocess.run(["nghttp", "--no-verify-peer", "--timeout", "30", *arguments], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def frames(*arguments):
    """What nghttp says of each frame."""
    return nghttp("--verbose", "--null-out", "--no-dep", *arguments).decode()


def statuses(said):
    return re.findall(r"recv \(stream_id=\d+\) :status: (\d+)", said)


def test_agrees_on_http2_by_alpn(site):
    said = frames(f"https://127.0.0.1:{site.https_port}/")
    assert "The negotiated protocol: h2" in said
    assert statuses(said) == ["200"] and "x-protocol: HTTP/2.0" in said


def test_serves_the_streams_of_a_connection_at_the_same_time(url):
    assert statuses(frames("--multiply", "4", url("/meet"))) == ["200"] * 4


def test_takes_a_body_that_is_larger_than_the_window(url, tmp_path):
    body = tmp_path / "body"
    body.write_bytes(os.urandom(300_000))
    assert nghttp("--data", body, url("/")).decode() == hashlib.sha256(body.read_bytes()).hexdigest()


def test_sends_no_faster_than_the_client_s_window_allows(url):
    assert nghttp("--window-bits", "14", "--connection-window-bits", "14", url("/large")) == LARGE
    said = frames("--window-bits", "14", "--connection-window-bits", "14", url("/large"))
    sizes = [int(size) for size in re.findall(r"recv DATA frame <length=(\d+)", said)]
    assert sum(sizes) == len(LARGE) and max(sizes) < 1 << 14
    assert said.count("send WINDOW_UPDATE frame") > len(LARGE) >> 14


def test_resets_the_stream_of_a_response_that_is_cut_short_and_no_other(site, url):
    site.log.allow(r"cut on purpose|exception in the application|Traceback|response broken off|File \"|raise RuntimeError")
    said = frames(url("/cut"), url("/"))
    (reset,) = re.findall(r"recv RST_STREAM frame <length=4, flags=0x00, stream_id=(\d+)>\s+\(error_code=(\w+)", said)
    assert reset[1] != "NO_ERROR"
    whole = set(re.findall(r"recv DATA frame <length=\d+, flags=0x01, stream_id=(\d+)>", said))
    assert len(whole) == 1 and reset[0] not in whole


def test_serves_several_connections_with_many_streams(url):
    done = subprocess.run(["h2load", "--requests", "200", "--clients", "4", "--max-concurrent-streams", "10", url("/")],
                          capture_output=True, text=True, timeout=60, check=True)
    assert "200 total, 200 started, 200 done, 200 succeeded, 0 failed, 0 errored, 0 timeout" in done.stdout
    assert "status codes: 200 2xx" in done.stdout
