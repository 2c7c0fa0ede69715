"""What a round measures, how it is shown, and how rounds become one row."""
import statistics
from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Figure:
    title: str
    show: Callable[[float], str]
    has_ratio: bool = True  # to mod_wsgi's


def _milliseconds(value):
    return f"{value / 1000:.2f}"


FIGURES = {
    "cpu_us": Figure("CPU µs/request", "{:.1f}".format),
    "per_second": Figure("requests/s", "{:,.0f}".format),
    "p50_us": Figure("p50 ms", _milliseconds, has_ratio=False),
    "p99_us": Figure("p99 ms", _milliseconds, has_ratio=False),
    "delay_p50_us": Figure("yield to client p50 ms", _milliseconds, has_ratio=False),
    "delay_p99_us": Figure("yield to client p99 ms", _milliseconds, has_ratio=False),
    "growth_mib": Figure("largest growth MiB (RSS)", "{:.1f}".format, has_ratio=False),
    "growth_pss_mib": Figure("largest growth MiB (PSS)", "{:.1f}".format, has_ratio=False),
    "mib_per_second": Figure("MiB/s", "{:.0f}".format, has_ratio=False),
    "errors": Figure("errors", "{:.0f}".format, has_ratio=False),
}


def median(rounds):
    """Each figure's own median; errors are added up."""
    found = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    return found | {"errors": sum(each["errors"] for each in rounds)}


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
