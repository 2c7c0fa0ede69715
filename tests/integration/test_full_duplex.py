"""A response flows while the request's body still comes; every wait for either side ends."""
import ssl
import subprocess
import time

import pytest

from support.hostile_site import directives, program_folder, unharmed, url
from support.httpd import modules_directory

TIMEOUT = 2


@pytest.fixture(scope="module")
def site(module_httpd, prefix):
    with program_folder(prefix) as folder:
        started = module_httpd(directives(folder, "request-timeout=20", f"Timeout {TIMEOUT}"))
        started.log.allow(r"said \d")
        yield started
        started.stop()


@pytest.fixture(autouse=True)
def _unharmed(site):
    with unharmed(site):
        yield


def begun(connection, *framing):
    connection.send_head("POST", url("duplex"), *framing)
    return connection.read_head()


@pytest.mark.parametrize("framing", ["Content-Length: 70000", "Transfer-Encoding: chunked"])
def test_shows_the_response_while_the_body_is_awaited(site, framing):
    with site.connect() as connection:
        assert begun(connection, framing).status == 200
        connection.read_until(b"piece 4\n")
        body = b"x" * 70_000
        if framing.startswith("Content"):
            connection.send(body)
        else:
            connection.send_chunk(body)
            connection.send(b"0\r\n\r\n")
        connection.read_until(b"heard 70000\n")


def test_logs_while_the_body_is_awaited(site):
    with site.connect() as connection:
        begun(connection, "Content-Length: 10")
        site.log.expect(r"\] said 4")
        connection.send(b"0123456789")
        connection.read_until(b"heard 10\n")


def test_takes_a_body_that_comes_in_small_pieces(site):
    with site.connect() as connection:
        begun(connection, "Content-Length: 10")
        for digit in b"0123456789":
            connection.send(bytes([digit]))
            time.sleep(0.01)
        connection.read_until(b"heard 10\n")


def test_gives_up_on_a_silent_client_after_httpds_timeout(site):
    with site.connect() as connection:
        begun(connection, "Content-Length: 10")
        start = time.monotonic()
        rest = connection.read_to_end()
        assert TIMEOUT - 0.5 < time.monotonic() - start < TIMEOUT + 3
        assert b"heard" not in rest and not rest.endswith(b"0\r\n\r\n")


def test_answers_408_when_nothing_has_been_sent_yet(site):
    with site.connect() as connection:
        connection.send_head("POST", url("credit-100"), "Content-Length: 10")
        assert connection.read_head().status == 408


def test_notices_a_client_that_leaves(site):
    with site.connect() as connection:
        begun(connection, "Content-Length: 10")
    # The fixture sees that the descriptors are given back.


@pytest.fixture
def tls_site(httpd, prefix, tmp_path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"], check=True, capture_output=True)
    with program_folder(prefix) as folder:
        started = httpd(directives(folder, "", f"LoadModule ssl_module {modules_directory()}/mod_ssl.so\nSSLEngine on\n"
                                   f"SSLCertificateFile {tmp_path}/certificate\nSSLCertificateKeyFile {tmp_path}/key"))
        # About the certificate, and about two builds of OpenSSL.
        started.log.allow(r"said \d|\[ssl:warn\]")
        yield started
        started.stop()


@pytest.mark.parametrize("size", [10, 16_000])
def test_works_over_tls(tls_site, size):
    """A record is decrypted as a whole: what a read leaves of it shows on no socket."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    body = b"x" * size
    with tls_site.connect() as connection:
        connection.socket = context.wrap_socket(connection.socket)
        begun(connection, f"Content-Length: {size}")
        connection.read_until(b"piece 4\n")
        connection.send(body)
        connection.read_until(b"heard %d\n" % size)
    with tls_site.connect() as connection:
        connection.socket = context.wrap_socket(connection.socket)
        connection.send_head("POST", url("credit-100"), f"Content-Length: {size}")
        # Not before it is asked for: a preload would take it all.
        time.sleep(0.2)
        connection.send(body)
        assert connection.read_response().body == b"%d" % size
