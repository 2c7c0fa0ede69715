"""A real httpd with a hand-written configuration: the module used alone, by LoadModule."""
import grp
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from support.server import Server
from support.waiting import wait_until

APPS = Path(__file__).resolve().parent.parent / "integration/apps"
# The user that httpd and, if nothing else is said, the applications run as when root starts them.
USER = "www-data"

_MODULES = ("authz_core", "alias", "mime", "env", "headers")

_MPM = {
    "event": "StartServers 1\nServerLimit 4\nThreadsPerChild 40\nMaxRequestWorkers 40\nMinSpareThreads 1\nMaxSpareThreads 40",
    "worker": "StartServers 1\nServerLimit 4\nThreadsPerChild 40\nMaxRequestWorkers 40\nMinSpareThreads 1\nMaxSpareThreads 40",
    "prefork": "StartServers 3\nMinSpareServers 1\nMaxSpareServers 4\nMaxRequestWorkers 8",
}

_BASE = """\
ServerRoot {directory}
DefaultRuntimeDir {directory}
PidFile {directory}/httpd.pid
ServerName localhost
Listen 127.0.0.1:{port}
{user}
LoadModule mpm_{mpm}_module {modules}/mod_mpm_{mpm}.so
{mpm_settings}
{load}
TypesConfig /dev/null
ErrorLog {directory}/error.log
LogLevel info
GracefulShutdownTimeout 20
KeepAlive On
KeepAliveTimeout 20
MaxKeepAliveRequests 0
Define APPS {directory}/apps
Define SCRATCH {directory}/scratch
LoadModule warp_module {module}
"""


class Httpd(Server):
    def __init__(self, prefix, directives, mpm="event"):
        super().__init__(prefix)
        self.mpm = mpm
        self.config = self.directory / "httpd.conf"
        self.write_config(directives)
        shutil.copytree(APPS, self.directory / "apps", ignore=shutil.ignore_patterns("__pycache__"))
        for path in (self.directory / "apps").rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)

    def write_config(self, directives):
        """In the directives ${APPS} and ${SCRATCH} are the folders of the applications and of what they may write."""
        user = f"User {USER}\nGroup {grp.getgrgid(pwd.getpwnam(USER).pw_gid).gr_name}" if os.geteuid() == 0 else ""
        modules = modules_directory()
        base = _BASE.format(directory=self.directory, port=self.port, user=user, mpm=self.mpm, mpm_settings=_MPM[self.mpm],
                            modules=modules, module=self.prefix.module,
                            load="\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _MODULES))
        self.first_line = base.count("\n") + 1  # of the directives, for messages that name a line
        self.config.write_text(base + directives)

    def command(self):
        return [httpd_program(), "-f", str(self.config), "-D", "FOREGROUND"]

    def error_log_path(self):
        return self.directory / "error.log"

    def has_started(self):
        # It listens long before it can take a signal or a request.
        return self.log.count("resuming normal operations") > 0 and super().has_started()

    def restart_gracefully(self):
        """Up to the moment when httpd's old children are gone. Processes of groups that have changed may still be ending."""
        self._restart(signal.SIGUSR1)

    def restart_fully(self):
        """The same with `apachectl restart`, which ends httpd's children at once."""
        self._restart(signal.SIGHUP)

    def _restart(self, number):
        old = set(self.httpd_children())
        restarts = self.log.count("resuming normal operations")
        self.main.send_signal(number)
        wait_until(lambda: self.log.count("resuming normal operations") > restarts, 20, "httpd has restarted")
        wait_until(lambda: not old & set(self.httpd_children()), 30, lambda: f"these end: {old & set(self.httpd_children())}")

    def check_config(self):
        """httpd -t: its exit status and what it says."""
        done = subprocess.run([httpd_program(), "-t", "-f", self.config], env=self.environment(), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        return done.returncode, done.stdout


def mounts(*apps, threads=3):
    """The directives that give each application of apps/ a group of its own at /its-name."""
    return "\n".join(f"WarpDaemonProcess {app} threads={threads}\n"
                     f"WarpScriptAlias /{app} ${{APPS}}/{app}.py process-group={app}" for app in apps)


def httpd_program():
    for name in ("apache2", "httpd"):
        found = shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        if found:
            return found
    raise FileNotFoundError("neither apache2 nor httpd is installed")


def modules_directory():
    for folder in ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules"):
        if Path(folder, "mod_alias.so").exists():
            return Path(folder)
    raise FileNotFoundError("httpd's modules are in none of the known folders")
