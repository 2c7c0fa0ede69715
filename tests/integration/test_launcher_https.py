"""start-server with HTTPS: what browsers and tools get, and what is refused."""
import json
import socket
import subprocess

import pytest

from support import curl
from support.certificates import Certificates
from support.ports import free_port

APPLICATION = '''
import json


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({k: v for k, v in environ.items() if isinstance(v, str)}).encode()]
'''


class Https:
    """A site with certificates, not started yet."""

    def __init__(self, express, *arguments):
        self.port = free_port()
        self.site = express("--https-port", str(self.port))
        self.certificates = Certificates(self.site.directory / "certificates")
        self.site.arguments += ("--ssl-certificate", self.certificates.path("server"), *arguments)
        self.site.write_project({"wsgi.py": APPLICATION})
        # A libssl older than the one that Debian has built mod_ssl with.
        self.site.log.allow("AH01882")

    def url(self, path="/", host="localhost"):
        return f"https://{host}:{self.port}{path}"

    def get(self, path="/", *arguments, host="localhost"):
        return curl.get(self.url(path, host), *self._trust(host), *arguments)

    def fails(self, *arguments):
        return curl.run(self.url(), *self._trust("localhost"), *arguments).returncode

    def _trust(self, host):
        return ("--cacert", self.certificates.path("ca.crt"), "--resolve", f"{host}:{self.port}:127.0.0.1")


@pytest.fixture
def https(express):
    return lambda *arguments: Https(express, *arguments)


def test_serves_both_schemes(https):
    server = https()
    server.site.start()
    assert json.loads(server.get().body)["REQUEST_SCHEME"] == "https"
    assert json.loads(server.site.fetch("/").body)["REQUEST_SCHEME"] == "http"
    assert f"Server URL (HTTPS)      : https://127.0.0.1:{server.port}/" in server.site.output()
    server.site.stop()


def test_speaks_no_old_tls_and_no_weak_cipher(https):
    server = https()
    server.site.start()
    assert server.get("/", "--tlsv1.3").status == 200
    assert server.get("/", "--tls-max", "1.2").status == 200
    # The client's own security level would refuse these before the server does.
    assert server.fails("--tls-max", "1.1", "--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0") == 35
    for cipher in ("AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384"):
        assert server.fails("--tls-max", "1.2", "--ciphers", cipher + ":@SECLEVEL=0") == 35, cipher
    server.site.stop()


def test_is_found_safe_by_testssl(https):
    server = https("--https-only", "--hsts-policy", "max-age=31536000", "--http2")
    server.site.log.allow("SSL_do_handshake|AH02008|AH02042|AH10157|AH00566")
    server.site.start()
    report = server.site.scratch / "report.json"
    # Protocols, server's preference, forward secrecy, known weaknesses, header fields; not the certificate, which is a test's.
    subprocess.run(["testssl", "--quiet", "--color", "0", "--warnings", "off", "-p", "-P", "-f", "-U", "-h", "--jsonfile", report,
                    server.url()], stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    findings = json.loads(report.read_text())
    assert len(findings) > 50
    # That one is about the client's own openssl.
    assert [each for each in findings if each["id"] != "engine_problem"
            and each["severity"] in ("LOW", "MEDIUM", "HIGH", "CRITICAL", "FATAL", "WARN")] == []
    server.site.stop()


def test_resumes_sessions_without_tickets(https, tmp_path):
    server = https()
    server.site.start()

    def connect(*options):
        # The answer tells that the server has the session in its cache; after the handshake alone it may not have it yet.
        return subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", "-tls1_2", "-ign_eof", *options],
            input=b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            capture_output=True, timeout=30, check=True).stdout

    first = connect("-sess_out", tmp_path / "session")
    assert (b"New, TLSv1.2" in first, b"HTTP/1.1 200" in first, b"TLS session ticket:" in first) == (True, True, False)
    for _ in range(3):
        again = connect("-sess_in", tmp_path / "session")
        assert (b"Reused, TLSv1.2" in again, b"HTTP/1.1 200" in again) == (True, True)
    server.site.stop()


def test_speaks_http2_when_told_to(https):
    server = https("--http2")
    server.site.start()
    assert server.get("/", "--http2").version == "2"
    assert server.get("/", "--http1.1").version == "1.1"
    assert curl.get(server.site.url(), "--http2-prior-knowledge").version == "2"
    server.site.stop()


def test_redirects_all_http_to_https(https):
    server = https("--https-only", "--hsts-policy", "max-age=3600")
    server.site.start()
    for target in ("/", "/a%20b/%3f%0d%0aX%25;x?q=1%20&r=%3f", "//other.example/x", "/a?"):
        answer = curl.get(server.site.url(target))
        assert (answer.status, answer.fields["location"]) == (308, f"https://127.0.0.1:{server.port}{target}")
        assert "strict-transport-security" not in answer.fields
    # The form that proxies send.
    answer = curl.get("http://127.0.0.1/abs?b", "--proxy", server.site.url())
    assert answer.fields["location"] == f"https://127.0.0.1:{server.port}/abs?b"
    assert server.get().fields["strict-transport-security"] == "max-age=3600"
    server.site.stop()


def test_wants_certificates_of_clients(https):
    server = https("--https-only", "--ssl-environment")
    server.site.arguments += ("--ssl-ca-certificate-file", server.certificates.path("ca.crt"))
    server.site.start()
    assert server.fails() in (35, 56)
    answer = server.get("/", "--cert", server.certificates.path("client.crt"), "--key", server.certificates.path("client.key"))
    environ = json.loads(answer.body)
    assert (environ["SSL_CLIENT_S_DN"], environ["SSL_CLIENT_VERIFY"]) == ("CN=alice", "SUCCESS")
    server.site.stop()


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_wants_certificates_of_clients_where_it_is_told_to(https, version):
    server = https("--ssl-verify-client", "/admin", "--http2")
    server.site.arguments += ("--ssl-ca-certificate-file", server.certificates.path("ca.crt"))
    server.site.log.allow("AH01630")
    server.site.start()
    assert server.get("/", version).status == 200
    assert server.get("/admin/x", version).status == 403
    assert server.site.fetch("/admin/x").status == 403
    known = ("--cert", server.certificates.path("client.crt"), "--key", server.certificates.path("client.key"))
    assert server.get("/admin/x", version, *known).status == 200
    server.site.stop()


def test_serves_only_its_names(https):
    server = https("--server-name", "www.example.org", "--server-alias", "*.example.org", "--allow-localhost")
    server.site.log.allow("AH10157")
    server.site.start()
    for host in ("www.example.org", "other.example.org", "localhost"):
        assert server.get("/", host=host).status == 200, host
    assert server.get("/", "--header", "Host: attacker.example").status == 400
    for host, status in (("www.example.org", 200), ("127.0.0.1", 200), ("[::1]", 200), ("attacker.example", 400)):
        assert curl.get(server.site.url(), "--header", f"Host: {host}").status == status, host
    assert f"Server URL              : http://www.example.org:{server.site.port}/" in server.site.output()
    server.site.stop()


def test_says_that_the_key_is_of_another_certificate(https):
    server = https()
    server.site.arguments = ("--https-port", str(server.port), "--ssl-certificate-file", server.certificates.path("server.crt"),
                             "--ssl-certificate-key-file", server.certificates.path("other.key"))
    _, said = server.site.run_to_failure()
    assert "do not match" in said and "other.key" in said


def test_says_all_that_is_wrong_at_once(express):
    site = express("--https-only", "--ssl-certificate", "nowhere", "--rotate-logs", "--log-to-terminal",
                   "--error-document", "200", "/x").write_project({"wsgi.py": APPLICATION})
    status, said = site.run_to_failure()
    assert status == 2
    for text in ("https-only needs https-port", "ssl-certificate needs https-port", "rotate-logs and log-to-terminal contradict",
                 "'200' is not a status from 400 to 599"):
        assert text in said


def test_says_that_the_port_is_in_use(https):
    server = https()
    with socket.create_server(("127.0.0.1", server.port)):
        _, said = server.site.run_to_failure()
    assert "in use" in said and "choose another --https-port" in said
