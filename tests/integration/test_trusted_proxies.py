"""WarpTrustedProxyHeaders and WarpTrustedProxies. The rules have unit tests; here is what becomes of a request."""
import json

import pytest

CONFIG = """
WarpDaemonProcess site
WarpScriptAlias / ${APPS}/environ.py process-group=site
WarpScriptAlias /app ${APPS}/environ.py process-group=site
<Location />
    WarpTrustedProxies 127.0.0.0/8 10.0.0.0/8 fd00::/8
    WarpTrustedProxyHeaders X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Server
    WarpTrustedProxyHeaders X-Script-Name X-Forwarded-Prefix
</Location>
<Location /strangers>
    WarpTrustedProxies 192.0.2.0/24
</Location>
<Location /rfc7239>
    WarpTrustedProxyHeaders Forwarded
</Location>
"""

ALL = ("X-Forwarded-For: 6.6.6.6, 198.51.100.7:4711, 10.0.0.2", "X-Forwarded-Host: www.example:8443", "X-Forwarded-Proto: https",
       "X-Forwarded-Port: 8443", "X-Forwarded-Server: front.example", "X-Script-Name: /public/")


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(CONFIG)


def environ(site, path, *fields):
    response = site.fetch(path, "GET", *fields)
    assert response.status == 200
    return json.loads(response.body)


def test_a_trusted_proxy_s_word_replaces_the_variables(site):
    found = environ(site, "/x", *ALL)
    assert (found["REMOTE_ADDR"], found["REMOTE_PORT"]) == ("198.51.100.7", "4711")
    assert found["HTTP_HOST"] == "www.example:8443"
    assert (found["SERVER_NAME"], found["SERVER_PORT"]) == ("front.example", "8443")
    assert (found["wsgi.url_scheme"], found["REQUEST_SCHEME"]) == ("https", "https")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == ("/public", "/x")
    assert (found["warp.mount_point"], found["warp.script_name"]) == ("/public", "")


def test_a_header_field_is_shown_from_the_client_on(site):
    assert environ(site, "/", *ALL)["HTTP_X_FORWARDED_FOR"] == "198.51.100.7:4711, 10.0.0.2"


def test_without_the_header_fields_everything_is_as_httpd_sees_it(site):
    found = environ(site, "/app/x")
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"], found["SERVER_NAME"]) == ("127.0.0.1", "http", "localhost")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == ("/app", "/x")
    assert "warp.mount_point" not in found


def test_a_prefix_goes_in_front_of_the_mount(site):
    found = environ(site, "/app/x", "X-Forwarded-Prefix: /public")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"], found["warp.script_name"]) == ("/public/app", "/x", "/app")


def test_other_fields_of_a_kind_are_hidden(site):
    found = environ(site, "/", "X-Forwarded-For: 198.51.100.7", "X-Real-IP: 6.6.6.6", "Forwarded: for=6.6.6.6", "X-HTTPS: on")
    assert found["REMOTE_ADDR"] == "198.51.100.7"
    assert not {"HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_X_HTTPS"} & found.keys()


def test_a_stranger_s_word_is_neither_believed_nor_shown(site):
    found = environ(site, "/strangers", *ALL, "Forwarded: for=6.6.6.6")
    assert (found["REMOTE_ADDR"], found["SCRIPT_NAME"], found["wsgi.url_scheme"]) == ("127.0.0.1", "", "http")
    assert found["HTTP_HOST"] == f"localhost:{site.port}"
    assert not [name for name in found if name.startswith(("HTTP_X_", "HTTP_FORWARDED"))]


def test_repeated_fields_are_one_list(site):
    assert environ(site, "/", "X-Forwarded-For: 198.51.100.7", "X-Forwarded-For: 10.0.0.2")["REMOTE_ADDR"] == "198.51.100.7"


def test_garbage_leaves_the_address_of_the_peer(site):
    found = environ(site, "/", "X-Forwarded-For: <script>", "X-Forwarded-Host: a/b", "X-Forwarded-Proto: gopher")
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert "HTTP_X_FORWARDED_FOR" not in found and "HTTP_X_FORWARDED_HOST" not in found


def test_the_field_of_rfc_7239_is_understood(site):
    found = environ(site, "/rfc7239", 'Forwarded: for=6.6.6.6, for="[2001:db8::1]:4711";host=www.example;proto=https, for="[fd00::2]"')
    assert (found["REMOTE_ADDR"], found["REMOTE_PORT"]) == ("2001:db8::1", "4711")
    assert (found["HTTP_HOST"], found["wsgi.url_scheme"]) == ("www.example", "https")


def test_the_host_is_there_for_clients_that_send_none(site):
    with site.connect() as connection:
        connection.send(b"GET / HTTP/1.0\r\nX-Forwarded-Host: www.example\r\n\r\n")
        assert json.loads(connection.read_response().body)["HTTP_HOST"] == "www.example"


WRONG = {
    "unknown field": ("WarpTrustedProxyHeaders X-Forwarded-Fro\n", "X-Forwarded-Fro"),
    "name in place of an address": ("WarpTrustedProxies proxy.example\n", "proxy.example"),
    "network that is too narrow": ("WarpTrustedProxies 10.0.0.0/33\n", "from 0 to 32"),
}


@pytest.mark.parametrize("directives, named", WRONG.values(), ids=WRONG)
def test_names_the_mistake_with_its_line(unstarted_httpd, directives, named):
    site = unstarted_httpd(directives)
    status, text = site.check_config()
    assert status != 0 and named in text and f"line {site.first_line} of {site.config}" in text
