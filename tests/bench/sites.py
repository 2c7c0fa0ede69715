"""What a server under comparison serves: an application, copied to where the server's user can read it."""
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from support.httpd import USER

HERE = Path(__file__).resolve().parent
DJANGO = HERE.parent.parent / "examples/django"


@dataclass(frozen=True)
class Site:
    """Paths within the server's own folder, and the capacity that all get."""

    script: str  # the file with the callable `application`
    module: str  # the same as a module, below `folder`
    folder: str
    processes: int
    threads: int
    httpd_settings: str = ""
    packages = {}  # as a server's

    def copy_to(self, directory):
        raise NotImplementedError

    def environment(self, directory):
        return {}


class BenchSite(Site):
    """application.py, and a file of 1 MiB."""

    def __init__(self, processes=1, threads=5, httpd_settings=""):
        super().__init__("application.py", "application", ".", processes, threads, httpd_settings)

    def copy_to(self, directory):
        shutil.copy(HERE / "application.py", directory)
        (directory / "large.bin").write_bytes(bytes(1024 * 1024))
        for name in ("application.py", "large.bin"):
            (directory / name).chmod(0o644)


class DjangoSite(Site):
    """The example project, with a database of this server's own."""

    packages = {"/usr/lib/python3/dist-packages/django": "python3-django"}

    def __init__(self, processes=1, threads=5, httpd_settings=""):
        super().__init__("project/mysite/wsgi.py", "mysite.wsgi", "project", processes, threads, httpd_settings)

    def copy_to(self, directory):
        shutil.copytree(DJANGO, directory / "project", ignore=shutil.ignore_patterns("__pycache__", "var"))
        for path in (directory / "project").rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        data = directory / "data"
        data.mkdir()
        if os.geteuid() == 0:
            # The project's data folder belongs to whom the project belongs to.
            user = pwd.getpwnam(USER)
            for path in (data, directory / "project"):
                os.chown(path, user.pw_uid, user.pw_gid)

    def environment(self, directory):
        return {"DATA_DIR": str(directory / "data")}
