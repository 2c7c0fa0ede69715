"""warpdrive-express start-server on a project, as a user would start it."""
import fcntl
import os
import pty
import pwd
import shutil
import struct
import subprocess
import termios
from pathlib import Path

from support.server import Server

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
# Who owns a project, and so runs it, when root starts the tests.
OWNER = "www-data"

# An application whose requests with a query wait until the test makes a file of that name.
HELD = '''
import os, pathlib, time

SCRATCH = pathlib.Path(os.environ["WARP_TEST_SCRATCH"])


def application(environ, start_response):
    name = environ["QUERY_STRING"]
    if name:
        (SCRATCH / (name + ".started")).touch()
        while not (SCRATCH / name).exists():
            time.sleep(0.01)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]
'''


class Express(Server):
    """The server root is a folder of the test, unless the arguments name another."""

    def __init__(self, prefix, *arguments):
        self.terminal = None
        super().__init__(prefix)
        self.project = self.directory / "project"
        self.arguments = arguments

    @property
    def root(self):
        return self.directory / "root"

    def error_log_path(self):
        return self.root / "error_log"

    # The project.
    def write_project(self, files):
        """{"mysite/wsgi.py": text, …}"""
        for name, text in files.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self._give_project_to_its_owner()
        return self

    def copy_example(self, name):
        shutil.copytree(EXAMPLES / name, self.project, ignore=shutil.ignore_patterns("__pycache__", "var"))
        self._give_project_to_its_owner()
        return self

    def _give_project_to_its_owner(self):
        account = pwd.getpwnam(OWNER)
        for path in (self.project, *self.project.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
            if os.geteuid() == 0:
                os.chown(path, account.pw_uid, account.pw_gid)

    # The command.
    def command(self):
        return [str(self.prefix.launcher), "start-server", "--host", "127.0.0.1", "--port", str(self.port),
                "--server-root", str(self.root), *self.arguments]

    def working_directory(self):
        return self.project if self.project.exists() else self.directory

    def run_to_failure(self, *arguments, environment=None):
        """A start that has to fail: the exit status and what was said. Nothing may be left of it."""
        done = subprocess.run([*self.command(), *arguments], cwd=self.working_directory(), stdin=subprocess.DEVNULL,
                              env=self.environment() | (environment or {}), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=60)
        assert done.returncode > 0, f"status {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert [each.command for each in self.processes()] == []
        assert "Traceback (most recent call last)" not in done.stderr.splitlines()[0]
        return done.returncode, done.stderr

    # A terminal of its own, so that Ctrl-C and resizes come as they do from a user.
    def start_in_terminal(self):
        self.terminal, self.stdin = pty.openpty()
        self.resize_terminal(24, 80)
        return self.start()

    def popen_options(self):
        options = super().popen_options()
        if self.terminal is not None:
            # A new session has no terminal until it opens one.
            options["preexec_fn"] = lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        return options

    def resize_terminal(self, rows, columns):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, key):
        os.write(self.terminal, key)

    def discard(self):
        super().discard()
        if self.terminal is not None:
            os.close(self.terminal)
            os.close(self.stdin)
