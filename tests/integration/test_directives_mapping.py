"""WarpScriptAliasMatch and WarpHandlerScript: the other two ways to an application."""
import json

import pytest

CONFIG = """
WarpDaemonProcess exact
WarpDaemonProcess users
WarpDaemonProcess versions
WarpDaemonProcess handler
WarpScriptAlias /api ${APPS}/environ.py process-group=exact
WarpScriptAliasMatch ^/users/[a-z]+ ${APPS}/environ.py process-group=users callable-object=application pass-authorization=On
WarpScriptAliasMatch "^/api/v[0-9]+(/beta)?" ${APPS}/environ.py process-group=versions

WarpHandlerScript report ${APPS}/handle_request.py process-group=handler
AddHandler report .rep
Alias /files ${SCRATCH}
<Directory ${SCRATCH}>
    Require all granted
    WarpPassAuthorization On
</Directory>
<Location /everything>
    SetHandler report
</Location>
<Location /users/root>
    SetHandler default-handler
</Location>
"""


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(CONFIG)


def environ(site, path, *fields):
    response = site.fetch(path, "GET", *fields)
    assert response.status == 200, response
    return json.loads(response.body)


def split(found):
    return found["SCRIPT_NAME"], found["PATH_INFO"]


def group(found):
    return found["warp.process_group"]


def test_a_pattern_gives_the_matched_path_to_script_name(site):
    found = environ(site, "/users/ann/photos/1")
    assert (*split(found), group(found)) == ("/users/ann", "/photos/1", "users")


def test_a_pattern_leaves_path_info_empty_at_its_end(site):
    assert split(environ(site, "/users/ann")) == ("/users/ann", "")
    assert split(environ(site, "/users/ann/")) == ("/users/ann", "/")


def test_a_pattern_ends_with_a_segment(site):
    assert site.fetch("/users/ann9").status in (403, 404)
    assert site.fetch("/users/").status in (403, 404)


def test_a_pattern_takes_the_options_of_an_alias(site):
    assert environ(site, "/users/ann", "Authorization: Basic YTpi")["HTTP_AUTHORIZATION"] == "Basic YTpi"


def test_the_longest_match_wins_over_a_shorter_url(site):
    found = environ(site, "/api/v2/x")
    assert (*split(found), group(found)) == ("/api/v2", "/x", "versions")
    assert split(environ(site, "/api/v2/beta/x")) == ("/api/v2/beta", "/x")


def test_the_url_wins_where_the_pattern_does_not_match(site):
    found = environ(site, "/api/vx")
    assert (*split(found), group(found)) == ("/api", "/vx", "exact")


def test_a_pattern_sees_the_decoded_path(site):
    assert split(environ(site, "/users/%61nn/x%20y")) == ("/users/ann", "/x y")


def test_another_handler_takes_a_part_away(site):
    assert site.fetch("/users/root").status in (403, 404)


def test_a_handler_script_gets_the_files_of_its_handler(site):
    (site.scratch / "sales.rep").write_text("x")
    found = environ(site, "/files/sales.rep/2024?a=b")
    assert split(found) == ("/files/sales.rep", "/2024")
    assert found["SCRIPT_FILENAME"] == str(site.scratch / "sales.rep")
    assert (found["callable"], found["warp.request_handler"]) == ("handle_request", "report")
    assert (found["QUERY_STRING"], found["REQUEST_URI"]) == ("a=b", "/files/sales.rep/2024?a=b")


def test_a_handler_script_leaves_other_files_to_httpd(site):
    (site.scratch / "plain.txt").write_text("from httpd")
    assert site.fetch("/files/plain.txt").body == b"from httpd"


def test_a_handler_script_heeds_the_sections_of_the_file(site):
    (site.scratch / "sales.rep").write_text("x")
    assert "HTTP_AUTHORIZATION" in environ(site, "/files/sales.rep", "Authorization: Basic YTpi")
    assert "HTTP_AUTHORIZATION" not in environ(site, "/everything", "Authorization: Basic YTpi")


def test_a_handler_script_gets_what_no_file_is_there_for(httpd):
    site = httpd("""
        WarpDaemonProcess handler
        WarpHandlerScript report ${APPS}/handle_request.py callable-object=application
        DocumentRoot ${SCRATCH}
        <Directory ${SCRATCH}>
            Require all granted
        </Directory>
        SetHandler report
    """)
    found = environ(site, "/no/such/file")
    assert found["callable"] == "application"
    assert found["SCRIPT_NAME"] + found["PATH_INFO"] == "/no/such/file"
    found = environ(site, "/")
    assert split(found) == ("", "/")


WRONG = {
    "substitution": ("WarpScriptAliasMatch ^/(a|b) ${APPS}/$1.py\n", "$1"),
    "no expression": ("WarpScriptAliasMatch ^/(a ${APPS}/hello.py\n", "regular expression"),
    "pattern without target": ("WarpScriptAliasMatch ^/a\n", "target"),
    "pattern twice": ("WarpScriptAliasMatch ^/a ${APPS}/hello.py\nWarpScriptAliasMatch ^/a ${APPS}/hello.py\n", "same regular"),
    "handler without target": ("WarpHandlerScript report\n", "target"),
    "handler twice": ("WarpHandlerScript a ${APPS}/hello.py\nWarpHandlerScript a ${APPS}/hello.py\n", "same handler"),
    "handler's script missing": ("WarpHandlerScript a ${APPS}/nothing.py\n", "nothing.py"),
    "handler of an unknown group": ("WarpHandlerScript a ${APPS}/hello.py process-group=nowhere\n", "nowhere"),
    "handler and alias in one group": ("WarpScriptAlias / ${APPS}/hello.py\nWarpHandlerScript a ${APPS}/hello.py\n", "handle_request"),
}


@pytest.mark.parametrize("directives, named", WRONG.values(), ids=WRONG)
def test_names_the_mistake_with_its_line(unstarted_httpd, directives, named):
    site = unstarted_httpd("WarpDaemonProcess site\n" + directives)
    status, text = site.check_config()
    last = site.first_line + directives.count("\n")
    assert status != 0 and named in text
    assert f"line {last} of {site.config}" in text or f"{site.config}:{last}" in text
