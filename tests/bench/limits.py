"""What warpdrive has to reach: the one table that --check looks at. `run` is what the JSON file holds."""
import operator
import statistics
from dataclasses import dataclass

_RELATIONS = {"<=": operator.le, "<": operator.lt, ">=": operator.ge}


@dataclass(frozen=True)
class Limit:
    """warpdrive's figure, divided by that of a peer if one is named, stands in this relation to the bound.

    pairwise: what counts is not the ratio of two medians but the median of the ratios in each round, which is closer to the truth
    where two servers differ by less than two rounds do.
    """

    case: str
    figure: str
    relation: str
    bound: float | None  # None: only a goal
    of: str | None = None
    goal: float | None = None
    server: str = "warpdrive"
    pairwise: bool = False

    def value(self, run):
        """None when the run has not measured it."""
        figures = run["medians"].get(self.case, {})
        if self.server not in figures or (self.of and self.of not in figures):
            return None
        if self.pairwise:
            return statistics.median(self.single_rounds(run))
        return figures[self.server][self.figure] / (figures[self.of][self.figure] if self.of else 1)

    def single_rounds(self, run):
        """The values of the rounds, each by itself."""
        rounds = run["rounds"][self.case]
        theirs = rounds[self.of] if self.of else [{self.figure: 1}] * len(rounds[self.server])
        return [mine[self.figure] / other[self.figure] for mine, other in zip(rounds[self.server], theirs)]

    def is_kept(self, value):
        return self.bound is None or _RELATIONS[self.relation](value, self.bound)

    def is_goal_reached(self, value):
        return _RELATIONS[self.relation](value, self.bound if self.goal is None else self.goal)


LIMITS = (
    Limit("hello", "cpu_us", "<=", 0.45, "mod_wsgi", goal=0.40),
    Limit("hello", "cpu_us", "<=", 2.6, "handler", goal=2.3),
    Limit("hello", "per_second", ">=", 2, "mod_wsgi"),
    Limit("hello", "per_second", ">=", 1.3, "httpd-uwsgi"),
    Limit("hello", "per_second", ">=", None, "nginx-uwsgi", goal=1),
    Limit("hello", "p99_us", "<", 1, "mod_wsgi"),
    Limit("hello", "p99_us", "<", 1, "httpd-uwsgi"),
    Limit("hello", "p99_us", "<", 1, "httpd-gunicorn"),
    Limit("single", "p50_us", "<=", 0.5, "mod_wsgi"),
    Limit("post", "cpu_us", "<=", 0.5, "mod_wsgi"),
    Limit("large", "per_second", ">=", 2, "mod_wsgi"),
    Limit("large", "cpu_us", "<=", 0.5, "mod_wsgi"),
    Limit("file", "per_second", ">=", 0.85, "static"),
    Limit("sendfile", "per_second", ">=", 0.85, "static"),
    Limit("chunks", "cpu_us", "<=", 1, "mod_wsgi"),
    Limit("arrival", "delay_p50_us", "<=", 1000),
    Limit("upload", "growth_mib", "<", 8),
    Limit("upload", "growth_pss_mib", "<", 8),
    Limit("download", "growth_mib", "<", 8),
    Limit("download", "growth_pss_mib", "<", 8),
    Limit("django", "cpu_us", "<", 1, "gunicorn"),
    Limit("django", "cpu_us", "<", 1, "httpd-gunicorn"),
    Limit("mixed", "per_second", ">=", 1, "mod_wsgi"),
    Limit("mixed", "per_second", ">=", 1, "gunicorn"),
    Limit("mixed", "p99_us", "<=", 1, "mod_wsgi"),
    Limit("mixed", "p99_us", "<=", 1, "gunicorn"),
    Limit("metrics", "cpu_us", "<=", 1.02, "uncounted", server="scraped", pairwise=True),
)


def measured(run):
    """The limits that this run says something about."""
    return [limit for limit in LIMITS if limit.value(run) is not None]


def not_kept(run):
    return [limit for limit in measured(run) if not limit.is_kept(limit.value(run))]
