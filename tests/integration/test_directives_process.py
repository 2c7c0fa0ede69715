"""Directives about the workers of a group: WarpScriptReloading, WarpImportScript, WarpRestrictStdin, -Stdout and -Signal."""
import shutil

import pytest

from support.waiting import stays_true, wait_until

GROUP = "WarpDaemonProcess site\nWarpScriptAlias / ${APPS}/process_switches.py\n"


def answer(site, question):
    response = site.fetch(f"/{question}")
    assert response.status == 200
    return response.body.decode()


def test_stdin_is_restricted_by_default_and_stdout_is_not(httpd):
    site = httpd(GROUP)
    site.log.allow("printed by process_switches")
    assert answer(site, "stdin") == "OSError"
    assert answer(site, "stdout") == "None"


def test_signals_are_restricted_by_default(httpd):
    site = httpd(GROUP)
    site.log.allow("has no effect in a worker")
    assert answer(site, "signal") == "True"
    site.log.expect("WarpRestrictSignal")


def test_restrictions_follow_their_directives(httpd):
    site = httpd(GROUP + "WarpRestrictStdin Off\nWarpRestrictStdout On\n")
    assert answer(site, "stdin") == "''"
    assert answer(site, "stdout") == "OSError"


def test_a_virtual_host_s_groups_take_the_main_server_s_switches_unless_it_has_its_own(httpd):
    site = httpd("""
        WarpRestrictStdout On
        <VirtualHost 127.0.0.1:*>
            ServerName inherits.example
            WarpDaemonProcess inherits
            WarpScriptAlias / ${APPS}/process_switches.py process-group=inherits
        </VirtualHost>
        <VirtualHost 127.0.0.1:*>
            ServerName own.example
            WarpRestrictStdout Off
            WarpDaemonProcess own
            WarpScriptAlias / ${APPS}/process_switches.py process-group=own
        </VirtualHost>
    """)
    site.log.allow("printed by process_switches")
    answers = {}
    for host in ("inherits", "own"):
        with site.connect() as connection:
            connection.send(f"GET /stdout HTTP/1.1\r\nHost: {host}.example\r\n\r\n".encode())
            answers[host] = connection.read_response().body
    assert answers == {"inherits": b"OSError", "own": b"None"}


def write_import(site, name):
    (site.scratch / f"{name}.py").write_text(
        f"import sys\nsys.warp_imports = getattr(sys, 'warp_imports', []) + [{name!r}]\n")


def test_scripts_are_imported_before_the_application_in_their_order(unstarted_httpd):
    site = unstarted_httpd("""
        WarpDaemonProcess site
        WarpDaemonProcess other
        WarpScriptAlias / ${APPS}/process_switches.py process-group=site
        WarpScriptAlias /other ${APPS}/process_switches.py process-group=other
        WarpImportScript ${SCRATCH}/second.py process-group=site
        WarpImportScript ${SCRATCH}/first.py process-group=site
    """)
    write_import(site, "first")
    write_import(site, "second")
    site.start()
    assert answer(site, "imports") == "second,first"
    assert answer(site, "other/imports") == ""
    site.stop()


def test_a_script_of_the_only_group_needs_no_name(unstarted_httpd):
    site = unstarted_httpd(GROUP + "WarpImportScript ${SCRATCH}/first.py\n")
    write_import(site, "first")
    site.start()
    assert answer(site, "imports") == "first"
    site.stop()


WRONG = {
    "missing script": ("WarpImportScript ${SCRATCH}/nothing.py\n", "nothing.py"),
    "unknown group": ("WarpImportScript ${APPS}/hello.py process-group=nowhere\n", "nowhere"),
    "unknown option": ("WarpImportScript ${APPS}/hello.py application-group=x\n", "application-group"),
    "no path": ("WarpImportScript\n", "WarpImportScript"),
    "colon": ("WarpImportScript ${APPS}/a:b.py\n", "colon"),
}


@pytest.mark.parametrize("directives, named", WRONG.values(), ids=WRONG)
def test_names_what_is_wrong_about_an_import(unstarted_httpd, directives, named):
    site = unstarted_httpd(GROUP + directives)
    status, text = site.check_config()
    assert status != 0 and named in text
    assert f"line {site.first_line + 2} of" in text or f"{site.config}:{site.first_line + 2}" in text


def reloading(unstarted_httpd, switch):
    site = unstarted_httpd(f"WarpDaemonProcess site\nWarpScriptAlias / ${{SCRATCH}}/app.py\n{switch}\n")
    shutil.copy(site.directory / "apps/callables.py", site.scratch / "app.py")
    text = "def application(environ, start_response):\n    start_response('200 OK', [('Content-Length', '1')])\n    return [b'%s']\n"
    (site.scratch / "app.py").write_text(text % 1)
    site.start()
    assert site.fetch("/").body == b"1"
    (site.scratch / "app.py").write_text(text % 2)
    return site


def test_a_changed_script_is_loaded_anew(unstarted_httpd):
    site = reloading(unstarted_httpd, "")
    wait_until(lambda: site.fetch("/").body == b"2", 10, "the changed application answers")
    site.stop()


def test_a_changed_script_is_not_looked_at_without_reloading(unstarted_httpd):
    site = reloading(unstarted_httpd, "WarpScriptReloading Off")
    stays_true(lambda: site.fetch("/").body == b"1", 2)
    site.stop()
