"""What a real Prometheus makes of the page while the server goes through everything; WARP_PROMETHEUS_SECONDS=180 for longer."""
import itertools
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from support.load import Load
from support.prometheus import Prometheus, is_installed
from support.waiting import wait_until

DOCS = Path(__file__).resolve().parents[2] / "docs"
SECONDS = float(os.environ.get("WARP_PROMETHEUS_SECONDS", "30"))

COUNTING = '''
import os, time
from warp.metrics import Counter, Gauge, Histogram

CALLS = Counter("calls", "Calls of the application.", ["path"])
SLEPT = Histogram("slept_seconds", "Time that was slept.", buckets=(0.001, 0.01, 0.1))
RUNNING = Gauge("running", "Calls that have not ended.")
LEDGER = os.open(os.path.join(os.environ["WARP_TEST_SCRATCH"], "calls"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)


def application(environ, start_response):
    os.write(LEDGER, b"x")
    CALLS.labels(environ["PATH_INFO"]).inc()
    RUNNING.inc()
    try:
        with SLEPT.time():
            time.sleep(0.002)
    finally:
        RUNNING.dec()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"counted"]
'''

GROUP = ("WarpDaemonProcess site processes=2 threads=2 {more}\nWarpScriptAlias / ${{SCRATCH}}/site.py process-group=site\n"
         '<Location "/-/">\nSetHandler warp-management\n</Location>\n')


@pytest.fixture
def site(unstarted_httpd):
    if not is_installed():
        pytest.skip("prometheus is not installed (Debian: prometheus, which also starts a server)")
    made = unstarted_httpd(GROUP.format(more="maximum-requests=300"))
    (made.scratch / "site.py").write_text(COUNTING)
    made.start()
    made.log.allow("exit signal Killed|worker exited|answered 50|lost with its worker|supervisor ended|group stops|worker killed")
    wait_until(lambda: made.log.count("worker ready") >= 2, 20)
    return made


def expressions_in_the_docs():
    """Of the page's queries and alerts, and of the dashboard."""
    page = (DOCS / "operations.md").read_text()
    yield from re.findall(r"^\| [^|]+ \| `([^`]+)` \|$", page, re.MULTILINE)
    yield from re.findall(r"expr: (.+)", page)
    for panel in json.loads((DOCS / "grafana-dashboard.json").read_text())["panels"]:
        for target in panel["targets"]:
            yield target["expr"].replace("$__rate_interval", "1m").replace("$group", ".*")


def test_alerts_of_the_docs_are_rules(tmp_path):
    if not shutil.which("promtool"):
        pytest.skip("promtool is not installed (Debian: prometheus, which also starts a server)")
    (rules,) = re.findall(r"```yaml\n(groups:.+?)```", (DOCS / "operations.md").read_text(), re.DOTALL)
    (tmp_path / "rules.yml").write_text(rules)
    done = subprocess.run(["promtool", "check", "rules", str(tmp_path / "rules.yml")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_queries_of_the_docs_are_answered_and_name_what_there_is(site, tmp_path):
    with Prometheus(tmp_path / "prometheus", site.port, "/-/metrics") as prometheus:
        assert site.fetch("/one").status == 200
        prometheus.wait_for_scrapes()
        names = {labels["__name__"] for labels, _ in prometheus.ask('group by (__name__) ({__name__=~".+"})')}
        expressions = list(expressions_in_the_docs())
        assert len(expressions) > 30
        for expression in expressions:
            prometheus.ask(expression)
            assert set(re.findall(r"\bwarp_\w+", expression)) <= names, expression
    site.stop()


def events(site):
    """What may happen to a server, again and again."""
    threads = itertools.cycle((3, 2))
    return itertools.cycle((
        lambda: site.supervisors()[0].kill(1),  # a reload
        lambda: site.workers()[0].kill(),
        site.restart_gracefully,
        lambda: None,  # recycling goes on
        lambda: site.write_config(GROUP.format(more=f"maximum-requests=300 threads={next(threads)}")) or site.restart_gracefully(),
        lambda: site.supervisors()[0].kill(),
    ))


def steps_back(prometheus):
    """The counters that have got less at any time."""
    names = prometheus.ask('group by (__name__) ({__name__=~".+_(total|bucket|count|sum)",job="warpdrive"})')
    assert len(names) > 20
    return [found for labels, _ in names for found in prometheus.ask(f'resets({labels["__name__"]}[1h]) > 0')]


def test_totals_are_what_clients_have_counted_and_never_step_back(site, tmp_path):
    kills = 0
    with Prometheus(tmp_path / "prometheus", site.port, "/-/metrics") as prometheus:
        with Load(site.port, "/counted", clients=3) as load:
            end = time.monotonic() + SECONDS
            for event in events(site):
                event()
                kills += 1
                before = load.results[200]
                wait_until(lambda: load.results[200] > before + 50, 60, lambda: f"requests are answered: {load.results}")
                prometheus.wait_for_scrapes(1)
                if time.monotonic() > end:
                    break
        answered = load.results[200]
        counted = 'sum(warp_requests_total{status="2xx"})'
        wait_until(lambda: prometheus.sum(counted) == answered, 20,
                   lambda: f"{prometheus.sum(counted)} counted, {answered} answered, {load.results}")
        assert steps_back(prometheus) == []
        called = (site.scratch / "calls").stat().st_size
        # A call whose process is killed between the two counts in one of them.
        assert called - 6 * kills <= prometheus.sum("calls_total") <= called
        assert answered <= prometheus.sum("calls_total")
        assert prometheus.sum("slept_seconds_count") <= prometheus.sum("calls_total") <= prometheus.sum("slept_seconds_count") + 6 * kills
        assert prometheus.sum('slept_seconds_bucket{le="+Inf"}') == prometheus.sum("slept_seconds_count")
        assert prometheus.sum("running") == 0
        # A killed supervisor leaves out what it has not looked at, a killed worker a call that it has not noted.
        assert 0 < prometheus.sum("warp_gil_acquisitions_total") <= called + 6 * kills
        assert prometheus.sum("warp_worker_restarts_total") > 0
        assert prometheus.sum('warp_worker_deaths_total{reason="signal"}') > 0
        assert prometheus.sum("warp_supervisor_starts_total") > 1
        assert prometheus.ask("warp_build_info")
        # It ends what children of httpd have begun, so that clients and httpd would not count the same.
        site.restart_fully()
        prometheus.wait_for_scrapes()
        assert prometheus.sum(counted) == answered
        assert steps_back(prometheus) == []
    site.stop()
