"""Descriptors, threads and memory that run out in one process."""
import pytest

from support.patient import DEATH, none_failed, wait_for
from support.processes import threads_of

# The kernel counts the threads of a user, whatever server they belong to.
pytestmark = pytest.mark.alone


def leave_descriptors(process, count):
    """From now on it can open so many more; returns what it could before."""
    before = process.descriptor_limit()
    process.limit("nofile", max(process.descriptors()) + 1 + count)
    return before


def test_a_worker_without_descriptors_hurts_nobody(start):
    patient = start()
    patient.site.log.allow(r"offered channel refused|Too many open files")
    with patient.under_load() as load:
        worker = patient.someone()
        before = leave_descriptors(worker, 0)
        # Channels that it can't take, as they come with new connections.
        for _ in range(30):
            assert patient.site.fetch("/pid").status == 200
        wait_for(load, 200)
        worker.limit("nofile", before)
        wait_for(load, 100)
    none_failed(load)


def test_a_child_without_descriptors_serves_when_it_has_some_again(start):
    patient = start()
    patient.site.log.allow(r"Too many open files|WARP1001|AH00052|apr_socket_accept|AH0")
    with patient.under_load() as load:
        (child,) = patient.site.httpd_children()
        before = leave_descriptors(child, 3)
        connections = [patient.site.connect() for _ in range(20)]
        wait_for(load, 20)
        if child.is_alive():
            child.limit("nofile", before)
        for each in connections:
            each.close()
        wait_for(load, 100)
    # It gives up connections and answers 503, but kills nothing and says no nonsense.
    assert {each.kind for each in load.failures()} <= {"status 503", "reset", "closed unanswered"}, load.failures()
    assert patient.site.log.count("exit signal") == 0


def test_a_bomb_of_threads_hurts_only_its_request(start):
    patient = start()
    patient.site.log.allow("can't start new thread|start_threads")
    with patient.under_load() as load:
        for each in patient.site.workers():
            # Counted for the user, over all processes: what it runs now, and some.
            each.limit("nproc", threads_of(each.uid) + 60)
        with patient.break_by("/start_threads?5000") as bomb:
            assert bomb.read_response().status == 500
        wait_for(load, 100)
    none_failed(load)


def test_a_request_that_wants_too_much_memory_hurts_only_itself(start):
    patient = start()
    patient.site.log.allow(f"MemoryError|{DEATH}")
    with patient.under_load() as load:
        for each in patient.site.workers():
            each.limit("as", int(each.status("VmSize").split()[0]) * 1024 + (256 << 20))
        with patient.break_by("/large?10000000") as hungry:
            assert hungry.read_response().status == 500
        wait_for(load, 100)
    none_failed(load)
