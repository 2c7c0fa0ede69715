"""The servers under comparison, each started on a port of its own with the same application and the same capacity."""
import grp
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from support.httpd import USER, httpd_program, modules_directory
from support.ports import free_port, is_listening
from support.processes import descendants, wait_until_gone
from support.waiting import wait_until

APPLICATION = Path(__file__).with_name("application.py")

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
{more}
"""


class Contestant:
    """One server. Needs: paths of what has to be installed, with the Debian package that brings it."""

    name = ""
    needs = {}

    def __init__(self, processes, threads):
        self.processes, self.threads = processes, threads
        self.port = free_port()
        self.directory = Path(tempfile.mkdtemp(prefix="warp-bench-"))
        self.directory.chmod(0o755)
        self.application = shutil.copy(APPLICATION, self.directory / "application.py")
        os.chmod(self.application, 0o644)
        self._started = []

    @classmethod
    def missing_packages(cls):
        return [package for path, package in cls.needs.items() if not Path(path).exists()]

    def commands(self):
        raise NotImplementedError

    def start(self):
        for command in self.commands():
            output = open(self.directory / "output", "ab")
            self._started.append(subprocess.Popen(command, cwd=self.directory, stdin=subprocess.DEVNULL, stdout=output,
                                                  stderr=output, start_new_session=True))
            output.close()
        wait_until(self._listens_or_ended, 20, lambda: f"{self.name} listens\n{self.report()}")
        if not all(each.poll() is None for each in self._started):
            raise RuntimeError(f"{self.name} did not start\n{self.report()}")

    def stop(self):
        family = self.family()
        for each in self._started:
            each.terminate()
        for each in self._started:
            each.wait(30)
        wait_until_gone(family, 10)
        shutil.rmtree(self.directory, ignore_errors=True)

    def family(self):
        return [process for each in self._started for process in descendants(each.pid)]

    def report(self):
        return "".join((self.directory / name).read_text(errors="replace")[-3000:]
                       for name in ("output", "error.log") if (self.directory / name).exists())

    def httpd(self, more):
        """The command of an httpd with the settings that all have in common, and these."""
        user = f"User {USER}\nGroup {grp.getgrgid(pwd.getpwnam(USER).pw_gid).gr_name}" if os.geteuid() == 0 else ""
        config = self.directory / "httpd.conf"
        config.write_text(HTTPD_CONF.format(directory=self.directory, port=self.port, user=user, modules=modules_directory(), more=more))
        return [httpd_program(), "-f", str(config), "-D", "FOREGROUND"]

    def _listens_or_ended(self):
        return is_listening(self.port) or any(each.poll() is not None for each in self._started)


class Warpdrive(Contestant):
    name = "warpdrive"
    prefix = None  # an installation; see run

    def commands(self):
        return [self.httpd(f"LoadModule warp_module {self.prefix}/lib/warpdrive/mod_warp.so\n"
                           f"WarpDaemonProcess bench processes={self.processes} threads={self.threads}\n"
                           f"WarpScriptAlias / {self.application}\n")]


class ModWsgi(Contestant):
    name = "mod_wsgi"
    needs = {"/usr/lib/apache2/modules/mod_wsgi.so": "libapache2-mod-wsgi-py3"}

    def commands(self):
        return [self.httpd(f"LoadModule wsgi_module {modules_directory()}/mod_wsgi.so\n"
                           f"WSGISocketPrefix {self.directory}/wsgi\n"
                           f"WSGIDaemonProcess bench processes={self.processes} threads={self.threads}\n"
                           f"WSGIScriptAlias / {self.application} process-group=bench application-group=%{{GLOBAL}}\n"
                           f"<Directory {self.directory}>\nRequire all granted\n</Directory>\n")]


class Uwsgi(Contestant):
    name = "httpd + uWSGI"
    needs = {"/usr/bin/uwsgi": "uwsgi-core", "/usr/lib/uwsgi/plugins/python3_plugin.so": "uwsgi-plugin-python3",
             "/usr/lib/apache2/modules/mod_proxy_uwsgi.so": "libapache2-mod-proxy-uwsgi"}

    def commands(self):
        socket = self.directory / "uwsgi.sock"
        uwsgi = ["uwsgi", "--plugin", "python3", "--master", "--die-on-term", "--disable-logging", "--socket", str(socket),
                 "--chmod-socket=666", "--processes", str(self.processes), "--threads", str(self.threads), "--listen", "100",
                 "--wsgi-file", str(self.application)]
        if os.geteuid() == 0:
            uwsgi += ["--uid", USER, "--gid", grp.getgrgid(pwd.getpwnam(USER).pw_gid).gr_name]
            os.chmod(self.directory, 0o777)
        modules = modules_directory()
        return [uwsgi, self.httpd(f"LoadModule proxy_module {modules}/mod_proxy.so\n"
                                  f"LoadModule proxy_uwsgi_module {modules}/mod_proxy_uwsgi.so\n"
                                  f"ProxyPass / unix:{socket}|uwsgi://localhost/\n")]


class Gunicorn(Contestant):
    name = "gunicorn gthread"
    needs = {"/usr/bin/gunicorn": "gunicorn"}

    def commands(self):
        gunicorn = ["gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.processes), "--worker-class", "gthread",
                    "--threads", str(self.threads), "--keep-alive", "20", "--worker-tmp-dir", "/dev/shm", "application:application"]
        if os.geteuid() == 0:
            gunicorn += ["--user", USER, "--group", grp.getgrgid(pwd.getpwnam(USER).pw_gid).gr_name]
        return [gunicorn]


# mod_wsgi second: it is what the others are compared with.
CONTESTANTS = {"warpdrive": Warpdrive, "mod_wsgi": ModWsgi, "gunicorn": Gunicorn, "uwsgi": Uwsgi}
