"""Code that is imported is loaded anew: at once with reload-on-changes, else at a graceful restart of httpd."""
import os
import time

import pytest

from support.waiting import stays_true, wait_until

DIRECTIVES = """
WarpDaemonProcess site processes={processes} threads=2 python-path=${{SCRATCH}} {options}
WarpScriptReloading {reloading}
WarpScriptAlias /app ${{SCRATCH}}/site.wsgi process-group=site
"""
SCRIPT = """
import os
{early}

def application(environ, start_response):
    import part
    body = ("%s %d" % (part.VERSION, os.getpid())).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
"""


def write_in_place(path, text):
    path.write_text(text)


def replace(path, text):
    new = path.with_suffix(".new")
    new.write_text(text)
    os.replace(new, path)


def remove_and_write(path, text):
    path.unlink()
    path.write_text(text)


class Site:
    def __init__(self, prepared):
        self.httpd = prepared
        self.part = prepared.scratch / "part.py"

    def save(self, version, way=write_in_place):
        # Each version has its own length: Python tells byte code by second and size of the source.
        way(self.part, f"VERSION = {version!r}\n")

    def version(self):
        response = self.httpd.fetch("/app")
        assert response.status == 200, response.body
        return response.body.decode().split()[0]

    def expect(self, version):
        wait_until(lambda: self.version() == version, 20, f"version {version} is served")

    def reloads(self):
        return self.httpd.log.count("reload begins")

    def workers(self):
        return {each.pid for each in self.httpd.workers()}


@pytest.fixture
def start(unstarted_httpd):
    started = []

    def make(options="reload-on-changes=on", processes=1, early="import part", reloading="On"):
        prepared = unstarted_httpd(DIRECTIVES.format(processes=processes, options=options, reloading=reloading))
        site = Site(prepared)
        (prepared.scratch / "site.wsgi").write_text(SCRIPT.format(early=early))
        site.save("one")
        prepared.start()
        started.append(prepared)
        wait_until(lambda: prepared.log.count("worker ready") == processes, 20, "the workers are ready")
        assert site.version() == "one"
        return site

    yield make
    for each in started:
        each.stop()


@pytest.mark.sanitizer
@pytest.mark.parametrize("way", [write_in_place, replace, remove_and_write])
def test_a_saved_module_is_served_soon(start, way):
    site = start()
    site.save("second", way)
    site.expect("second")
    site.save("the-third", way)
    site.expect("the-third")


@pytest.mark.parametrize("options", ["", "preload=off"])
def test_all_processes_are_reloaded_together(start, options):
    site = start(f"reload-on-changes=on {options}", processes=2)
    old = site.workers()
    site.save("second")
    wait_until(lambda: site.workers() and not old & site.workers(), 20, "all workers are new")
    assert site.version() == "second"
    assert site.reloads() == 1


def test_several_saves_are_one_reload(start):
    site = start()
    started = time.monotonic()
    for number in range(5):
        site.save("x" * (number + 4))
    # A busy machine may put more time between two of them than the worker waits for the next.
    were_quick = time.monotonic() - started < 0.15
    site.expect("x" * 8)
    wait_until(lambda: len(site.workers()) == 1, 20, "the old worker has ended")
    assert site.reloads() == 1 or not were_quick


def test_the_script_is_watched_too(start):
    site = start(reloading="Off")
    (site.httpd.scratch / "site.wsgi").write_text(SCRIPT.format(early="import part\npart.VERSION = 'second'"))
    site.expect("second")


def test_a_broken_save_leaves_the_old_code_serving(start):
    site = start()
    old = site.workers()
    site.httpd.log.allow("not loaded|SyntaxError|part.py|site.wsgi|import part|reload failed|worker without application|\\^|VERSION|warp-worker:")
    write_in_place(site.part, "VERSION = (\n")
    site.httpd.log.expect("reload failed: the running generation goes on serving")
    assert site.version() == "one"
    wait_until(lambda: site.workers() == old, 20, "only the old worker is left")
    site.save("mended")
    site.expect("mended")


def test_a_module_that_a_request_has_imported_is_watched(start):
    site = start(early="")
    # Whether it is watched already or was changed before that.
    site.save("second")
    site.expect("second")


def test_other_files_are_no_reason(start):
    site = start()
    (site.httpd.scratch / "other.py").write_text("")
    (site.httpd.scratch / "data.txt").write_text("")
    site.save("second")
    site.expect("second")
    assert site.httpd.log.count("code has changed path=.*/part.py") == 1
    assert site.reloads() == 1


def test_nothing_is_watched_without_the_option(start):
    site = start(options="")
    site.save("second")
    stays_true(lambda: site.version() == "one", 0.6)


@pytest.mark.sanitizer
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("early", ["import part", ""])
def test_graceful_restart_loads_changed_code_and_no_other(start, processes, early):
    site = start("", processes, early)
    for _ in range(10):
        assert site.version() == "one"
    old = site.workers()
    site.httpd.restart_gracefully()
    stays_true(lambda: site.workers() == old, 0.3)
    site.save("second")
    assert site.version() == "one"
    site.httpd.restart_gracefully()
    wait_until(lambda: site.workers() and not old & site.workers(), 20, "all workers are new")
    assert site.version() == "second"
    assert site.reloads() == 1


def test_graceful_restart_leaves_code_alone_where_reloading_is_off(start):
    site = start("", reloading="Off")
    old = site.workers()
    site.save("second")
    site.httpd.restart_gracefully()
    stays_true(lambda: site.workers() == old and site.version() == "one", 0.5)


def test_graceful_restart_with_broken_code_leaves_the_old_one_serving(start):
    site = start("")
    site.httpd.log.allow("not loaded|SyntaxError|part.py|site.wsgi|import part|reload failed|worker without application|\\^|VERSION|warp-worker:")
    write_in_place(site.part, "VERSION = (\n")
    site.httpd.restart_gracefully()
    site.httpd.log.expect("reload failed: the running generation goes on serving")
    assert site.version() == "one"
