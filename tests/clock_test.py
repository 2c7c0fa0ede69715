#!/usr/bin/env python3
"""No wait and no time limit looks at the clock that an administrator, or NTP, can set: that clock is for telling the time.

Run by ctest, and by hand from anywhere: /usr/bin/python3 tests/clock_test.py
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

SETTABLE = re.compile(r"\b(system_clock|CLOCK_REALTIME|gettimeofday|apr_time_now|request_time|sem_timedwait|pthread_cond_timedwait"
                      r"|apr_thread_cond_timedwait)\b|\btime\((nullptr|NULL|0)\)")

# Where the time of day is told to somebody, and what for.
TOLD = {
    "mod_warp/child/environment.cpp": "when the request arrived, for the application",
    "mod_warp/child/json_access.cpp": "when the request arrived and how long it took, for the access log",
    "mod_warp/child/log_request.cpp": "how long a request took since httpd read it, for the metrics",
    "src/figures/series.cpp": "since when a counter counts, for the metrics",
    "src/json_log/main.cpp": "when a line came that does not say so, for the error log",
    "src/python/wsgi/environ.cpp": "when the application began, for the application",
    "src/python/wsgi/events.cpp": "when an event was, for the application",
    "src/scoreboard/scoreboard.cpp": "since when something is so, for people; no limit is compared with it",
}


def uses():
    for folder in ("src", "mod_warp", "launcher"):
        for path in sorted((ROOT / folder).rglob("*.[ch]*")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if SETTABLE.search(line.partition("//")[0]):
                    yield str(path.relative_to(ROOT)), number


def main():
    found = list(uses())
    wrong = [f"{path}:{number}: looks at the time of day; limits need steady_clock. If it is only told to somebody, say so in tests/clock_test.py"
             for path, number in found if path not in TOLD]
    wrong += [f"{path}: does not tell the time of day any more; take it out of tests/clock_test.py" for path in TOLD.keys() - {path for path, _ in found}]
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


sys.exit(main())
