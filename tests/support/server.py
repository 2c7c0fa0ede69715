"""What a hand-written httpd and one started by warpdrive-express have in common: start, look inside, stop, check."""
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from pathlib import Path

from support import processes, sanitizer
from support.error_log import ErrorLog
from support.ports import free_port, is_listening
from support.processes import MARKER
from support.raw_http import RawConnection, fetch
from support.waiting import SLOWNESS, stays_true, wait_until

RUNNING = []  # for the report of a failed test: conftest.py


class Server:
    """A folder, a port, a main process, and everything that this process starts."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.port = free_port()
        self.marker = uuid.uuid4().hex
        # Not pytest's tmp_path: only its owner can enter that.
        self.directory = Path(tempfile.mkdtemp(prefix="warp-test-"))
        self.directory.chmod(0o755)
        self.scratch = self.directory / "scratch"
        self.scratch.mkdir()
        self.scratch.chmod(0o777)
        self.output_path = self.directory / "output"
        self.log = ErrorLog(self.error_log_path())
        # httpd's event MPM, told to end, closes the sockets of connections that linger, and then complains.
        self.log.allow("AH03092: process_lingering_close")
        self.more_environment = {}
        self.main = None
        self.stdin = subprocess.DEVNULL
        self.expected_status = 0
        self.stop_seconds = 30
        self.is_shared = False

    # What the two kinds fill in.
    def command(self):
        raise NotImplementedError

    def error_log_path(self):
        raise NotImplementedError

    def working_directory(self):
        return "/"

    def popen_options(self):
        return {"stdin": self.stdin}

    def environment(self):
        """Made here and not inherited, so that every machine and every shell starts the same server."""
        passed = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        return passed | sanitizer.environment() | {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(self.scratch),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.scratch),  # so that a file that is left there shows
            MARKER: self.marker,
            "WARP_TEST_SCRATCH": str(self.scratch),
        } | self.more_environment

    def has_started(self):
        return is_listening(self.port)

    # Life.
    def start(self, seconds=20):
        if self not in RUNNING:
            RUNNING.append(self)
        with open(self.output_path, "ab") as output:
            self.main = subprocess.Popen(self.command(), stdout=output, stderr=subprocess.STDOUT,
                                         env=self.environment(), cwd=self.working_directory(),
                                         start_new_session=True, **self.popen_options())
        wait_until(lambda: self.main.poll() is not None or self.has_started(), seconds, lambda: f"it listens on {self.port}\n{self.report()}")
        assert self.main.poll() is None, f"it ended with status {self.main.returncode}\n{self.report()}"
        return self

    def stop(self, number=signal.SIGTERM):
        """Ends the server and checks that it leaves nothing behind."""
        started = self.processes()
        if self.main.poll() is None:
            self.main.send_signal(number)
        status = self.wait()
        processes.wait_until_gone(started, 5)
        left = [each.command for each in self.processes()]
        assert not left, f"left behind: {left}"
        assert status == self.expected_status, f"exit status {status}\n{self.report()}"
        unexpected = self.log.unexpected()
        assert not unexpected, "unexpected lines in the error log:\n" + "\n".join(unexpected)

    def wait(self, seconds=None):
        try:
            return self.main.wait((seconds or self.stop_seconds) * SLOWNESS)
        except subprocess.TimeoutExpired as error:
            raise AssertionError(f"still running after {error.timeout} s\n{self.report()}") from error

    def discard(self):
        """Whatever state the test left it in: no process, no file."""
        if self in RUNNING:
            RUNNING.remove(self)
        for each in self.processes():
            try:
                each.kill()
            except ProcessLookupError:
                pass
        if self.main:
            self.main.wait(10)
        shutil.rmtree(self.directory, ignore_errors=True)

    # Looking inside.
    def processes(self, program=""):
        """Its living processes whose executable's name starts so."""
        return [each for each in processes.marked(self.marker) if each.program.startswith(program)]

    def workers(self):
        return [each for each in self.processes("warp-worker") if not each.is_template()]

    def templates(self):
        """Those that fork workers."""
        return [each for each in self.processes("warp-worker") if each.is_template()]

    def supervisors(self):
        return self.processes("warp-supervisor")

    def httpd_parent(self):
        parents = {each: each.parent for each in self.processes("apache2") or self.processes("httpd")}
        pids = {each.pid for each in parents}
        # A child may end while one looks.
        (found,) = [each for each, parent in parents.items() if parent is not None and parent not in pids]
        return found

    def httpd_children(self):
        parent = self.httpd_parent()
        return [each for each in self.processes(parent.program) if each.parent == parent.pid]

    def is_idle(self):
        """Its processes use no CPU time for half a second."""
        observed = self.processes()
        before = processes.cpu_seconds(observed)
        try:
            stays_true(lambda: processes.cpu_seconds(observed) == before, 0.5)
        except AssertionError:
            return False
        return True

    def output(self):
        return self.output_path.read_text(errors="replace")

    def report(self):
        return f"--- output\n{self.output()[-4000:]}\n--- error log\n{self.log.text()[-12000:]}"

    # Asking.
    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def connect(self, **options):
        return RawConnection(self.port, **options)

    def fetch(self, path="/", method="GET", *fields, body=b""):
        return fetch(self.port, path, method, *fields, body=body)
