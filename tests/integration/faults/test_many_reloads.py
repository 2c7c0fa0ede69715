"""Reloads without end: nothing is lost, nothing piles up. The full number: --reloads 1000.

Graceful restarts of httpd in such numbers: ../test_soak.py.
"""
import os

import pytest

from support.patient import none_failed, wait_for
from support.waiting import wait_until

pytestmark = pytest.mark.soak


def test_reloads_lose_nothing_and_leave_nothing(start, request):
    patient = start()
    script = patient.site.directory / "apps/ledger.py"
    reload(patient, script)
    with patient.under_load() as load:
        for _ in range(request.config.getoption("--reloads")):
            reload(patient, script)
        wait_for(load, 100)
    none_failed(load)


def reload(patient, script):
    """Up to the moment when only new workers are there."""
    old = {each.pid for each in patient.site.workers()}
    ready = patient.site.log.count("worker ready")
    now = script.stat().st_mtime_ns + 1_000_000
    os.utime(script, ns=(now, now))
    patient.site.fetch("/pid")
    wait_until(lambda: patient.site.log.count("worker ready") >= ready + 2 and not old & {each.pid for each in patient.site.workers()}, 30,
               lambda: f"all workers are new\n{patient.site.report()}")
