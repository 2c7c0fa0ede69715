"""Waiting for something to become true, with a deadline instead of a sleep."""
import time

from support import sanitizer

# Programs built with sanitizers are several times slower; the deadlines stretch with them.
SLOWNESS = 4 if sanitizer.RUNTIME else 1


def wait_until(condition, seconds=10, what="the condition"):
    """The first true value of condition(). AssertionError naming `what` when there is none in time."""
    deadline = time.monotonic() + seconds * SLOWNESS
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds * SLOWNESS:g} s: {what() if callable(what) else what}")
        time.sleep(0.01)


def stays_true(condition, seconds, what="the condition"):
    """For what must not happen: looks again and again for the whole time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert condition(), f"no longer true: {what}"
        time.sleep(0.02)
