"""Processes of httpd and the supervisor that die."""
from support.load import SteadyLoad
from support.patient import CLIENTS, DEATH, only_started_posts_failed, wait_for
from support.processes import wait_until_gone
from support.waiting import wait_until


def test_loses_only_started_posts_when_the_supervisor_is_killed(start):
    patient = start()
    patient.site.log.allow("answered 502")
    with patient.under_load() as load:
        (old,) = patient.site.supervisors()
        old.kill()
        wait_until(lambda: [each for each in patient.site.supervisors() if each != old], 10, "there is a new supervisor")
        wait_for(load, 100)
    only_started_posts_failed(load)
    patient.site.log.expect("supervisor ended .*SIGKILL")


def test_loses_only_the_connections_of_a_killed_child(start):
    patient = start()
    with patient.under_load() as load:
        (old,) = patient.site.httpd_children()
        killed = load.now()
        old.kill()
        wait_until(lambda: patient.site.httpd_children() not in ([], [old]), 10, "there is a new child")
        wait_for(load, 100)
    failures = load.failures()
    # Its sockets died with it; who connects later waits for the next child.
    assert len(failures) <= CLIENTS, failures
    assert all(each.kind in ("reset", "closed unanswered", "truncated") and each.at < killed + 0.2 for each in failures), failures
    # httpd itself says nothing about a child that somebody kills.


def test_leaves_nothing_within_two_seconds_when_the_parent_is_killed(start):
    patient = start()
    patient.site.log.allow(f"{DEATH}|answered 502")
    with SteadyLoad(patient.site.port, patient.ledger, "/5") as load:
        wait_for(load, 100)
        everything = patient.site.processes()
        patient.site.httpd_parent().kill()
        wait_until_gone(everything, 2)
    assert patient.site.processes() == []
    assert {each.kind for each in load.failures()} <= {"refused", "reset", "closed unanswered", "truncated", "status 502"}
    patient.site.expected_status = -9
