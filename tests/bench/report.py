"""The results as a Markdown table and as JSON."""
import json
import os
import platform
from dataclasses import asdict

BASE = "mod_wsgi"


def table(results):
    """results: {name: Round}"""
    base = results.get(BASE)
    rows = ["| server | CPU µs/request | × mod_wsgi | requests/s | × mod_wsgi | p50 ms | p99 ms | errors |",
            "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for name, figures in results.items():
        rows.append(f"| {name} | {figures.cpu_us:.1f} | {ratio(figures, base, 'cpu_us')} "
                    f"| {figures.per_second:,.0f} | {ratio(figures, base, 'per_second')} "
                    f"| {figures.p50_us / 1000:.2f} | {figures.p99_us / 1000:.2f} | {figures.errors} |")
    return "\n".join(rows)


def ratio(figures, base, name):
    return f"{getattr(figures, name) / getattr(base, name):.2f}" if base else "-"


def write_json(path, settings, results, rounds):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({
        "machine": {"cores": os.cpu_count(), "kernel": platform.release()},
        "settings": settings,
        "medians": {case: {name: asdict(each) for name, each in figures.items()} for case, figures in results.items()},
        "rounds": {case: {name: [asdict(each) for each in all_of] for name, all_of in figures.items()} for case, figures in rounds.items()},
    }, indent=1) + "\n")
