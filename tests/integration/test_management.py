"""SetHandler warp-management in a hand-written httpd.conf: health and metrics, whatever the application does."""
import re
import signal
import time

import pytest

from support.load import Load
from support.metrics import Metrics, complaints_of_promtool
from support.scribbling import SCRIBBLING
from support.turns import Turns
from support.waiting import SLOWNESS, wait_until

PAGES = '<Location "/-/">\nSetHandler warp-management\n</Location>\n'


def metrics(site):
    response = site.fetch("/-/metrics")
    assert response.status == 200
    return Metrics(response.body.decode())


def answer(site, page):
    response = site.fetch(f"/-/{page}")
    return response.status, response.body.decode()


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(f"WarpDaemonProcess site threads=2\nWarpScriptAlias / ${{APPS}}/statuses.py\n{PAGES}")


def test_says_that_all_is_well(site):
    for page in ("livez", "startupz", "readyz"):
        wait_until(lambda: answer(site, page) == (200, "ok\n"), 10)
    assert answer(site, "readyz?verbose") == (200, "[+] server: ok\n[+] group site: ok\nok\n")


def test_leaves_the_rest_of_the_site_to_the_application(site):
    assert site.fetch("/200/livez").body == b"the body"
    assert site.fetch("/-/other").status == 404
    refused = site.fetch("/-/livez", "POST")
    assert (refused.status, "GET" in refused.head.get("Allow")) == (405, True)


def test_has_both_text_formats(site):
    plain = site.fetch("/-/metrics")
    assert plain.head.get("Content-Type") == "text/plain; version=0.0.4; charset=utf-8"
    assert plain.head.get("Cache-Control") == "no-store"
    opened = site.fetch("/-/metrics", "GET", "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
    assert opened.head.get("Content-Type") == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert opened.body.endswith(b"# EOF\n")


def test_is_what_promtool_likes(site):
    complaints = complaints_of_promtool(site.fetch("/-/metrics").body.decode())
    if complaints is None:
        pytest.skip("promtool is not installed (Debian: prometheus, which also starts a server)")
    assert complaints == ""


def test_counts_what_was_asked_for_and_answered(site):
    before = metrics(site)
    for _ in range(3):
        assert site.fetch("/204/No%20Content").status == 204
    assert site.fetch("/404/Not%20Found", "POST", body=b"x").status == 404
    counted = {("GET", "2xx"): 3, ("POST", "4xx"): 1, ("GET", "5xx"): 0}

    def grown(name, **labels):
        return metrics(site).sum(name, **labels) - before.sum(name, **labels)

    wait_until(lambda: grown("warp_requests_total") == 4, 5)
    for (method, status), number in counted.items():
        assert grown("warp_requests_total", method=method, status=status) == number
    for name in ("queue", "application", "duration"):
        assert grown(f"warp_request_{name}_seconds_count") == 4
        assert grown(f"warp_request_{name}_seconds_bucket", le="60.0") == 4


def test_notes_for_the_access_log(httpd):
    site = httpd(f"WarpDaemonProcess site threads=2\nWarpScriptAlias / ${{APPS}}/turns.py\n{PAGES}"
                 'CustomLog ${SCRATCH}/../access.log "%U %{warp-queue-time}n %{warp-application-time}n %{warp-worker}n %{warp-attempt}n '
                 '%{warp-request-id}n %L"\n')
    wait_until(lambda: site.log.count("worker ready"), 20)

    def lines():
        return (site.directory / "access.log").read_text().splitlines()

    # httpd writes the line after the response.
    for number, target in enumerate(("/sleep/0.2?one", "/-/livez"), 1):
        assert site.fetch(target).status == 200
        wait_until(lambda: len(lines()) == number, 5)
    path, queue, application, worker, attempt, number, log_id = lines()[0].split()
    assert path == "/sleep/0.2"
    assert int(queue) < 200_000 * SLOWNESS
    assert 200_000 <= int(application) < 2_000_000 * SLOWNESS
    assert (worker, attempt, number) == ("0", "1", log_id)
    assert lines()[1] == "/-/livez - - - - - -"


@pytest.mark.parametrize("processes", [1, 2])
def test_answers_when_no_thread_is_free_and_the_queue_is_full(httpd, processes):
    with Turns(httpd, f"processes={processes} threads=1 queue-limit=3 saturation-timeout=1", PAGES) as turns:
        wait_until(lambda: turns.site.log.count("worker ready") == processes, 10)
        held = [turns.hold(f"held-{number}") for number in range(processes)]
        waiting = [turns.ask("/", f"waits-{number}") for number in range(3)]
        wait_until(lambda: metrics(turns.site).sum("warp_queue_length") == 3, 10)
        assert turns.site.fetch("/?refused").status == 503
        turns.site.log.expect("refused with 503")
        for page in ("livez", "startupz", "metrics"):
            start = time.monotonic()
            assert turns.site.fetch(f"/-/{page}").status == 200
            assert time.monotonic() - start < 1 * SLOWNESS
        status, text = wait_until(lambda: unready(turns.site), 10)
        assert (status, "saturation-timeout" in text) == (503, True)
        figures = metrics(turns.site)
        assert figures.sum("warp_threads_in_use") == processes
        assert figures.sum("warp_saturation_ratio") == pytest.approx((processes + 3) / processes)
        assert figures.sum("warp_requests_refused_total", reason="queue-limit") == 1
        for number in range(processes):
            turns.release(f"held-{number}")
        assert [each.read_response().status for each in (*held, *waiting)] == [200] * (processes + 3)
        wait_until(lambda: answer(turns.site, "readyz") == (200, "ok\n"), 10)
        # Those that waited had it for longer than a second before readyz gave up.
        wait_until(lambda: metrics(turns.site).sum("warp_requests_total", status="2xx") == processes + 3, 5)
        figures = metrics(turns.site)
        assert figures.sum("warp_request_queue_seconds_count") - figures.sum("warp_request_queue_seconds_bucket", le="0.5") == 3
        assert figures.sum("warp_request_application_seconds_bucket", le="0.5") == 3


def unready(site):
    found = answer(site, "readyz")
    return found if found[0] != 200 else None


def test_is_not_ready_while_the_file_says_so(httpd):
    site = httpd(f"WarpDaemonProcess site\nWarpScriptAlias / ${{APPS}}/hello.py\n{PAGES}")
    wait_until(lambda: answer(site, "readyz")[0] == 200, 10)
    marker = site.directory / "not-ready"
    marker.touch()
    assert answer(site, "readyz") == (503, "[-] server: it is about to stop or to restart\nfailed\n")
    assert answer(site, "livez") == (200, "ok\n")
    marker.unlink()
    assert answer(site, "readyz") == (200, "ok\n")


def with_script(unstarted_httpd, script, directives):
    """A started site whose application is this text."""
    site = unstarted_httpd(f"WarpScriptAlias /site ${{SCRATCH}}/site.py process-group=site\n{directives}\n{PAGES}")
    (site.scratch / "site.py").write_text(script)
    return site.start()


def test_is_not_started_while_the_application_cannot_be_imported(unstarted_httpd):
    site = with_script(unstarted_httpd, "import nothing_of_this_name", "WarpDaemonProcess site")
    site.log.allow(r"\[warp:")
    wait_until(lambda: "can't be imported" in answer(site, "readyz")[1], 10)
    assert answer(site, "readyz")[0] == answer(site, "startupz")[0] == 503
    assert answer(site, "livez") == (200, "ok\n")
    (site.scratch / "site.py").write_text("def application(environ, start_response):\n    start_response('200 OK', [])\n    return []\n")
    wait_until(lambda: answer(site, "startupz") == (200, "ok\n"), 30)
    site.stop()


def test_does_not_live_when_all_workers_are_stopped_for_too_long(httpd):
    """Of processes that run, a watchdog or the supervisor ends the one that sticks."""
    with Turns(httpd, "threads=1 startup-timeout=5 request-timeout=1 shutdown-timeout=1 deadlock-timeout=0", PAGES) as turns:
        held = turns.hold("held")
        (worker,) = turns.site.workers()
        stopped = (*turns.site.supervisors(), worker)
        for each in stopped:
            each.kill(signal.SIGSTOP)
        try:
            wait_until(lambda: answer(turns.site, "livez")[0] == 503, 30)
            assert "stuck" in answer(turns.site, "livez")[1]
        finally:
            for each in stopped:
                each.kill(signal.SIGCONT)
        turns.site.log.allow(r"\[warp:")
        held.close()
        wait_until(lambda: answer(turns.site, "livez")[0] == 200, 30)


def test_has_no_supervisor_until_the_next_one_has_lived_for_some_time(httpd):
    """Or one that crashes again and again would never show."""
    site = httpd(f"WarpDaemonProcess site\nWarpScriptAlias / ${{APPS}}/hello.py\n{PAGES}")
    site.log.allow(r"\[warp:")
    wait_until(lambda: metrics(site).sum("warp_supervisor_up") == 1, 10)
    for _ in range(2):
        (old,) = wait_until(site.supervisors, 20)
        starts = site.log.count("started again with pid=")
        old.kill()
        wait_until(lambda: site.log.count("started again with pid=") > starts, 20)
        assert metrics(site).sum("warp_supervisor_up") == 0
    assert answer(site, "livez") == (200, "ok\n")
    wait_until(lambda: metrics(site).sum("warp_supervisor_up") == 1, 30)


LONG_RESPONSE = """
import time


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for _ in range(52):
        time.sleep(0.2)
        yield b"piece"
"""


def test_lives_while_all_threads_have_long_responses(unstarted_httpd):
    """Longer than all limits together, which are for silence."""
    site = with_script(unstarted_httpd, LONG_RESPONSE,
                       "WarpDaemonProcess site threads=1 request-timeout=3 interrupt-timeout=0 shutdown-timeout=1")
    with site.connect(seconds=30) as connection:
        connection.send_head("GET", "/site")
        assert connection.read_head().status == 200
        for _ in range(52):
            assert connection.read_chunk() == b"piece"
            assert answer(site, "livez") == (200, "ok\n")
    site.stop()


def test_counters_go_on_through_everything_and_equal_what_was_answered(httpd):
    directives = f"WarpDaemonProcess site processes=2 threads=2 maximum-requests=200\nWarpScriptAlias / ${{APPS}}/turns.py\n{PAGES}"
    site = httpd(directives)
    site.log.allow("exit signal Killed|worker exited|answered 50|lost with its worker|supervisor ended")
    wait_until(lambda: site.log.count("worker ready") >= 2, 10)
    seen = {}

    def look():
        now = metrics(site).counters()
        stepped_back = [key for key, value in now.items() if value < seen.get(key, 0)]
        assert not stepped_back
        seen.update(now)
        return now

    with Load(site.port, "/sleep/0.001?load", clients=3) as load:
        for event in (lambda: None, lambda: site.workers()[0].kill(), site.restart_gracefully,
                      lambda: site.write_config(directives.replace("threads=2", "threads=3")) or site.restart_gracefully(),
                      lambda: None):
            event()
            before = load.results[200]
            wait_until(lambda: load.results[200] > before + 30, 30, "requests are answered")
            look()
    answered = load.results[200]
    wait_until(lambda: metrics(site).sum("warp_requests_total", status="2xx") == answered, 10,
               lambda: f"{metrics(site).sum('warp_requests_total', status='2xx')} counted, {answered} answered, {load.results}")
    before = look()
    site.restart_fully()
    assert site.fetch("/?again").status == 200
    assert sum(value for (name, _), value in look().items() if name == "warp_requests_total") >= sum(
        value for (name, _), value in before.items() if name == "warp_requests_total")


SPINNING = """
import time


def application(environ, start_response):
    end = time.thread_time() + 0.02
    while time.thread_time() < end:
        pass
    start_response("200 OK", [])
    return [b""]
"""


def test_tells_how_long_threads_wait_for_the_gil(unstarted_httpd):
    """The same work with the same number of threads: in one process they are in each other's way."""
    site = with_script(unstarted_httpd, SPINNING, "WarpDaemonProcess site threads=4\nWarpDaemonProcess apart processes=4 threads=1\n"
                       "WarpScriptAlias /apart ${SCRATCH}/site.py process-group=apart")
    wait_until(lambda: site.log.count("worker ready") == 5, 20)

    def wait_of_a_request(group):
        with Load(site.port, f"/{group}", clients=4) as load:
            wait_until(lambda: load.results[200] >= 60, 60)
        answered = load.results[200]
        wait_until(lambda: metrics(site).sum("warp_gil_acquisitions_total", group=group) == answered, 10,
                   lambda: f"{answered} answered, {metrics(site).sum('warp_gil_acquisitions_total', group=group)} counted")
        return metrics(site).sum("warp_gil_wait_seconds_total", group=group) / answered

    together, apart = wait_of_a_request("site"), wait_of_a_request("apart")
    assert together > 0.002
    assert apart < together / 2, f"{together} and {apart} s"
    site.stop()


def test_counts_what_a_killed_worker_has_waited(httpd):
    site = httpd(f"WarpDaemonProcess site\nWarpScriptAlias / ${{APPS}}/hello.py\n{PAGES}")
    site.log.allow(r"\[warp:")
    wait_until(lambda: site.log.count("worker ready"), 20)
    for _ in range(3):
        assert site.fetch("/").status == 200
    site.workers()[0].kill()
    wait_until(lambda: metrics(site).sum("warp_worker_deaths_total", reason="signal") == 1, 20)
    wait_until(lambda: metrics(site).sum("warp_gil_acquisitions_total") == 3, 20)


def test_has_the_memory_of_each_worker(httpd):
    site = httpd(f"WarpDaemonProcess site processes=2\nWarpScriptAlias / ${{APPS}}/hello.py\n{PAGES}")
    name = "warp_worker_proportional_memory_bytes"
    wait_until(lambda: site.fetch("/-/metrics").body.count(f"\n{name}{{".encode()) == 2, 20)
    figures = metrics(site)
    for slot in "01":
        assert figures.sum("warp_worker_resident_memory_bytes", slot=slot) > figures.sum(name, slot=slot)
    # Of two processes alike.
    truth = sum(each.proportional_kib() for each in site.workers()) * 1024
    assert figures.sum(name) == pytest.approx(truth, rel=0.2)


def test_a_worker_that_scribbles_over_the_scoreboard_breaks_no_page(unstarted_httpd):
    began = time.monotonic()
    site = with_script(unstarted_httpd, SCRIBBLING, "WarpDaemonProcess site connect-timeout=1\nWarpDaemonProcess other\n"
                       "WarpScriptAlias /other ${APPS}/hello.py process-group=other")
    site.log.allow(r"\[warp:")
    wait_until(lambda: answer(site, "readyz")[0] == 200, 20)
    children = site.httpd_children()
    for seed in range(1, 20):
        site.fetch(f"/site?{seed}")
        page = site.fetch("/-/metrics").body.decode()
        assert re.fullmatch(r'(# [^\n]+\n|warp_\w+\{(\w+="[\w+.-]*",?)+\} \d+(\.\d+)?\n)+', page)
        figures = Metrics(page)
        assert figures.sum("warp_workers", group="other", state="ready") == 1
        possible = figures.sum("warp_threads", group="site") * (time.monotonic() - began)
        assert figures.sum("warp_gil_wait_seconds_total", group="site") <= possible
        assert figures.sum("warp_gil_acquisitions_total", group="site") <= possible * 1e6
        assert answer(site, "livez")[1].splitlines()[-1] in ("ok", "failed")
    assert site.httpd_children() == children
    assert site.fetch("/other").status == 200
    site.stop()
