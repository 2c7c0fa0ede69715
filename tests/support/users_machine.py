"""A machine as a user has it, for outputs that are shown in the documentation: warpdrive in /opt/warpdrive, examples/django as
/srv/guestbook, ports that nobody has taken. Namespaces do that; the machine itself stays as it is."""
import re
import shlex
import signal
import subprocess

from support import contained
from support.express import Express
from support.waiting import wait_until

PROJECT = "/srv/guestbook"
_SCRIPT = f"""
mount -t tmpfs none /mnt
mkdir /mnt/site /mnt/warpdrive
mount --bind "$0" /mnt/site
mount --bind "$1" /mnt/warpdrive
# Where they were may be hidden now.
for folder in /srv /opt /tmp; do mount -t tmpfs none $folder; done
mkdir {PROJECT} /opt/warpdrive
mount --bind /mnt/site {PROJECT}
mount --bind /mnt/warpdrive /opt/warpdrive
cd {PROJECT}
shift
exec env "$@"
"""

is_possible = contained.is_possible


class UsersMachine:
    """Used as a context; in the end nothing is left of it."""

    def __init__(self, prefix):
        self.site = Express(prefix).copy_example("django")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.site.discard()

    def say(self, command):
        """All that a command prints; of a server, until it has started. The command is as it is typed in the project's folder."""
        return self._serve(command) if "start-server" in command else self._run(command)

    def _run(self, command):
        done = subprocess.run(self._words(command), env=self._environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
        return done.stdout

    def _serve(self, command):
        path = self.site.directory / "said"
        with path.open("wb") as output:
            server = subprocess.Popen(self._words(command), env=self._environment(), stdin=subprocess.DEVNULL, stdout=output,
                                      stderr=subprocess.STDOUT)
        try:
            wait_until(lambda: re.search(r"^Locale Setting.*\n", path.read_text(), re.MULTILINE) or server.poll() is not None, 60, path.read_text)
            # Behind that come lines of its log, where that is on the terminal.
            text = re.match(r"(?s).*?^Locale Setting[^\n]*\n|.*", path.read_text(), re.MULTILINE)[0]
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(60) == 0, path.read_text()
        return text

    @staticmethod
    def _environment():
        return {"PATH": "/opt/warpdrive/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}

    def _words(self, command):
        return ["unshare", "--net", "--mount", "--propagation", "private", "sh", "-euc", _SCRIPT, str(self.site.project),
                str(self.site.prefix.root), *shlex.split(command)]
