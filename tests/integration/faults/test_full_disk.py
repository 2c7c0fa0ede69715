"""A disk without room for logs, or for whatever else."""
import pytest

from support.load import SteadyLoad
from support.patient import SITE, Patient, none_failed, wait_for
from support.small_disk import fill, small_disk
from support.waiting import wait_until

KIB = 256
UPLOAD = 20 * 1024 * 1024


def test_serves_when_no_log_can_be_written(unstarted_httpd):
    site = unstarted_httpd(SITE.format(processes=2, threads=5, options="", app="ledger") + "ErrorLog /dev/full\nLogLevel debug\n")
    site.has_started = lambda: len(site.workers()) >= 2 and len(site.httpd_children()) == 1
    site.start()
    patient = Patient(site, 2)
    with SteadyLoad(site.port, patient.ledger, "/5") as load:
        wait_for(load, 200)
        victim = patient.someone()
        victim.kill()
        patient.is_replaced(victim)
        wait_for(load, 200)
    assert not [each for each in load.failures() if not each.started]
    site.stop()


@pytest.mark.may_mount
def test_logs_again_when_the_disk_has_room_again(unstarted_httpd):
    site = unstarted_httpd(SITE.format(processes=2, threads=5, options="", app="ledger") + "ErrorLog ${SCRATCH}/logs/error.log\nLogLevel warp:debug\n")
    with small_disk(site.scratch / "logs", KIB) as disk:
        site.log.path = disk / "error.log"
        site.start()
        patient = Patient(site, 2).wait_until_ready()
        with SteadyLoad(site.port, patient.ledger, "/5") as load:
            filler = fill(disk)
            wait_for(load, 300)
            filler.unlink()
            mark = site.log.mark()
            wait_until(lambda: site.fetch("/no-number").status == 500 and "ValueError" in site.log.since(mark), 10, "records are written again")
        none_failed(load)
        site.log.allow("ValueError")
        site.stop()


@pytest.mark.may_mount
def test_takes_uploads_when_the_folder_for_temporary_files_is_full(unstarted_httpd):
    site = unstarted_httpd(SITE.format(processes=2, threads=5, options="", app="ledger"))
    with small_disk(site.scratch / "temporary", KIB) as disk:
        site.more_environment = {"TMPDIR": str(disk)}
        fill(disk)
        patient = Patient(site.start(), 2).wait_until_ready()
        with patient.under_load() as load:
            # Nothing of a body is put on a disk by httpd or by us.
            assert site.fetch("/take", "POST", body=bytes(UPLOAD)).body == b"%d" % UPLOAD
        none_failed(load)
        site.stop()
