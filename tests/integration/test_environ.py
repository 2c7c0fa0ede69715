"""The WSGI environ, seen by an application under wsgiref.validate."""
import json

import pytest

from support.httpd import mounts

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
