"""Workers that die: GETs are not lost, POSTs only if the application had begun with them, and the rest notices nothing."""
import signal

import pytest

from support.memory_group import memory_group
from support.patient import CRASH, DEATH, only_started_posts_failed, rounds, wait_for


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV], ids=["SIGKILL", "SIGSEGV"])
def test_loses_no_get_and_no_unstarted_post_to_a_signal(start, number):
    patient = start()
    patient.site.log.allow(f"{DEATH}|{CRASH}")
    with patient.under_load() as load:
        deaths = 0
        for _ in rounds(load, 2):
            victim = patient.someone()
            victim.kill(number)
            patient.is_replaced(victim)
            deaths += 1
    only_started_posts_failed(load, deaths=deaths)
    patient.site.log.expect("worker exited")


@pytest.mark.parametrize("path", ["/segfault", "/leave"])
def test_loses_only_what_ran_beside_a_request_that_ends_the_process(start, path):
    patient = start()
    patient.site.log.allow(f"{DEATH}|{CRASH}")
    with patient.under_load() as load, patient.break_by(path) as fatal:
        assert fatal.read_response().status == 502
        wait_for(load, 100)
    only_started_posts_failed(load, deaths=1)
    patient.site.log.expect("worker exited")


@pytest.mark.may_make_cgroup
def test_loses_only_what_ran_in_a_worker_that_the_kernel_kills_for_its_memory(start):
    patient = start()
    patient.site.log.allow(DEATH)
    with memory_group(150 << 20) as join, patient.under_load() as load, patient.break_by("/eat_memory?400") as hungry:
        victim = patient.worker_of_breaker()
        join(victim.pid)
        (patient.site.scratch / "eat").touch()
        assert hungry.read_response().status == 502
        patient.is_replaced(victim)
        wait_for(load, 100)
    only_started_posts_failed(load, deaths=1)
    patient.site.log.expect("worker exited")
