"""A changed script is taken up by new workers, and no request is lost or sees an error meanwhile."""
import os
import time

import pytest

from support.load import Load
from support.waiting import stays_true, wait_until

SCRIPT = """
import os, time
time.sleep({import_seconds})

def application(environ, start_response):
    data = environ["wsgi.input"].read()
    body = b"{version} %d %d" % (len(data), os.getpid())
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
"""
DIRECTIVES = """
WarpDaemonProcess site processes={processes} threads=3 python-path=${{SCRATCH}}
WarpScriptReloading {reloading}
WarpScriptAlias /app {target} process-group=site
"""


class Site:
    def __init__(self, prepared, import_seconds):
        self.httpd = prepared
        self.import_seconds = import_seconds
        self.script = prepared.scratch / "changing.py"

    def write(self, version):
        """As a deployment does it: the new file is put in the old one's place."""
        new = self.script.with_suffix(".new")
        new.write_text(SCRIPT.format(version=version, import_seconds=self.import_seconds))
        os.replace(new, self.script)

    def version(self, body=b""):
        response = self.httpd.fetch("/app", "POST" if body else "GET", body=body)
        assert response.status == 200, response.body
        return response.body.decode().split()[0]


@pytest.fixture
def start(unstarted_httpd):
    started = []

    def make(processes=1, reloading="On", target="${SCRATCH}/changing.py", import_seconds=0):
        prepared = unstarted_httpd(DIRECTIVES.format(processes=processes, reloading=reloading, target=target))
        site = Site(prepared, import_seconds)
        site.write("one")
        prepared.start()
        started.append(prepared)
        assert site.version() == "one"
        return site

    yield make
    for each in started:
        each.stop()


def is_served(site, version):
    wait_until(lambda: site.version() == version, 20, f"version {version} is served")


@pytest.mark.sanitizer
def test_new_script_is_served_soon(start):
    site = start()
    site.write("two")
    is_served(site, "two")
    # No crash, no warning: what the log has is of level info.
    assert site.httpd.log.count("script has changed") == 1
    site.httpd.log.expect("reload done")
    site.httpd.log.expect(r"\[warp:info\] .* worker exited .*how=\"?exit status 0")


def test_old_script_answers_until_the_new_one_is_ready(start):
    site = start(import_seconds=1)
    site.write("two")
    started = time.monotonic()
    assert site.version() == "one"
    assert site.version() == "one"
    assert time.monotonic() - started < 0.9, "requests have waited for the import"
    is_served(site, "two")


def test_an_older_script_is_another_script(start):
    site = start()
    os.utime(site.script, (1_000_000_000, 1_000_000_000))
    site.version()
    site.httpd.log.expect("reload done")


def test_a_script_that_is_missing_for_a_moment_is_no_reason(start):
    site = start()
    (worker,) = site.httpd.workers()
    os.rename(site.script, site.script.with_suffix(".away"))
    assert site.version() == "one"
    os.rename(site.script.with_suffix(".away"), site.script)
    assert site.version() == "one"
    assert site.httpd.workers() == [worker]


@pytest.mark.parametrize("processes", [1, 2])
def test_broken_script_leaves_the_old_one_serving_until_the_next_change(start, processes):
    site = start(processes)
    workers = site.httpd.workers()
    site.httpd.log.allow("not loaded|SyntaxError|changing.py|worker without application|\\^|def|warp-worker:")
    site.script.write_text("def application(:\n")
    assert site.version() == "one"
    site.httpd.log.expect("reload failed: the running generation goes on serving")
    assert site.version() == "one"
    wait_until(lambda: site.httpd.workers() == workers, 10, "only the old workers are left")
    assert site.httpd.log.count("warp-worker: SyntaxError") == 1, "the traceback is logged once"
    site.write("two")
    is_served(site, "two")


@pytest.mark.parametrize("processes, import_seconds", [(1, 0), (1, 0.5), (3, 0.2)])
def test_touch_under_load_costs_no_request(start, processes, import_seconds):
    site = start(processes, import_seconds=import_seconds)
    versions = ["two", "three", "four"]
    with Load(site.httpd.port, "/app", "POST", body=b"x" * 100_000, clients=3) as load:
        for version in versions:
            before = load.finished
            wait_until(lambda: load.finished > before + 10, 20)
            site.write(version)
            is_served(site, version)
    assert not load.failures(), load.results
    wait_until(lambda: {site.version() for _ in range(10)} == {"four"}, 20)


def test_long_request_is_finished_by_the_old_worker(start):
    site = start(processes=2)
    with site.httpd.connect() as slow:
        slow.send_head("POST", "/app", "Content-Length: 200000")
        slow.send(b"x" * 150_000)
        wait_until(lambda: site.httpd.workers(), 5)
        stays_true(lambda: True, 0.3)  # the worker has begun to read
        site.write("two")
        is_served(site, "two")
        slow.send(b"x" * 50_000)
        assert slow.read_response("POST").body.startswith(b"one 200000")


@pytest.mark.parametrize("options", [{"reloading": "Off"}, {"target": "changing:application"}])
def test_only_scripts_and_only_if_wanted(start, options):
    site = start(**options)
    site.write("two")
    stays_true(lambda: site.version() == "one", 0.5)
