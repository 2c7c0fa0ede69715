"""The installation under test: WARP_PREFIX, as the server's user can reach it."""
import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


class NoPrefix(Exception):
    """WARP_PREFIX names no installation."""


@dataclass(frozen=True)
class Prefix:
    root: Path

    @property
    def launcher(self):
        return self.root / "bin/warpdrive-express"

    @property
    def module(self):
        return self.root / "lib/warpdrive/mod_warp.so"

    @property
    def libexec(self):
        return self.root / "libexec/warpdrive"

    def workers(self):
        """{"3.11": path of its worker program}"""
        return {path.name.rpartition("-")[2]: path for path in sorted(self.libexec.glob("warp-worker-*"))}

    def debian_worker(self):
        """The worker program of /usr/bin/python3."""
        version = subprocess.run(
            ["/usr/bin/python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True, text=True, check=True).stdout.strip()
        return self.libexec / f"warp-worker-{version}"


def find_prefix():
    given = os.environ.get("WARP_PREFIX")
    if not given:
        raise NoPrefix("WARP_PREFIX is not set. It names the installation to test: "
                       "cmake --install build/release --prefix DIR, then WARP_PREFIX=DIR")
    prefix = Prefix(Path(given).resolve())
    for needed in (prefix.launcher, prefix.module, prefix.libexec / "warp-supervisor", prefix.debian_worker()):
        if not needed.is_file():
            raise NoPrefix(f"WARP_PREFIX={given}: {needed} is missing. Is that an installation (cmake --install)?")
    if os.geteuid() == 0 and not _others_can_enter(prefix.root):
        return _reachable_copy(prefix)
    return prefix


def _others_can_enter(folder):
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents))


def _reachable_copy(prefix):
    # A clone under /root is built and installed there, where httpd's user can't go. An installation
    # works from any place.
    folder = Path(tempfile.mkdtemp(prefix="warp-prefix-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    shutil.copytree(prefix.root, folder / "prefix", symlinks=True)
    return Prefix(folder / "prefix")
