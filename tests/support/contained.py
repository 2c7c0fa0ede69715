"""A warpdrive-express as a hardened container runs it: the first process, a user without an account, the root group,
no capability, no terminal, nothing that can be written to but one folder. Namespaces do what a container engine does."""
import os
import shutil
import signal
import subprocess

from support.express import Express

UID = 1234567

# A bind mount of / brings no other file systems along, so that all of it can be made read-only. One of them may be /tmp, where the test's folder lies.
_SCRIPT = """
mount --bind / "$ROOT"
mount -o remount,ro,bind "$ROOT"
if mountpoint --quiet /tmp; then mount --bind -o ro /tmp "$ROOT/tmp"; fi
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mount --rbind /sys "$ROOT/sys"
mount --bind "$STATE" "$ROOT$STATE"
exec chroot "$ROOT" setpriv --reuid "$UID" --regid 0 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs \
    env --chdir="$PROJECT" --unset=ROOT --unset=STATE --unset=PROJECT --unset=UID "$@"
"""


def is_possible():
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        return False
    tried = subprocess.run(["unshare", "--mount", "--pid", "--fork", "--propagation", "private", "mount", "-t", "tmpfs", "none", "/mnt"],
                           capture_output=True, timeout=10)
    return tried.returncode == 0


class Contained(Express):
    """`state` is what it may write to, and the server root is there unless the test leaves it out."""

    def __init__(self, prefix, *arguments, names_root=True):
        self.names_root = names_root
        super().__init__(prefix, *arguments)
        self.state = self.directory / "state"
        self.state.mkdir()
        os.chown(self.state, UID, 0)
        (self.directory / "rootfs").mkdir()

    @property
    def root(self):
        return self.directory / "state/root"

    def command(self):
        command = super().command()
        if not self.names_root:
            at = command.index("--server-root")
            del command[at:at + 2]
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private",
                "sh", "-euc", _SCRIPT, "sh", *command]

    def environment(self):
        return super().environment() | {"ROOT": str(self.directory / "rootfs"), "STATE": str(self.state), "UID": str(UID),
                                        "PROJECT": str(self.project), "HOME": "/", "TMPDIR": "/tmp"}

    def working_directory(self):
        return "/"

    def launcher(self):
        (launcher,) = self.processes("warpdrive-express")
        return launcher

    def stop(self, number=signal.SIGTERM):
        # unshare itself takes no signal.
        self.launcher().kill(number)
        self.wait()
        super().stop()
