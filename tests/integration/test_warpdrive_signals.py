"""warpdrive and the signals that stop it: what it has started gets them, nothing is left behind, nothing more begins."""
import contextlib
import functools
import os
import pty
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from support.waiting import wait_until
from support.warpdrive import Developer

# Notes the orders to stop, and ends at the first; one that comes early waits for it.
WAITING = """exec /usr/bin/python3 -I -c '
import os, signal
orders = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
signal.pthread_sigmask(signal.SIG_BLOCK, orders)
with open("started", "w") as file:
    file.write(str(os.getpid()))
order = signal.sigwait(orders)
with open("got", "a") as got:
    while order:
        print(signal.Signals(order).name[3:], file=got)
        another = signal.sigtimedwait(orders, 0.2)
        order = another and another.si_signo
open("ended", "w").close()
'
"""
# An engine that answers `version`, and builds until it is interrupted.
ENGINE = '#!/bin/sh\n[ "$1" = version ] && exit\nfor word; do last=$word; done\necho "$last" > source\nexec sleep 60\n'


@pytest.fixture
def developer(prefix):
    developer = Developer(prefix)
    yield developer.write({"wsgi.py": "application = None\n"})
    developer.discard()


@contextlib.contextmanager
def started(developer, *arguments, before=(), **options):
    # Where tests run in the background, SIGINT may be ignored, and would be here, too.
    words = ["env", "--default-signal=INT,QUIT,HUP", *before, developer.program, *arguments]
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               "start_new_session": True} | options
    with subprocess.Popen(words, cwd=developer.project, env=developer.variables, text=True, **options) as command:
        try:
            yield command
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(command.pid, signal.SIGKILL)


def has(developer, name):
    return wait_until((developer.project / name).exists, what=f"there is {name}")


def got(developer):
    return (developer.project / "got").read_text().split()


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@functools.cache
def has_namespaces():
    return bool(shutil.which("unshare")) and subprocess.run(
        ["unshare", "--pid", "--fork", "true"], capture_output=True, timeout=10, check=False).returncode == 0


def test_passes_a_signal_for_it_alone_on_to_a_hook(developer):
    developer.write_hook("deploy", WAITING).write_hook("deploy-env", "").write({"app.sh": "#!/bin/sh\necho > served\n"}, 0o755)
    with started(developer, "start") as command:
        has(developer, "started")
        command.send_signal(signal.SIGTERM)
        said = command.communicate(timeout=10)[1]
    assert (command.returncode, got(developer)) == (128 + signal.SIGTERM, ["TERM"])
    assert (developer.project / "ended").exists()  # it is waited for
    assert not (developer.project / "served").exists()
    assert said == "warpdrive: stopped by SIGTERM\n"


def test_passes_it_on_to_a_hook_whose_output_it_reads(developer):
    developer.write_hook("deploy-env", WAITING).write_hook("setup", "echo > set-up\n")
    with started(developer, "setup") as command:
        has(developer, "started")
        command.send_signal(signal.SIGHUP)
        command.communicate(timeout=10)
    assert command.returncode == 128 + signal.SIGHUP
    assert not (developer.project / "set-up").exists()


@pytest.mark.skipif(not has_namespaces(), reason="needs the right to make a PID namespace")
@pytest.mark.parametrize("task", ["setup", "start"])
def test_the_first_process_of_a_container_loses_no_signal(developer, task):
    developer.write_hook({"setup": "setup", "start": "deploy"}[task], WAITING)
    with started(developer, task, before=["unshare", "--pid", "--fork", "--kill-child"]) as command:
        has(developer, "started")
        (first,) = children(command.pid)
        os.kill(first, signal.SIGTERM)
        said = command.communicate(timeout=10)[1]
    assert (command.returncode, got(developer)) == (128 + signal.SIGTERM, ["TERM"])
    assert said == "warpdrive: stopped by SIGTERM\n"


@pytest.mark.parametrize(("what_happens", "number"), [
    pytest.param(lambda terminal: terminal.write(b"\x03"), signal.SIGINT, id="ctrl-c"),
    pytest.param(lambda terminal: terminal.close(), signal.SIGHUP, id="hang-up")])
def test_a_terminals_signal_comes_once(developer, what_happens, number):
    developer.write_hook("setup", WAITING)
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb", buffering=0) as terminal, os.fdopen(theirs) as end:
        with started(developer, "setup", before=["setsid", "--ctty", "--wait"], stdin=end, stdout=subprocess.DEVNULL) as command:
            has(developer, "started")
            what_happens(terminal)
            command.communicate(timeout=10)
    assert (command.returncode, got(developer)) == (128 + number, [number.name.removeprefix("SIG")])


def test_an_interrupted_image_leaves_no_copy(developer):
    engine = developer.directory / "podman"
    engine.write_text(ENGINE)
    engine.chmod(0o755)
    (developer.directory / "tmp").mkdir()
    developer.variables |= {"TMPDIR": str(developer.directory / "tmp"), "PATH": f"{developer.directory}:/usr/bin:/bin"}
    with started(developer, "image", "--engine", "podman") as command:
        has(developer, "source")
        wait_until(lambda: (developer.project / "source").read_text(), what="the engine builds")
        assert list((developer.directory / "tmp").iterdir())
        os.killpg(command.pid, signal.SIGINT)
        said = command.communicate(timeout=10)[1]
    assert command.returncode == 128 + signal.SIGINT
    assert said == "warpdrive: stopped by SIGINT\n"
    assert not list((developer.directory / "tmp").iterdir())


def test_programs_inherit_no_blocked_signals(developer):
    done = developer.call("exec", "grep", "SigBlk", "/proc/self/status")
    assert int(done.stdout.split()[1], 16) == 0


def test_what_nohup_ignores_stays_ignored(developer):
    developer.write_hook("setup", WAITING)
    with started(developer, "setup", before=["env", "--ignore-signal=HUP"]) as command:
        has(developer, "started")
        command.send_signal(signal.SIGHUP)
        command.send_signal(signal.SIGTERM)
        command.communicate(timeout=10)
    assert command.returncode == 128 + signal.SIGTERM
