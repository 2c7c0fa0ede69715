"""The machine's clock is set back by an hour: nothing waits for an hour.

It is everybody's clock, so the test is there only when WARP_MAY_SET_CLOCK says that the machine is the test's own.
tests/clock_test.py holds everywhere that no wait looks at that clock.
"""
import contextlib
import time

import pytest

from support.patient import DEATH, none_failed, wait_for

HOUR = 3600


@contextlib.contextmanager
def clock_moved_by(seconds):
    before = time.clock_gettime(time.CLOCK_REALTIME) - time.monotonic()
    time.clock_settime(time.CLOCK_REALTIME, before + time.monotonic() + seconds)
    try:
        yield
    finally:
        time.clock_settime(time.CLOCK_REALTIME, before + time.monotonic())


@pytest.mark.may_set_clock
@pytest.mark.parametrize("seconds", [-HOUR, HOUR], ids=["back", "ahead"])
def test_a_moved_clock_moves_no_time_limit(start, seconds):
    patient = start("request-timeout=1 graceful-timeout=2 shutdown-timeout=1")
    patient.site.log.allow(rf"\[warp:(warn|error)\]|{DEATH}")
    with patient.under_load() as load:
        with clock_moved_by(seconds), patient.break_by("/deadlock") as stuck:
            sent = load.now()
            assert stuck.read_response().status == 504
            assert 1 <= load.now() - sent < 2
            patient.is_replaced(patient.worker_of_breaker())
            wait_for(load, 100)
        wait_for(load, 100)
    none_failed(load)
