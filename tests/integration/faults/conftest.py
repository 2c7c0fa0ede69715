"""Fixtures of the faults. What is done to a server, and what has to be true after it, is in support/patient.py."""
import os

import pytest

from support import memory_group, small_disk
from support.patient import SITE, Patient

# What not every machine lets a test do: those that need it are left out there.
_POSSIBLE = {
    "may_make_cgroup": memory_group.is_possible,
    "may_mount": small_disk.is_possible,
    "may_set_clock": lambda: bool(os.environ.get("WARP_MAY_SET_CLOCK")),
}


def pytest_collection_modifyitems(config, items):
    impossible = [name for name, is_possible in _POSSIBLE.items() if any(item.get_closest_marker(name) for item in items) and not is_possible()]
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in impossible)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def start(httpd):
    """start(options="", processes=2, threads=5, more="", app="ledger"): a Patient, all of whose workers are ready."""
    def start(options="", processes=2, threads=5, more="", app="ledger"):
        site = httpd(SITE.format(processes=processes, threads=threads, options=options, app=app) + more)
        return Patient(site, processes).wait_until_ready()

    return start
