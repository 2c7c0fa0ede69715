"""Workers that live and do not answer: a stuck request hurts itself; a stuck process is replaced, and its GETs are answered."""
import signal

from support.patient import DEATH, none_failed, wait_for

THREADS = 5

# What is said about a request or a process that is overdue, with the stacks.
OVERDUE = rf"{DEATH}|request overdue|request=\w+ method=|File \"|warp-worker:     |request given up|answered 50[24]|answer broken off|worker ends: all requests"


def test_a_request_that_waits_for_ever_hurts_only_itself(start):
    patient = start("request-timeout=1 graceful-timeout=2 shutdown-timeout=1")
    patient.site.log.allow(OVERDUE)
    with patient.under_load() as load, patient.break_by("/deadlock") as stuck:
        sent = load.now()
        assert stuck.read_response().status == 504
        assert 1 <= load.now() - sent < 2
        victim = patient.worker_of_breaker()
        patient.is_replaced(victim)
    none_failed(load)
    patient.site.log.expect("request overdue .*path=/deadlock")


def test_a_worker_whose_gil_is_never_free_is_replaced(start):
    patient = start("deadlock-timeout=1 request-timeout=20 shutdown-timeout=1", threads=THREADS)
    patient.site.log.allow(OVERDUE)
    with patient.under_load() as load, patient.break_by("/hold_gil") as stuck:
        victim = patient.worker_of_breaker()
        assert stuck.read_response().status in (502, 504)
        patient.is_replaced(victim)
        wait_for(load, 100)
    # A thread that waits for the lock has taken its request up: for the child it has started, and a POST goes nowhere else.
    assert {(each.method, each.kind) for each in load.failures()} <= {("POST", "status 502")}, load.failures()
    assert len(load.failures()) < THREADS, load.failures()
    patient.site.log.expect("worker is deadlocked")
    patient.site.log.expect("worker exited")


def test_a_stopped_worker_is_replaced(start):
    patient = start("deadlock-timeout=1 request-timeout=2 shutdown-timeout=1")
    patient.site.log.allow(OVERDUE)
    with patient.under_load() as load:
        victim = patient.someone()
        stopped = load.now()
        victim.kill(signal.SIGSTOP)
        patient.is_replaced(victim)
        wait_for(load, 100)
    # What it held, or was given until somebody noticed, can have reached its time limit.
    assert {each.kind for each in load.failures()} <= {"status 502", "status 504"}
    assert all(stopped - 1 < each.at < stopped + 4 for each in load.failures())
    patient.site.log.expect("worker stands still")
    patient.site.log.expect("worker will be replaced .*reason=standstill")
    patient.site.log.expect("worker killed: it did not stop in time")
    patient.site.log.expect("worker exited")
