"""With preload one process imports the application and forks the workers."""
import os

import pytest

from support.waiting import wait_until

DIRECTIVES = """
WarpDaemonProcess site processes={processes} threads=2 python-path=${{SCRATCH}} {options}
WarpScriptAlias /app ${{SCRATCH}}/imported.py process-group=site
"""
SCRIPT = """
import os, random
{extra}
IMPORTER = os.getpid()
CHILD = []
os.register_at_fork(after_in_child=lambda: CHILD.append(os.getpid()))

def application(environ, start_response):
    body = ("%d %d %s %r" % (IMPORTER, os.getpid(), CHILD, random.random())).encode()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [body]
"""


@pytest.fixture
def start(unstarted_httpd):
    started = []

    def make(extra="", options="", processes=3):
        site = unstarted_httpd(DIRECTIVES.format(processes=processes, options=options))
        (site.scratch / "imported.py").write_text(SCRIPT.format(extra=extra))
        site.start()
        started.append(site)
        return site

    yield make
    for each in started:
        each.stop()


def answers(site, count=40):
    return [site.fetch("/app").body.decode().split(" ", 3) for _ in range(count)]


def ready(site, count):
    wait_until(lambda: site.log.count("worker ready") >= count, 20, "the workers are ready")


@pytest.mark.sanitizer
def test_one_process_imports_for_all_workers(start):
    site = start()
    ready(site, 3)
    seen = answers(site)
    (importer,) = {importer for importer, *_ in seen}
    assert importer not in {worker for _, worker, *_ in seen}


def test_functions_for_a_fork_are_called_and_random_numbers_differ(start):
    site = start()
    ready(site, 3)
    seen = answers(site)
    assert all(child == f"[{worker}]" for _, worker, child, _ in seen)
    assert len({number for *_, number in seen}) == len(seen)


def test_workers_share_the_memory_of_the_import(start):
    site = start(extra="BALLAST = [str(number) for number in range(400_000)]")
    ready(site, 3)
    private = [each.private_kib() for each in site.workers()]
    assert len(private) == 3
    assert max(private) < 12_000, private


@pytest.mark.parametrize("extra, named", [
    ("import threading, time\nthreading.Thread(target=time.sleep, args=(3600,), name='poller', daemon=True).start()", "thread 'poller'"),
    ("import socket\nSERVER = socket.create_server(('127.0.0.1', 0))", "socket at"),
])
def test_an_application_that_can_not_be_forked_is_imported_by_each_worker(start, extra, named):
    site = start(extra=extra)
    site.log.expect(f"can't be preloaded.*{named}")
    ready(site, 3)
    seen = answers(site)
    assert all(importer == worker for importer, worker, *_ in seen)


def test_off_by_option_and_for_one_process(start):
    for options, processes in (("preload=off", 2), ("", 1)):
        site = start(options=options, processes=processes)
        ready(site, processes)
        assert all(importer == worker for importer, worker, *_ in answers(site, 10))
        assert site.log.count("template started") == 0


def test_a_worker_that_died_is_forked_anew_with_the_same_code(start):
    site = start(processes=2)
    ready(site, 2)
    importer = answers(site, 1)[0][0]
    (site.scratch / "imported.py").write_text("this is no Python")
    os.utime(site.scratch / "imported.py", (1, 1))
    # It may be killed when its answer is out and it does not know that yet.
    site.log.allow("worker exited|request lost|reload failed|not loaded|SyntaxError|imported.py|\\^|no Python")
    victim = int(answers(site, 1)[0][1])
    os.kill(victim, 9)
    ready(site, 3)
    assert {seen[0] for seen in answers(site)} == {importer}


def test_nothing_is_left_when_httpd_is_killed(start):
    site = start()
    ready(site, 3)
    processes = site.processes()
    site.httpd_parent().kill()
    site.expected_status = -9
    wait_until(lambda: not any(each.is_alive() for each in processes), 2, "all processes are gone")
