"""A file system that is soon full, where the machine lets a test mount one."""
import contextlib
import subprocess
import tempfile
from pathlib import Path


@contextlib.contextmanager
def small_disk(folder, kib):
    """Over the folder, which it makes; OSError when it can't be mounted."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k,mode=1777", "warp-test", folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(done.stderr)
    try:
        yield folder
    finally:
        # Lazily: what still has a file open there keeps it until it ends.
        subprocess.run(["umount", "--lazy", folder], check=True)


def is_possible():
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(folder, 64):
                return True
        except OSError:
            return False


def fill(folder):
    """Until nothing fits any more."""
    path = folder / "filler"
    with open(path, "wb", buffering=0) as filler:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    filler.write(bytes(size))
    return path
