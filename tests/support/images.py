"""Real images: a podman with a storage of its own, a Debian made for it, and the builder image."""
import fcntl
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from support.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent

# For machines without systemd and without the right to raise limits; see containers.conf(5).
CONTAINERS_CONF = """
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""


SECONDS_FOR_THE_BUILDER = 300

UID = 1234567  # an account that no image has
# As OpenShift starts a container.
RESTRICTED = ("--user", f"{UID}:0", "--read-only", "--read-only-tmpfs=false", "--passwd=false", "--cap-drop=ALL",
              "--security-opt", "no-new-privileges")


class Impossible(Exception):
    """Why this machine makes no images."""


def why_impossible():
    """"" where images can be made."""
    if os.geteuid() != 0:
        return "images are made by root only"
    missing = [program for program in ("podman", "runc", "mmdebstrap") if shutil.which(program) is None]
    return f"needs {', '.join(missing)} (Debian packages)" if missing else ""


class Engine:
    """Its images are in a folder, which processes may share."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.variables = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "BUILDAH_ISOLATION": "chroot",
            "CONTAINERS_CONF": str(self.folder / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf"),
        }

    def set_up(self):
        self.folder.chmod(0o755)  # apt fetches as a user of its own
        (self.folder / "containers.conf").write_text(CONTAINERS_CONF)
        (self.folder / "storage.conf").write_text(
            f'[storage]\ndriver = "overlay"\ngraphroot = "{self.folder}/graph"\nrunroot = "{self.folder}/run"\n'
            '[storage.options]\nskip_mount_home = "true"\n')

    def discard(self):
        """With all that was made in it. Nobody may use it any more."""
        if (self.folder / "graph").exists():
            self.call("rm", "--force", "--all", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, *arguments, check=True, seconds=60):
        """What podman says on standard output."""
        try:
            done = subprocess.run(["podman", *map(str, arguments)], env=self.variables, capture_output=True, text=True,
                                  timeout=seconds, check=False)
        except subprocess.TimeoutExpired as late:
            raise AssertionError(f"podman {arguments} did not end within {seconds} s\n{(late.stdout or b'')[-4000:]}\n{(late.stderr or b'')[-4000:]}") from late
        assert not check or done.returncode == 0, f"podman {arguments}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout.strip()

    def serve(self, image, *options):
        """Starts a container. All share this machine's network, so each has ports of its own: (id, port, management port)."""
        port, management = free_port(), free_port()
        started = self.call("run", "--detach", *RESTRICTED, *options, "--env", f"PORT={port}",
                            "--env", f"WARPDRIVE_MANAGEMENT_PORT={management}", image)
        return started, port, management

    def logs(self, name):
        """All that a container has said so far, to both its outputs."""
        done = subprocess.run(["podman", "logs", name], env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=60, check=False)
        return done.stdout

    def have_builder(self, prefix, seconds):
        """make_builder(), by the first process that comes; the others wait for it, and learn what came of it."""
        outcome = self.folder / "outcome"
        with open(self.folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not outcome.exists():
                # What the next one reads if this is the end of us.
                outcome.write_text("the builder image could not be made; see the error of the test that tried")
                try:
                    self.make_builder(prefix, seconds)
                except Impossible as why:
                    outcome.write_text(str(why))
                    raise
                outcome.write_text("")
        if outcome.read_text():
            raise Impossible(outcome.read_text())

    def make_builder(self, prefix, seconds):
        """The builder image from docker/Dockerfile, with the installation under test in the place of its stage that compiles.
        `seconds` are for the base, which is no work of ours."""
        self.set_up()
        # Not in a mere chroot without /sys, nor with its storage on an overlay.
        try:
            self.call("info")
        except AssertionError as why:
            raise Impossible(f"podman can not work here: {why}") from why
        try:
            self._make_base(time.monotonic() + seconds)
        except subprocess.TimeoutExpired as late:
            raise Impossible("the base image is not made in the time for it: a slow or busy machine, or a slow mirror of Debian's") from late
        context = self._builder_context(prefix)
        self.call("build", "--format", "docker", "--pull-never", "--build-arg", "BASE_IMAGE=localhost/base",
                  "--tag", "warpdrive-builder", context, seconds=SECONDS_FOR_THE_BUILDER)

    def _run_group(self, command, deadline):
        """A program whose children end with it when the time is over."""
        with subprocess.Popen(command, env=self.variables | {"TMPDIR": str(self.folder)}, start_new_session=True) as group:
            try:
                status = group.wait(timeout=max(1, deadline - time.monotonic()))
            except BaseException:
                os.killpg(group.pid, signal.SIGKILL)
                raise
        assert status == 0, f"{command[0]} ended with status {status}"

    def _make_base(self, deadline):
        archive = self.folder / "base.tar"
        codename = platform.freedesktop_os_release()["VERSION_CODENAME"]
        self._run_group(["mmdebstrap", "--quiet", "--variant=minbase", codename, archive, _mirror(codename)], deadline)
        self.call("import", "--quiet", archive, "localhost/base")
        archive.unlink()

    def _builder_context(self, prefix):
        context = self.folder / "context"
        shutil.copytree(ROOT / "scripts/packages", context / "scripts/packages")
        shutil.copytree(ROOT / "docker/s2i", context / "docker/s2i")
        shutil.copytree(prefix.root, context / "prefix", symlinks=True, ignore=_of_another_python)
        # As docker/Dockerfile installs it.
        _strip(context / "prefix")
        needed = subprocess.run([ROOT / "docker/needed-packages", context / "prefix"], capture_output=True, check=True)
        (context / "prefix/packages.txt").write_bytes(needed.stdout)
        text = (ROOT / "docker/Dockerfile").read_text()
        head, _, rest = text.partition("FROM ${BASE_IMAGE} AS compile\n")
        _, stage, run = rest.partition("FROM ${BASE_IMAGE} AS run\n")
        assert stage, "docker/Dockerfile has a stage `compile` and a stage `run`"
        (context / "Dockerfile").write_text(f"{head}FROM scratch AS compile\nCOPY prefix /opt/warpdrive\n{stage}{run}")
        return context


def _of_another_python(_folder, names):
    """The worker programs that the image has no Python for."""
    wanted = f"warp-worker-{sys.version_info.major}.{sys.version_info.minor}"
    return [name for name in names if name.startswith("warp-worker-") and name != wanted]


def _strip(folder):
    programs = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF"]
    subprocess.run(["strip", *programs], check=True)


def _mirror(codename):
    """Where this machine's own packages come from."""
    said = subprocess.run(["apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Identifier: Packages"],
                          capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        name, _, address = line.partition(" ")
        if name == codename:
            return address
    raise Impossible(f"apt has no index of {codename}: apt-get update")
