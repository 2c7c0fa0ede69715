"""Each kind of work: what is asked of whom, and with which figures as the result."""
from dataclasses import dataclass, field
from typing import Any

from arrival import Arrival
from scraping import Scraping
from sites import BenchSite, DjangoSite
from transfer import Transfer
from wrk import POST_SCRIPT, Wrk

# The two that every case has; a case's limits name the others.
_BOTH = ("warpdrive", "mod_wsgi")


@dataclass(frozen=True)
class Case:
    title: str
    load: Any  # measure(server, seconds) and warm_up(server)
    servers: tuple = _BOTH
    site: Any = field(default_factory=BenchSite)
    rounds: int | None = None  # where one says as much as several, or few say nothing
    seconds: int | None = None  # the same


CASES = {
    "hello": Case("hello world", Wrk(), (*_BOTH, "gunicorn", "httpd-gunicorn", "httpd-uwsgi", "nginx-uwsgi", "handler")),
    "single": Case("hello world, one client", Wrk(connections=1), (*_BOTH, "httpd-uwsgi", "handler")),
    "post": Case("64 KiB POST", Wrk("/post", script=POST_SCRIPT), (*_BOTH, "gunicorn", "httpd-uwsgi")),
    "large": Case("1 MiB response from memory", Wrk("/large"), (*_BOTH, "gunicorn", "httpd-uwsgi")),
    "file": Case("1 MiB response by file_wrapper", Wrk("/file"), (*_BOTH, "static")),
    "sendfile": Case("1 MiB response by file_wrapper, EnableSendfile On", Wrk("/file"), (*_BOTH, "static"),
                     BenchSite(httpd_settings="EnableSendfile On")),
    "chunks": Case("100 chunks of 1 KiB", Wrk("/chunks"), (*_BOTH, "gunicorn", "httpd-uwsgi")),
    "arrival": Case("from the yield of a chunk to the client", Arrival()),
    "upload": Case("upload", Transfer("upload"), rounds=1),
    "download": Case("download", Transfer("download"), rounds=1),
    "django": Case("Django's admin login page", Wrk("/admin/login/"), (*_BOTH, "gunicorn", "httpd-gunicorn"), DjangoSite()),
    "mixed": Case("200 µs of CPU and 2 ms of waiting", Wrk("/mixed"), (*_BOTH, "gunicorn", "httpd-gunicorn"),
                  BenchSite(processes=2)),
    # What is looked for is smaller than the noise of a round.
    "metrics": Case("hello world with and without metrics", Scraping(), ("scraped", "uncounted"), rounds=60, seconds=1),
}
