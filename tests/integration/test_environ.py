"""The WSGI environ, seen by an application under wsgiref.validate."""
import ast
import base64
import hashlib
import json
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from support.httpd import modules_directory, mounts
from support.ports import free_port

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("environ") + """
        WarpDaemonProcess many processes=2 threads=1
        WarpScriptAlias /many ${APPS}/environ.py process-group=many pass-authorization=On
        SetEnv FROM_CONFIG "a value"
    """)


def environ(site, path, *fields, method="GET", body=b""):
    response = site.fetch(path, method, *fields, body=body)
    assert response.status == 200
    return json.loads(response.body)


def test_splits_the_path_at_the_mount(site):
    found = environ(site, "/environ/a/b")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == ("/environ", "/a/b")


def test_has_an_empty_path_info_at_the_mount_itself(site):
    found = environ(site, "/environ")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == ("/environ", "")


def test_decodes_the_path_to_latin_1(site):
    assert environ(site, "/environ/caf%C3%A9%20x")["PATH_INFO"] == "/café x".encode().decode("latin-1")


def test_keeps_the_request_uri_as_it_was_sent(site):
    assert environ(site, "/environ//a%20b?x=%20")["REQUEST_URI"] == "/environ//a%20b?x=%20"


def test_keeps_the_query_undecoded(site):
    assert environ(site, "/environ?a=%20&b=+")["QUERY_STRING"] == "a=%20&b=+"


def test_has_an_empty_query_when_there_is_none(site):
    assert environ(site, "/environ")["QUERY_STRING"] == ""


def test_names_server_and_client(site):
    found = environ(site, "/environ")
    assert found["SERVER_NAME"] == "localhost"
    assert found["SERVER_PORT"] == str(site.port)
    assert found["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert found["SERVER_SOFTWARE"].startswith("Apache")
    assert found["REMOTE_ADDR"] == "127.0.0.1"
    assert found["REMOTE_PORT"].isdigit()


def test_has_the_keys_of_the_standard(site):
    found = environ(site, "/environ")
    assert found["wsgi.version"] == "(1, 0)"
    assert found["wsgi.url_scheme"] == "http"
    assert found["wsgi.run_once"] == "False"
    assert found["wsgi.input_terminated"] == "True"


def test_tells_a_group_of_one_process_from_one_of_several(site):
    assert environ(site, "/environ")["wsgi.multiprocess"] == "False"
    assert environ(site, "/many")["wsgi.multiprocess"] == "True"


def test_tells_a_group_of_one_thread_from_one_of_several(site):
    assert environ(site, "/environ")["wsgi.multithread"] == "True"
    assert environ(site, "/many")["wsgi.multithread"] == "False"


def test_turns_request_fields_into_variables(site):
    found = environ(site, "/environ", "X-Some-Field: some value", "Cookie: a=1")
    assert (found["HTTP_X_SOME_FIELD"], found["HTTP_COOKIE"]) == ("some value", "a=1")
    assert found["HTTP_HOST"] == f"localhost:{site.port}"


def test_joins_repeated_request_fields(site):
    assert environ(site, "/environ", "X-Twice: one", "X-Twice: two")["HTTP_X_TWICE"] == "one, two"


def test_decodes_request_fields_as_latin_1(site):
    assert environ(site, "/environ", "X-Latin: caf\xe9")["HTTP_X_LATIN"] == "caf\xe9"


def test_drops_the_proxy_field(site):
    # CVE-2016-5385: HTTP_PROXY would steer the application's own requests.
    assert "HTTP_PROXY" not in environ(site, "/environ", "Proxy: http://evil.example")


def test_drops_fields_that_imitate_others_with_an_underscore(site):
    assert "HTTP_X_USER" not in environ(site, "/environ", "X_User: admin")


def test_keeps_authorization_to_httpd(site):
    assert "HTTP_AUTHORIZATION" not in environ(site, "/environ", "Authorization: Basic YTpi")


def test_passes_authorization_when_told_to(site):
    assert environ(site, "/many", "Authorization: Basic YTpi")["HTTP_AUTHORIZATION"] == "Basic YTpi"


def test_has_type_and_length_of_a_body(site):
    found = environ(site, "/environ", "Content-Type: text/x-test", method="POST", body=b"12345")
    assert (found["CONTENT_TYPE"], found["CONTENT_LENGTH"], found["REQUEST_METHOD"]) == ("text/x-test", "5", "POST")
    assert "HTTP_CONTENT_TYPE" not in found and "HTTP_CONTENT_LENGTH" not in found


def test_has_no_length_without_a_body(site):
    assert environ(site, "/environ").get("CONTENT_LENGTH", "") == ""


def test_passes_variables_of_the_configuration(site):
    assert environ(site, "/environ")["FROM_CONFIG"] == "a value"


def test_passes_any_method(site):
    assert environ(site, "/environ", method="PATCH")["REQUEST_METHOD"] == "PATCH"


def test_describes_the_request_in_variables_of_its_own(site):
    before = time.time()
    found = environ(site, "/environ//a")
    assert found["warp.process_group"] == "environ"
    assert found["warp.callable_object"] == "application"
    assert (found["warp.listener_host"], found["warp.listener_port"]) == ("127.0.0.1", str(site.port))
    assert (found["warp.script_name"], found["warp.path_info"]) == ("/environ", "/a")
    assert found["warp.request_id"] and found["warp.connection_id"]
    assert int(found["warp.thread_id"]) >= 1
    assert int(found["warp.server_pid"]) in [each.pid for each in site.processes() if each.program in ("apache2", "httpd")]
    version = ast.literal_eval(found["apache.version"])
    assert version[:2] == (2, 4) and f"Apache/{'.'.join(map(str, version))}" in found["SERVER_SOFTWARE"]
    times = [float(found[f"warp.{name}"]) for name in ("request_start", "queue_start", "application_start")]
    assert before - 1 < times[0] <= times[1] <= times[2] < time.time() + 1


def test_has_one_id_for_a_connection_and_one_for_each_request(site):
    with site.connect() as connection:
        one, two = (json.loads(connection.request("GET", "/environ").body) for _ in range(2))
    other = environ(site, "/environ")
    assert one["warp.connection_id"] == two["warp.connection_id"] != other["warp.connection_id"]
    assert len({each["warp.request_id"] for each in (one, two, other)}) == 3


def test_lacks_what_is_for_programs_started_by_httpd(site):
    found = environ(site, "/environ/x")
    for name in ("GATEWAY_INTERFACE", "PATH_TRANSLATED", "SERVER_SIGNATURE", "REMOTE_HOST", "PATH", "HTTPS", "REDIRECT_URL"):
        assert name not in found


MODULES = "".join(f"LoadModule {name}_module {modules_directory()}/mod_{name}.so\n"
                  for name in ("rewrite", "authn_core", "authn_file", "auth_basic", "authz_user", "setenvif", "ssl"))


@pytest.fixture(scope="module")
def secrets():
    """A folder with a certificate and a list of users that httpd's children can read."""
    with tempfile.TemporaryDirectory(prefix="warp-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", folder / "key", "-out", folder / "certificate"],
                       check=True, capture_output=True)
        (folder / "users").write_text("ann:{SHA}" + base64.b64encode(hashlib.sha1(b"secret").digest()).decode() + "\n")
        yield folder


@pytest.fixture(scope="module")
def full(module_httpd, secrets):
    """With the modules of httpd that put something into the environ."""
    tls_port = free_port()
    site = module_httpd(MODULES + mounts("environ") + f"""
        WarpScriptAlias /encoded ${{APPS}}/environ.py process-group=environ
        AllowEncodedSlashes NoDecode
        SetEnv HTTP_X_FORGED forged
        SetEnv REMOTE_ADDR 6.6.6.6
        SetEnv wsgi.input forged
        SetEnv warp.process_group forged
        SetEnvIf X-Some-Field (.*) SEEN=$1
        RewriteEngine On
        RewriteRule ^/environ/rewritten - [E=REWRITTEN:by-rule,E=EMPTY:]
        ErrorDocument 404 /environ/error-page?from=httpd
        <Location /environ/private>
            AuthType Basic
            AuthName private
            AuthUserFile {secrets}/users
            Require valid-user
        </Location>
        Listen 127.0.0.1:{tls_port}
        <VirtualHost 127.0.0.1:{tls_port}>
            ServerName localhost
            AllowEncodedSlashes On
            SSLEngine On
            SSLCertificateFile {secrets}/certificate
            SSLCertificateKeyFile {secrets}/key
            <Location /environ/variables>
                SSLOptions +StdEnvVars
            </Location>
        </VirtualHost>
    """)
    site.tls_port = tls_port
    # mod_ssl misses a cache of sessions, and on some machines the library that it was built with.
    site.log.allow("AH01882|AH01873")
    return site


def test_has_the_variables_of_other_modules(full):
    found = environ(full, "/environ/rewritten", "X-Some-Field: some value")
    assert (found["SEEN"], found["REWRITTEN"], found["EMPTY"]) == ("some value", "by-rule", "")


def test_has_user_and_kind_of_authentication(full):
    credentials = base64.b64encode(b"ann:secret").decode()
    found = environ(full, "/environ/private", f"Authorization: Basic {credentials}")
    assert (found["REMOTE_USER"], found["AUTH_TYPE"]) == ("ann", "Basic")
    assert "HTTP_AUTHORIZATION" not in found
    assert full.fetch("/environ/private").status == 401


def test_is_not_forged_by_variables_of_the_configuration(full):
    found = environ(full, "/environ", "X-Forged: genuine")
    assert (found["HTTP_X_FORGED"], found["REMOTE_ADDR"]) == ("genuine", "127.0.0.1")
    assert (found["warp.process_group"], "forged" in found["wsgi.input"]) == ("environ", False)


def test_tells_of_an_internal_redirect(full):
    response = full.fetch("/nowhere?a=b")
    assert response.status == 200
    found = json.loads(response.body)
    assert (found["SCRIPT_NAME"], found["PATH_INFO"], found["QUERY_STRING"]) == ("/environ", "/error-page", "from=httpd")
    assert (found["REDIRECT_STATUS"], found["REDIRECT_URL"], found["REDIRECT_QUERY_STRING"]) == ("404", "/nowhere", "a=b")
    assert found["REQUEST_URI"] == "/nowhere?a=b"


def test_keeps_an_encoded_slash_where_httpd_does(full):
    found = environ(full, "/encoded/a%2Fb")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"], found["REQUEST_URI"]) == ("/encoded", "/a%2Fb", "/encoded/a%2Fb")


def test_refuses_an_encoded_slash_where_httpd_does(site):
    site.log.allow("AH00026")
    assert site.fetch("/environ/a%2Fb").status == 404


def fetch_by_tls(port, path):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), 15) as plain, context.wrap_socket(plain, server_hostname="localhost") as stream:
        stream.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
        return json.loads(b"".join(iter(lambda: stream.recv(65536), b"")).partition(b"\r\n\r\n")[2])


def test_has_the_scheme_https_for_tls_and_no_other_trace_of_it(full):
    found = fetch_by_tls(full.tls_port, "/environ/x")
    assert (found["wsgi.url_scheme"], found["REQUEST_SCHEME"], found["SERVER_PORT"]) == ("https", "https", str(full.tls_port))
    assert "HTTPS" not in found and "SSL_PROTOCOL" not in found


def test_has_the_variables_of_tls_where_asked_for(full):
    found = fetch_by_tls(full.tls_port, "/environ/variables")
    assert found["SSL_PROTOCOL"].startswith("TLSv1.") and found["SSL_SERVER_S_DN_CN"] == "localhost"


def test_decodes_an_encoded_slash_where_httpd_does(full):
    found = fetch_by_tls(full.tls_port, "/encoded/a%2Fb")
    assert (found["PATH_INFO"], found["REQUEST_URI"]) == ("/a/b", "/encoded/a%2Fb")
