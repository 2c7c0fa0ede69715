"""`warpdrive` as a developer uses it: a home, a project's folder, and shells."""
import atexit
import functools
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

# In paths, in names and in values: what a shell or a careless program would trip over.
ODD = """it's "odd" $HOME `id` \\"""


class Developer:
    """A home and a project of their own, and nothing of the machine's settings."""

    def __init__(self, prefix, project_name="project"):
        self.program = prefix.root / "bin/warpdrive"
        self.directory = Path(tempfile.mkdtemp(prefix="warp-dev-"))
        self.directory.chmod(0o755)
        self.home = self.directory / "home"
        self.project = self.directory / project_name
        for folder in (self.home, self.project):
            folder.mkdir()
        self.variables = {
            "PATH": f"{self.program.parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def discard(self):
        shutil.rmtree(self.directory, ignore_errors=True)

    def write(self, files, mode=None):
        """{"mysite/wsgi.py": text, …}"""
        for name, text in files.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(mode or 0o644)
        return self

    def write_hook(self, name, body, mode=0o755):
        return self.write({f".warpdrive/action_hooks/{name}": "#!/bin/sh\n" + body}, mode)

    def call(self, *arguments, directory=None, **variables):
        """The finished command; what it says is in stdout and stderr."""
        return self.run([str(self.program), *map(str, arguments)], directory, variables)

    def shell(self, name, script, directory=None, **variables):
        return self.run([f"/usr/bin/{name}", "-c", script], directory, variables)

    def run(self, command, directory=None, variables=None):
        return subprocess.run(command, cwd=directory or self.project, env=self.variables | (variables or {}),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=300)

    def activate(self, name="site", *options):
        """Later calls are made as from a shell that has entered the environment."""
        done = self.shell("bash", 'eval "$(warpdrive activate "$NAME" $OPTIONS)" && env -0', NAME=name,
                          OPTIONS=" ".join(options))
        assert done.returncode == 0, done.stderr
        entered = dict(line.split("=", 1) for line in done.stdout.split("\0") if line)
        for variable in ("NAME", "OPTIONS", "_", "SHLVL", "PWD", "OLDPWD"):
            entered.pop(variable, None)
        self.variables = entered
        return self

    def settle(self, name="site", *options):
        """The same in an environment that is there already, with pip from a folder that all tests share: making one in
        full takes seconds."""
        root = self.home / ".warpdrive" / name
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", *options, root / "venv"], check=True)
        (site_packages,) = (root / "venv/lib").glob("python3*/site-packages")
        (site_packages / "pip.pth").write_text(f"{shared_pip()}\n")
        (root / "project").write_text(str(self.project))
        return self.activate(name)

    @property
    def venv(self):
        return Path(self.variables["VIRTUAL_ENV"])

    @property
    def state(self):
        return Path(self.variables["WARPDRIVE_APP_ROOT"])

    def build(self, *options, **variables):
        done = self.call("build", *options, **variables)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def refused(self, *arguments, status=1, **variables):
        """What a command that has to fail says."""
        done = self.call(*arguments, **variables)
        assert done.returncode == status, f"status {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stderr


@functools.cache
def shared_pip():
    """A folder for sys.path with pip in it, unpacked from the wheel that Debian's venv takes it from."""
    (wheel,) = Path("/usr/share/python-wheels").glob("pip-*.whl")
    folder = tempfile.mkdtemp(prefix="warp-pip-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def is_installed(shell):
    return os.path.exists(f"/usr/bin/{shell}")
