"""The results as tables, and as the block of docs/reliability.md."""
import machine
import mix
import startup
from contestants import CONTESTANTS
from events import EVENTS, RATE
from report import markdown

BEGIN = "<!-- Made by tests/reliability/run --markdown: begin -->"
END = "<!-- Made by tests/reliability/run --markdown: end -->"


def events_table(results):
    rows = [["event", "server", "seconds", "requests", "failed GETs", "failed POSTs", "of these never started", "POSTs done twice", "longest answer"]]
    for event, servers in results.items():
        for name, each in servers.items():
            counts = [str(each[key]) for key in ("failed_gets", "failed_posts", "not_started", "doubled")]
            rows.append([EVENTS[event].title, CONTESTANTS[name].name, f"{each['seconds']:.0f}", f"{each['requests']:,}", *counts, f"{each['longest']:.2f} s"])
    return rows


def mix_table(results):
    ideal = results["ideal"]
    rows = [["server", "p50 ms", "p99 ms", "× ideal", "p99 of the short ones, ms", "× ideal"]]
    for name, each in results.items():
        title = "ideal queue, simulated" if name == "ideal" else CONTESTANTS[name].name
        ratios = [(f"{each[key] * 1000:.0f}", f"{each[key] / ideal[key]:.2f}") for key in ("p99", "short_p99")]
        rows.append([title, f"{each['p50'] * 1000:.1f}", *ratios[0], *ratios[1]])
    return rows


def startup_table(results):
    titles = {"one": "one worker", "preloaded": f"{startup.WORKERS} workers, preloaded", "separate": f"{startup.WORKERS} workers, each by itself"}
    return [["Django", "ready after, s", "MiB (PSS)"]] + [[titles[name], f"{each['seconds']:.2f}", f"{each['mib']:.0f}"] for name, each in results.items()]


def soak_table(result):
    return [["", "held"], ["first quarter", result["first"]], ["last quarter", result["last"]], ["grown", ", ".join(result["growth"]) or "nothing"],
            ["requests", f"{result['requests']:,} in {result['seconds']:.0f} s, {result['failed_gets'] + result['failed_posts']} failed"]]


_SECTIONS = {
    "events": (f"Events, at {RATE} requests/s, GET and POST in turns", events_table),
    "mix": (f"95 % of 5 ms and 5 % of 1 s: {mix.PROCESSES} × {mix.THREADS} threads, {mix.CLIENTS} clients", mix_table),
    "startup": ("From the start of httpd to the last worker that is ready", startup_table),
    "soak": ("Load with a reload and a graceful restart every 4 s", soak_table),
}


def sections(run, style):
    for name, (title, table) in _SECTIONS.items():
        if name in run:
            yield "\n\n".join([f"### {title}", style(table(run[name]["results"])), *machine.in_words(run[name]["machine"])]) + "\n"


def markdown_block(run):
    return "\n".join([BEGIN, "", *sections(run, markdown), END])
