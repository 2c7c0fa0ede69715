"""What an application counts for itself: one number for all processes of its group, on the server's page /metrics.

The module exists in worker processes only, as `warp` does.
"""
from contextlib import ContextDecorator
from typing import Iterable, Literal, Tuple

DEFAULT_BUCKETS: Tuple[float, ...]

class _Counter:
    def inc(self, amount: float = ...) -> None:
        """Adds the amount, which is not less than 0."""

class Counter(_Counter):
    """Counts up, over all processes and as long as the server runs. The page shows it as NAME_total."""

    def __init__(self, name: str, documentation: str, labelnames: Iterable[str] = ...) -> None: ...
    def labels(self, *values: object, **named: object) -> _Counter:
        """The child with these values, given in order or by name."""

class _Gauge:
    def set(self, value: float) -> None: ...
    def inc(self, amount: float = ...) -> None: ...
    def dec(self, amount: float = ...) -> None: ...

class Gauge(_Gauge):
    """Goes up and down. Each process has its own; the page shows their sum, or the greatest or least, of those that
    live."""

    def __init__(
        self, name: str, documentation: str, labelnames: Iterable[str] = ..., across: Literal["sum", "max", "min"] = ...
    ) -> None: ...
    def labels(self, *values: object, **named: object) -> _Gauge:
        """The child with these values, given in order or by name."""

class _Histogram:
    def observe(self, amount: float) -> None: ...
    def time(self) -> ContextDecorator:
        """For `with`, or as a decorator: observes the seconds that pass."""

class Histogram(_Histogram):
    """Counts observations by size, and their sum."""

    def __init__(
        self, name: str, documentation: str, labelnames: Iterable[str] = ..., buckets: Iterable[float] = ...
    ) -> None: ...
    def labels(self, *values: object, **named: object) -> _Histogram:
        """The child with these values, given in order or by name."""
