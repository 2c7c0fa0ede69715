"""A graceful restart of httpd leaves the processes of a group alone that has not changed, and only those."""
import os
import shutil
import signal

import pytest

from support.load import Load
from support.waiting import wait_until

SITE = "WarpDaemonProcess site processes=2 threads=3\nWarpScriptAlias / ${APPS}/dying.py process-group=site\n"
WIKI = "WarpDaemonProcess wiki threads=2\nWarpScriptAlias /wiki ${APPS}/held.py process-group=wiki\n"


def serving(site, group=None):
    """Supervisors and workers, all or those of one group, once they are what they are told to be."""
    everyone = site.supervisors() + site.workers()
    return {each for each in everyone if group is None or group in each.command.split()}


def start(httpd, directives=SITE, workers=2, **options):
    site = httpd(directives, **options)
    wait_until(lambda: site.log.count("worker ready") == workers, 10, "all workers are ready")
    return site


def restart_with(site, directives):
    site.write_config(directives)
    site.restart_gracefully()


def wait_until_only(site, expected):
    wait_until(lambda: serving(site) == expected, 20, lambda: f"these run: {expected}, and not {serving(site)}")


@pytest.mark.sanitizer
@pytest.mark.parametrize("mpm", ["event", "worker", "prefork"])
def test_goes_on_with_its_processes(httpd, mpm):
    site = start(httpd, mpm=mpm)
    before = serving(site)
    for _ in range(3):
        site.restart_gracefully()
        assert site.fetch("/").body in {str(each.pid).encode() for each in before}
    assert serving(site) == before and len(before) == 3


def test_serves_old_and_new_children_at_the_same_time(httpd):
    site = start(httpd, "WarpDaemonProcess site threads=3\nWarpScriptAlias / ${APPS}/held.py\n", workers=1)
    worker = str(site.workers()[0].pid)
    (site.scratch / "free").touch()
    with site.connect() as connection:
        connection.send_head("GET", "/?release")
        wait_until((site.scratch / "release.started").exists, 10, "the request runs")
        (old,) = site.httpd_children()
        site.main.send_signal(signal.SIGUSR1)
        wait_until(lambda: set(site.httpd_children()) - {old}, 10, "there is a new child")
        for _ in range(5):
            assert site.fetch("/?free").body.decode() == worker
        (site.scratch / "release").touch()
        assert connection.read_response().body.decode() == worker
    wait_until(lambda: old not in site.httpd_children(), 10, "the old child ends")
    assert site.fetch("/?free").body.decode() == worker


def test_loses_no_request_and_no_worker_under_load(httpd):
    site = start(httpd)
    before = serving(site)
    with Load(site.port, "/", clients=4) as load:
        for _ in range(10):
            site.restart_gracefully()
        answered = load.finished
        wait_until(lambda: load.finished > answered + 20, 20, "requests are answered")
    assert not load.failures()
    assert serving(site) == before


def test_opens_nothing_that_stays_open(httpd):
    site = start(httpd, SITE + WIKI, workers=3)

    def opened():
        return [sorted(each.descriptors().items()) for each in [site.httpd_parent(), *site.supervisors()]]

    # What httpd itself has open is another file each time, but there are not more.
    site.restart_gracefully()
    before = [len(each) for each in opened()]
    for _ in range(5):
        site.restart_gracefully()
    assert [len(each) for each in opened()] == before


def test_replaces_the_group_that_has_changed_and_no_other(httpd):
    site = start(httpd, SITE + WIKI, workers=3)
    kept, changed = serving(site, "site"), serving(site, "wiki")
    restart_with(site, SITE + WIKI.replace("threads=2", "threads=4"))
    wait_until(lambda: not changed & serving(site), 20, "the changed group's old processes end")
    assert serving(site, "site") == kept
    wait_until(lambda: len(serving(site, "wiki")) == 2, 10, "all processes are there")


def test_ends_a_group_that_was_removed(httpd):
    site = start(httpd, SITE + WIKI, workers=3)
    kept = serving(site, "site")
    restart_with(site, SITE)
    wait_until_only(site, kept)


def test_lets_a_removed_group_finish_the_requests_of_old_children(httpd):
    site = start(httpd, SITE + WIKI, workers=3)
    kept = serving(site, "site")
    with site.connect() as connection:
        connection.send_head("GET", "/wiki?release")
        wait_until((site.scratch / "release.started").exists, 10, "the request runs")
        site.write_config(SITE)
        site.main.send_signal(signal.SIGUSR1)
        site.log.expect("group goes on with its processes group=site")
        (site.scratch / "release").touch()
        assert connection.read_response().status == 200
    wait_until_only(site, kept)


def test_takes_a_renamed_group_for_another(httpd):
    site = start(httpd)
    before = serving(site)
    restart_with(site, SITE.replace("site", "shop"))
    wait_until(lambda: not before & serving(site), 20, "the old processes end")
    wait_until(lambda: len(serving(site, "shop")) == 3, 10, "all processes are there")


def test_keeps_a_group_when_virtual_hosts_come_and_go(httpd):
    site = start(httpd)
    kept = serving(site)
    restart_with(site, f"<VirtualHost *:{site.port}>\nServerName wiki.example.org\n{WIKI}</VirtualHost>\n{SITE}")
    assert kept < serving(site) and len(serving(site, "wiki")) == 2
    restart_with(site, SITE)
    wait_until_only(site, kept)


def test_keeps_a_group_when_only_limits_of_the_children_change(httpd):
    site = start(httpd)
    kept = serving(site)
    restart_with(site, SITE.replace("threads=3", "threads=3 connect-timeout=7"))
    assert serving(site) == kept


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
def test_replaces_a_group_with_another_user(httpd):
    site = start(httpd)
    before = serving(site)
    restart_with(site, SITE.replace("threads=3", "threads=3 user=nobody group=nogroup"))
    wait_until(lambda: not before & serving(site), 20, "the old processes end")
    assert {each.uid for each in serving(site)} == {65534}


def test_replaces_a_group_whose_program_was_replaced(httpd):
    # A place of its own: the installation belongs to all tests.
    site = httpd("")
    programs = site.directory / "libexec"
    shutil.copytree(site.prefix.libexec, programs)
    directives = f"WarpLibexecDirectory {programs}\n{SITE}"
    restart_with(site, directives)
    wait_until(lambda: site.log.count("worker ready") == 2, 10, "all workers are ready")
    before = serving(site)
    site.restart_gracefully()
    assert serving(site) == before
    os.utime(programs / "warp-supervisor", (1, 1))
    site.restart_gracefully()
    wait_until(lambda: not before & serving(site), 20, "the old processes end")
    wait_until(lambda: len(serving(site)) == 3, 10, "all processes are there")


def test_replaces_a_group_whose_log_was_rotated(httpd):
    site = start(httpd)
    before = serving(site)
    site.log.path.rename(site.directory / "error.log.1")
    site.restart_gracefully()
    wait_until(lambda: site.log.count("worker ready") == 2, 10, "the new log is written")
    wait_until(lambda: not before & serving(site), 20, "the old processes end")


def test_ends_all_groups_when_the_module_is_loaded_no_more(httpd):
    site = start(httpd)
    before = len(site.httpd_parent().descriptors())
    site.write_config("")
    without = site.config.read_text().replace("LoadModule warp_module", "#")
    site.config.write_text(without)
    site.restart_gracefully()
    wait_until(lambda: not serving(site), 20, "the groups' processes end")
    assert len(site.httpd_parent().descriptors()) < before
    # httpd does not know them any more.
    site.log.allow("AH00488: long lost child came home")
    restart_with(site, SITE)
    assert site.fetch("/").status == 200
    assert len(site.httpd_parent().descriptors()) == before


def test_starts_a_supervisor_again_that_dies_after_a_restart(httpd):
    site = start(httpd)
    site.restart_gracefully()
    (old,) = site.supervisors()
    old.kill()
    (new,) = wait_until(lambda: [each for each in site.supervisors() if each != old], 20, "there is a new supervisor")
    assert site.fetch("/").status == 200
    wait_until(lambda: len(site.workers()) == 2, 20, "only the new workers are left")
    site.restart_gracefully()
    assert site.supervisors() == [new]
    site.log.expect("supervisor ended group=site")


def test_starts_a_supervisor_again_that_dies_during_a_restart(httpd):
    site = start(httpd)
    (old,) = site.supervisors()
    site.main.send_signal(signal.SIGSTOP)
    old.kill()
    site.main.send_signal(signal.SIGUSR1)
    site.main.send_signal(signal.SIGCONT)
    wait_until(lambda: [each for each in site.supervisors() if each != old], 20, "there is a new supervisor")
    assert site.fetch("/").status == 200
    site.log.expect("supervisor ended (during httpd's restart )?group=site")


def test_waits_for_a_supervisor_whose_start_is_put_off(httpd):
    site = start(httpd)
    site.supervisors()[0].kill()
    # Its process is there, but does not run the program yet.
    started = site.log.expect(r"supervisor ended group=site .* started again with pid=(\d+) in 1 s")
    site.restart_gracefully()
    wait_until(site.supervisors, 10, "the supervisor is started")
    assert [each.pid for each in site.supervisors()] == [int(started[1])]
    assert site.fetch("/").status == 200


def test_starts_a_group_anew_whose_scoreboard_was_overwritten(httpd):
    site = start(httpd)
    before = serving(site)
    (scoreboard,) = [number for number, name in site.supervisors()[0].descriptors().items() if "warp-scoreboard" in name][:1]
    with open(f"/proc/{site.supervisors()[0].pid}/fd/{scoreboard}", "r+b", buffering=0) as memory:
        memory.write(b"\xff" * 24)
    site.restart_gracefully()
    assert site.fetch("/").status == 200
    wait_until(lambda: not before & serving(site), 20, "the old processes end")
    site.log.expect("group is started anew group=site")
