"""A changed script is taken up by new workers, and no request is lost or sees an error meanwhile."""
import os

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


@pytest.mark.sanitizer
def test_next_request_is_served_by_the_new_script(start):
    site = start()
    site.write("two")
    assert site.version() == "two"
    # No crash, no warning: what the log has is of level info.
    assert site.httpd.log.count("script has changed") == 1
    assert site.httpd.log.count(r"\[warp:info\] .* worker exited .*how=\"?exit status 75") == 1


def test_request_with_a_body_is_served_by_the_new_script(start):
    site = start()
    site.write("two")
    assert site.version(b"x" * 300_000) == "two"


def test_an_older_script_is_another_script(start):
    site = start()
    os.utime(site.script, (1_000_000_000, 1_000_000_000))
    site.version()
    site.httpd.log.expect("script has changed")


def test_a_script_that_is_missing_for_a_moment_is_no_reason(start):
    site = start()
    (worker,) = site.httpd.workers()
    os.rename(site.script, site.script.with_suffix(".away"))
    assert site.version() == "one"
    os.rename(site.script.with_suffix(".away"), site.script)
    assert site.version() == "one"
    assert site.httpd.workers() == [worker]


def test_broken_script_is_mended_by_the_next_change(start):
    site = start()
    site.httpd.log.allow("not loaded|SyntaxError|changing.py|worker without application|\\^|def|warp-worker:")
    site.script.write_text("def application(:\n")
    assert site.httpd.fetch("/app").status == 500
    site.write("two")
    wait_until(lambda: site.httpd.fetch("/app").body.startswith(b"two"), 5)


@pytest.mark.parametrize("processes, import_seconds", [(1, 0), (1, 0.5), (3, 0.2)])
def test_touch_under_load_costs_no_request(start, processes, import_seconds):
    site = start(processes, import_seconds=import_seconds)
    versions = ["two", "three", "four"]
    with Load(site.httpd.port, "/app", "POST", body=b"x" * 100_000, clients=3) as load:
        for version in versions:
            before = load.finished
            wait_until(lambda: load.finished > before + 10, 20)
            site.write(version)
            # With several processes each changes when it is asked.
            wait_until(lambda: site.version() == version, 20)
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
        assert site.version() == "two"
        slow.send(b"x" * 50_000)
        assert slow.read_response("POST").body.startswith(b"one 200000")


@pytest.mark.parametrize("options", [{"reloading": "Off"}, {"target": "changing:application"}])
def test_only_scripts_and_only_if_wanted(start, options):
    site = start(**options)
    site.write("two")
    stays_true(lambda: site.version() == "one", 0.5)
