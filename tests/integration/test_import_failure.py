"""An application that can't be imported: httpd runs on, 500 with the reason in the log, mended without a restart."""
import pytest

from support.waiting import wait_until

GOOD = '''
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"mended"]
'''
BAD = {
    "raises at import": ("raise RuntimeError('no good today')\n", "RuntimeError: no good today"),
    "has a syntax error": ("def application(:\n", "SyntaxError"),
    "imports what does not exist": ("import module_that_does_not_exist\n", "ModuleNotFoundError"),
    "has no callable": ("app = None\n", "application"),
    "exits": ("import sys\nsys.exit(1)\n", "SystemExit"),
}
DIRECTIVES = """
WarpDaemonProcess site processes=1 threads=2
WarpScriptAlias /app ${SCRATCH}/site.py process-group=site
WarpDaemonProcess other
WarpScriptAlias /other ${APPS}/hello.py process-group=other
"""


@pytest.fixture
def broken(unstarted_httpd, request):
    """A started site whose application is the one of the test's parameter."""
    text, logged = request.param
    site = unstarted_httpd(DIRECTIVES)
    (site.scratch / "site.py").write_text(text)
    site.start()
    site.log.expect(logged)
    site.log.allow(r"\[warp:(warn|error)\]|Traceback|SyntaxError|def application|\^|Error")
    yield site
    site.stop()


def only(name):
    return pytest.mark.parametrize("broken", [BAD[name]], indirect=True, ids=[name])


@pytest.mark.sanitizer
@pytest.mark.parametrize("broken", BAD.values(), indirect=True, ids=BAD)
def test_answers_500_and_serves_again_when_the_file_is_mended(broken):
    assert broken.fetch("/app").status == 500
    (broken.scratch / "site.py").write_text(GOOD)
    # At once, not when the back-off of 5 s has passed.
    wait_until(lambda: broken.fetch("/app").body == b"mended", 3, "the mended file is served")


@only("raises at import")
def test_does_not_touch_other_applications(broken):
    assert broken.fetch("/other").status == 200


@only("raises at import")
def test_logs_the_traceback_once_for_many_requests(broken):
    for _ in range(20):
        assert broken.fetch("/app").status == 500
    assert broken.log.count(r"Traceback \(most recent call last\)") == 1


@only("imports what does not exist")
def test_watches_the_files_of_the_traceback(broken):
    (broken.scratch / "site.py").write_text(GOOD.replace("def", "import sys\nsys.path.insert(0, %r)\nimport helper\n\ndef"
                                                         % str(broken.scratch)))
    (broken.scratch / "helper.py").write_text("raise RuntimeError('helper is broken')\n")
    broken.log.expect("helper is broken")
    (broken.scratch / "helper.py").write_text("")
    wait_until(lambda: broken.fetch("/app").body == b"mended", 3, "the mended helper is used")


def test_script_to_import_that_fails_is_a_failed_application_until_it_is_mended(unstarted_httpd):
    site = unstarted_httpd(DIRECTIVES + "WarpImportScript ${SCRATCH}/first.py process-group=site\n")
    (site.scratch / "site.py").write_text(GOOD)
    (site.scratch / "first.py").write_text("raise RuntimeError('first things first')\n")
    site.start()
    site.log.expect("RuntimeError: first things first")
    site.log.allow(r"\[warp:(warn|error)\]")
    assert site.fetch("/app").status == 500
    (site.scratch / "first.py").write_text("import builtins\nbuiltins.first = True\n")
    wait_until(lambda: site.fetch("/app").body == b"mended", 3, "the mended script is imported")
    site.stop()


@only("raises at import")
def test_tries_again_on_back_off_when_the_cause_is_elsewhere(broken):
    # The file stays as it is, apart from its time, which is put back: nothing to see for a watcher.
    text = "import pathlib\nif not pathlib.Path(%r).exists():\n    raise RuntimeError('still not')\n" % str(broken.scratch / "cause")
    (broken.scratch / "site.py").write_text(text + GOOD)
    broken.log.expect("still not")
    (broken.scratch / "cause").touch()
    wait_until(lambda: broken.fetch("/app").body == b"mended", 30, "the application is tried again")
