"""A server under comparison: a folder, a port, and processes that are stopped by their pid."""
import grp
import http.client
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from support.httpd import USER, httpd_program, modules_directory
from support.ports import free_port, is_listening
from support.processes import descendants, wait_until_gone
from support.waiting import wait_until

HTTPD_CONF = """\
ServerRoot {directory}
DefaultRuntimeDir {directory}
PidFile {directory}/httpd.pid
ServerName localhost
Listen 127.0.0.1:{port}
{user}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
StartServers 1
ServerLimit 1
ThreadsPerChild 50
MaxRequestWorkers 50
MinSpareThreads 1
MaxSpareThreads 50
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 20
ErrorLog {directory}/error.log
LogLevel warn
{settings}
{more}
"""


class Server:
    """name: in tables. packages: paths of what has to be installed, with the Debian package that brings it."""

    name = ""
    packages = {}

    def __init__(self, site, options=()):
        self.site = site
        self.options = options  # words for the line that describes its processes
        self.port = free_port()
        self.directory = Path(tempfile.mkdtemp(prefix="warp-bench-"))
        self.directory.chmod(0o755)
        site.copy_to(self.directory)
        self.script = self.directory / site.script
        self.folder = self.directory / site.folder
        self._started = []

    def commands(self):
        raise NotImplementedError

    def start(self):
        environment = os.environ | self.site.environment(self.directory)
        for command in self.commands():
            with open(self.directory / "output", "ab") as output:
                self._started.append(subprocess.Popen(command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                                      stdout=output, stderr=output, start_new_session=True))
        wait_until(self._answers_or_ended, 60, lambda: f"{self.name} answers\n{self.report()}")
        if self._has_ended():
            raise RuntimeError(f"{self.name} did not start\n{self.report()}")

    def terminate(self, number=signal.SIGTERM):
        """As an administrator stops it; then it can be started again."""
        for each in self._started:
            each.send_signal(number)
        for each in self._started:
            each.wait(60)
        self._started.clear()

    def stop(self):
        family = self.family()
        for each in self._started:
            each.terminate()
        for each in self._started:
            try:
                each.wait(30)
            except subprocess.TimeoutExpired:
                each.kill()
        try:
            wait_until_gone(family, 10)
        except AssertionError:
            for each in family:
                if each.is_alive():
                    each.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def family(self):
        return [process for each in self._started for process in descendants(each.pid)]

    def report(self):
        return "".join((self.directory / name).read_text(errors="replace")[-3000:]
                       for name in ("output", "error.log") if (self.directory / name).exists())

    def httpd(self, more):
        """The command of an httpd with the settings that all have in common, and these."""
        user, group = user_and_group()
        config = self.directory / "httpd.conf"
        config.write_text(HTTPD_CONF.format(directory=self.directory, port=self.port, modules=modules_directory(), more=more,
                                            user=f"User {user}\nGroup {group}" if user else "", settings=self.site.httpd_settings))
        return [httpd_program(), "-f", str(config), "-D", "FOREGROUND"]

    def _has_ended(self):
        return any(each.poll() is not None for each in self._started)

    def _answers_or_ended(self):
        return self._has_ended() or (is_listening(self.port) and self._answers())

    # A proxy listens before the server behind it; an application may have a database to prepare.
    def _answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def user_and_group():
    """Whom a server that root starts runs as; (None, None) for another's."""
    if os.geteuid() != 0:
        return None, None
    return USER, grp.getgrgid(pwd.getpwnam(USER).pw_gid).gr_name
