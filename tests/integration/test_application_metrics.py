"""warp.metrics: what an application counts for itself, on the server's page."""
import json

from support.metrics import Metrics, complaints_of_promtool
from support.waiting import wait_until

PAGES = '<Location "/-/">\nSetHandler warp-management\n</Location>\n'
COUNTING = r'''
import json, os, urllib.parse
from warp.metrics import Counter, Gauge, Histogram
import warp.metrics

HITS = Counter("hits_total", "Requests \"of all\".\nReally.")
BY_NAME = Counter("names", "By name.", ["name", "kind"])
SIZES = Histogram("sizes", "Sizes.", buckets=(1, 10, float("inf")))
IMPORTED = Gauge("imported", "Processes that have imported this.")
IMPORTED.set(1)
DEEPEST = Gauge("deepest", "Greatest.", across="max")


def raised(function):
    try:
        function()
    except (ValueError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def count():
    HITS.inc()


def name():
    for number in range(int(ASKED["from"]), int(ASKED["to"])):
        BY_NAME.labels(kind="k", name=ASKED.get("prefix", "") + str(number)).inc()


def observe():
    for number in (0.5, 1, 7, 100):
        SIZES.observe(number)


def deep():
    DEEPEST.set(float(ASKED["depth"]))


def refuse():
    return [raised(call) for call in (
        lambda: Counter("warp_x", ""), lambda: Counter("a-b", ""), lambda: Gauge("x_total", ""),
        lambda: Counter("x", "", "name"), lambda: Counter("x", "", ["le"]), lambda: Counter("x", "", [1]), lambda: Gauge("hits", "Now a gauge."),
        lambda: HITS.inc(-1), lambda: HITS.inc(float("nan")), lambda: HITS.inc(float("inf")), lambda: SIZES.observe(float("nan")), lambda: BY_NAME.inc(), lambda: HITS.labels("x"), lambda: BY_NAME.labels("x"),
        lambda: BY_NAME.labels(name="x"), lambda: Histogram("h", "", buckets=(2, 1)), lambda: Histogram("h", "", buckets=range(30)),
        lambda: Counter("n" * 97, ""), lambda: Gauge("g", "", across="mean"))]


def same():
    return Counter("hits", "Requests \"of all\".\nReally.")._family == HITS._family


def forks():
    child = os.fork()
    if child == 0:
        HITS.inc()
        IMPORTED.inc(100)
        os._exit(0)
    os.waitpid(child, 0)


def application(environ, start_response):
    global ASKED
    ASKED = dict(urllib.parse.parse_qsl(environ["QUERY_STRING"]))
    result = globals()[environ["PATH_INFO"][1:]]()
    start_response("200 OK", [])
    return [json.dumps(result).encode()]
'''


def serve(unstarted_httpd, options):
    site = unstarted_httpd(f"WarpDaemonProcess site {options}\nWarpScriptAlias / ${{SCRATCH}}/site.py process-group=site\n{PAGES}")
    (site.scratch / "site.py").write_text(COUNTING)
    site.start()
    return site


def ask(site, path):
    response = site.fetch(path)
    assert response.status == 200
    return json.loads(response.body)


def page(site):
    response = site.fetch("/-/metrics")
    assert response.status == 200
    return response.body.decode()


def metrics(site):
    return Metrics(page(site))


def test_is_one_number_for_all_processes(unstarted_httpd):
    site = serve(unstarted_httpd, "processes=2 threads=1 maximum-requests=20")
    wait_until(lambda: site.log.count("worker ready") >= 2, 20)
    for _ in range(100):
        ask(site, "/count")
    figures = metrics(site)
    assert figures.sum("hits_total", group="site") == 100
    assert figures.sum("warp_worker_restarts_total", reason="maximum-requests") >= 1
    site.workers()[0].kill()
    site.log.allow("worker exited|lost with its worker")
    site.restart_gracefully()
    site.restart_fully()
    ask(site, "/count")
    assert metrics(site).sum("hits_total") == 101
    site.stop()


def test_gauges_are_those_of_the_workers_that_live(unstarted_httpd):
    site = serve(unstarted_httpd, "processes=3 threads=1")
    wait_until(lambda: site.log.count("worker ready") >= 3, 20)
    wait_until(lambda: metrics(site).sum("imported") == 3, 20)
    site.log.allow("worker exited")
    site.workers()[0].kill()
    wait_until(lambda: site.log.count("worker ready") >= 4, 20)
    wait_until(lambda: metrics(site).sum("imported") == 3, 20)
    ask(site, "/deep?depth=5")
    assert metrics(site).sum("deepest") == 5
    site.stop()


def test_gauges_of_a_preloaded_application_are_its_workers(unstarted_httpd):
    site = serve(unstarted_httpd, "processes=2 threads=1 preload=on")
    wait_until(lambda: site.log.count("worker ready") >= 2, 20)
    wait_until(lambda: metrics(site).sum("imported") == 2, 20)
    ask(site, "/forks")
    figures = metrics(site)
    assert (figures.sum("imported"), figures.sum("hits_total")) == (2, 1)
    site.stop()


def test_has_room_for_so_many_series_and_counts_the_rest(unstarted_httpd):
    site = serve(unstarted_httpd, "processes=1 threads=1")
    ask(site, "/name?from=0&to=10000")
    figures = metrics(site)
    assert figures.sum("names_total", kind="k") == 1000
    assert figures.sum("warp_application_updates_dropped_total") == 9000
    ask(site, "/name?from=0&to=10")
    ask(site, "/count")
    figures = metrics(site)
    assert (figures.sum("names_total"), figures.sum("hits_total")) == (1010, 1)
    site.stop()


def test_is_well_formed_whatever_its_labels_hold(unstarted_httpd):
    site = serve(unstarted_httpd, "processes=1 threads=1")
    ask(site, "/observe")
    ask(site, "/name?from=0&to=1&prefix=%22%5C%0A%E2%82%AC%00%07")
    text = page(site)
    assert 'names_total{group="site",name="\\"\\\\\\n€\ufffd?0",kind="k"} 1.0\n' in text
    assert "# HELP hits_total Requests 'of all'.\\nReally.\n" in text
    for line in ('sizes_bucket{group="site",le="1.0"} 2.0', 'sizes_bucket{group="site",le="10.0"} 3.0',
                 'sizes_bucket{group="site",le="+Inf"} 4.0', 'sizes_count{group="site"} 4.0', 'sizes_sum{group="site"} 108.5'):
        assert line + "\n" in text
    complaints = complaints_of_promtool(text)
    assert complaints in (None, "")
    site.stop()


def test_refuses_what_would_break_the_page(unstarted_httpd):
    site = serve(unstarted_httpd, "processes=1 threads=1")
    answers = ask(site, "/refuse")
    assert all(answers), answers
    assert "'warp_x' is not a metric's name" in answers[0]
    assert "there is a metric 'hits' already" in answers[6]
    assert ask(site, "/same") is True
    site.stop()


SCRIBBLING = '''
import random
from warp.metrics import Counter

HITS = Counter("hits", "Hits.", ["a"])


def application(environ, start_response):
    HITS.labels("x").inc()
    chance = random.Random(int(environ["QUERY_STRING"]))
    (lines,) = [line.split()[0] for line in open("/proc/self/maps") if "warp-series" in line]
    start, end = [int(number, 16) for number in lines.split("-")]
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        for _ in range(50):
            memory.seek(start + chance.randrange(end - start - 5000))
            memory.write(chance.randbytes(chance.randrange(1, 5000)))
    start_response("200 OK", [])
    return [b""]
'''


def test_a_worker_that_scribbles_over_it_breaks_no_page(unstarted_httpd):
    site = unstarted_httpd(f"WarpDaemonProcess site\nWarpScriptAlias / ${{SCRATCH}}/site.py process-group=site\n{PAGES}")
    (site.scratch / "site.py").write_text(SCRIBBLING)
    site.start()
    site.log.allow(r"\[warp:")
    children = site.httpd_children()
    for seed in range(20):
        site.fetch(f"/?{seed}")
        text = page(site)
        assert 'warp_requests_total{group="site",method="GET",status="2xx"}' in text
        complaints = complaints_of_promtool(text)
        assert complaints is None or "error while linting" not in complaints
    assert site.httpd_children() == children
    site.stop()
