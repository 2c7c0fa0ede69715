"""What an application counts for itself: one number for all processes of its group, on the server's page /metrics."""
# Run in the module `warp.metrics`, in which C++ has put what begins with an underscore here without being defined:
# _declare(), _cell(), _own_cell(), _add(), _set(), _value(). A cell of -1 stands for a series that has no room: what is
# added there counts as dropped. Python 3.8 and later.
import functools as _functools
import os as _os
import threading as _threading
import time as _time
from bisect import bisect_left as _bisect_left

__all__ = ["DEFAULT_BUCKETS", "Counter", "Gauge", "Histogram"]

DEFAULT_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_LONGEST_DOCUMENTATION = 160
_COUNTER, _HISTOGRAM = 0, 1
_GAUGES = {"sum": 2, "max": 3, "min": 4}

_metrics = {}  # by name
_lock = _threading.RLock()


class _Metric:
    """Of one name and kind, with a child for each combination of its labels' values."""

    def __init__(self, name, documentation, labelnames, kind, ends=()):
        if isinstance(labelnames, str):
            raise TypeError("labelnames is a sequence of names, not one name")
        # As much as a record has room for.
        documentation = documentation.encode("utf-8", "replace")[:_LONGEST_DOCUMENTATION].decode("utf-8", "ignore")
        shape = (kind, documentation, tuple(labelnames), tuple(ends))
        with _lock:
            known = _metrics.get(name)
            if known is not None and known._shape != shape:
                raise ValueError(f"there is a metric {name!r} already, of another kind or with other labels")
            self._name = name
            self._shape = shape
            self._labelnames = shape[2]
            self._family = _declare(name, kind, documentation, self._labelnames, shape[3]) if known is None else known._family
            self._children = {} if known is None else known._children
            if known is None:
                _metrics[name] = self
            self._only = None if self._labelnames else self._child(())

    def labels(self, *values, **named):
        """The child with these values, given in order or by name."""
        if named:
            if values or set(named) != set(self._labelnames):
                raise ValueError(f"{self._name} has the labels {', '.join(self._labelnames) or '(none)'}")
            values = tuple(named[name] for name in self._labelnames)
        if len(values) != len(self._labelnames) or not values:
            raise ValueError(f"{self._name} has the labels {', '.join(self._labelnames) or '(none)'}")
        return self._child(tuple(str(value) for value in values))

    def _child(self, values):
        child = self._children.get(values)
        if child is not None:
            return child
        with _lock:
            child = self._children.get(values)
            if child is None:
                child = self._make(b"\0".join(value.replace("\0", "\ufffd").encode("utf-8", "replace") for value in values))
                # As many as there is room for, and no more: labels may come from clients.
                if child._has_room():
                    self._children[values] = child
        return child

    def _of_no_labels(self):
        if self._only is None:
            raise ValueError(f"{self._name} has the labels {', '.join(self._labelnames)}: call labels() first")
        return self._only


class _CounterChild:
    def __init__(self, cell):
        self._cell = cell

    def _has_room(self):
        return self._cell >= 0

    def inc(self, amount=1):
        """Adds the amount, which is not less than 0, and finite."""
        if not 0 <= amount < float("inf"):
            raise ValueError(f"a counter goes up, by a number that is finite: not by {amount!r}")
        _add(self._cell, amount)


class Counter(_Metric):
    """Counts up, over all processes and as long as the server runs. The page shows it as NAME_total."""

    def __init__(self, name, documentation, labelnames=()):
        super().__init__(name[:-6] if name.endswith("_total") else name, documentation, labelnames, _COUNTER)

    def _make(self, values):
        return _CounterChild(_cell(self._family, 0, values))

    def inc(self, amount=1):
        self._of_no_labels().inc(amount)


class _GaugeChild:
    def __init__(self, family, values):
        self._family = family
        self._values = values
        self._cell = _own_cell(family, values)

    def _has_room(self):
        return self._cell >= 0

    def _move_to_this_process(self):
        value = _value(self._cell)
        self._cell = _own_cell(self._family, self._values)
        _set(self._cell, value)

    def set(self, value):
        _set(self._cell, value)

    def inc(self, amount=1):
        _add(self._cell, amount)

    def dec(self, amount=1):
        _add(self._cell, -amount)


class Gauge(_Metric):
    """Goes up and down. Each process has its own; the page shows their sum, or the greatest or least, of those that live."""

    def __init__(self, name, documentation, labelnames=(), across="sum"):
        if across not in _GAUGES:
            raise ValueError(f"across is one of {', '.join(_GAUGES)}, not {across!r}")
        super().__init__(name, documentation, labelnames, _GAUGES[across])

    def _make(self, values):
        return _GaugeChild(self._family, values)

    def set(self, value):
        self._of_no_labels().set(value)

    def inc(self, amount=1):
        self._of_no_labels().inc(amount)

    def dec(self, amount=1):
        self._of_no_labels().dec(amount)


class _Timer:
    """For `with`, or as a decorator."""

    def __init__(self, child):
        self._child = child

    def __enter__(self):
        self._start = _time.perf_counter()
        return self

    def __exit__(self, *_):
        self._child.observe(_time.perf_counter() - self._start)

    def __call__(self, function):
        @_functools.wraps(function)
        def timed(*arguments, **named):
            with _Timer(self._child):
                return function(*arguments, **named)

        return timed


class _HistogramChild:
    def __init__(self, ends, cells):
        self._ends = ends
        self._cells = cells

    def _has_room(self):
        return min(self._cells) >= 0

    def observe(self, amount):
        if not abs(amount) < float("inf"):
            raise ValueError(f"an observation is a number that is finite, not {amount!r}")
        _add(self._cells[_bisect_left(self._ends, amount)], 1)
        _add(self._cells[-1], amount)

    def time(self):
        return _Timer(self)


class Histogram(_Metric):
    """Counts observations by size, and their sum."""

    def __init__(self, name, documentation, labelnames=(), buckets=DEFAULT_BUCKETS):
        ends = tuple(float(end) for end in buckets)
        if ends and ends[-1] == float("inf"):
            ends = ends[:-1]
        if not ends or list(ends) != sorted(set(ends)) or not all(abs(end) < float("inf") for end in ends):
            raise ValueError("buckets are numbers, each greater than the one before")
        super().__init__(name, documentation, labelnames, _HISTOGRAM, ends)

    def _make(self, values):
        ends = self._shape[3]
        cells = [_cell(self._family, part, values) for part in range(len(ends) + 2)]
        return _HistogramChild(ends, cells if min(cells) >= 0 else [-1] * len(cells))

    def observe(self, amount):
        self._of_no_labels().observe(amount)

    def time(self):
        return self._of_no_labels().time()


def _after_fork():
    """What was set before a fork, as at the import of a preloaded application, is set in the new process, too."""
    global _lock
    _lock = _threading.RLock()
    for metric in _metrics.values():
        if isinstance(metric, Gauge):
            for child in metric._children.values():
                child._move_to_this_process()


_os.register_at_fork(after_in_child=_after_fork)
