"""An index for pip out of the Python packages that Debian has installed here: their files, as wheels again."""
import email.parser
import os
import re
import subprocess
import sysconfig
import zipfile
from pathlib import Path

from support.wheels import record_of

ROOT = "/usr/lib/python3/dist-packages/"
INFO = re.compile(r"[^/]+\.(dist-info|egg-info)")
ENTRY_POINTS = "entry_points.txt"
# A part of setuptools that is a package of its own.
PKG_RESOURCES = "python3-pkg-resources"


class NotInstalled(Exception):
    """A package that Debian would have."""


def fill_index(folder, *packages):
    """FOLDER/NAME/*.whl of these Debian packages and of what they depend on."""
    made, waiting = set(), list(packages)
    while waiting:
        package = waiting.pop()
        if package in made:
            continue
        made.add(package)
        found = Distribution(package)
        needed = [each for each in found.depends() if Distribution(each).exists()]
        waiting.extend(needed)
        found.write(folder, [Distribution(each).name for each in needed])


class Distribution:
    """What a Debian package has for Python."""

    def __init__(self, package):
        self.package = package
        listed = _listed(package) + (_listed(PKG_RESOURCES) if package == "python3-setuptools" else [])
        self.files = [path for path in listed if path.startswith(ROOT) and os.path.isfile(path)]
        self.metadata = self._metadata()

    def exists(self):
        return self.metadata is not None

    @property
    def name(self):
        return self.metadata["Name"]

    def depends(self):
        said = subprocess.run(["dpkg-query", "--show", "--showformat", "${Depends}", self.package], capture_output=True, text=True, check=True).stdout
        # Of alternatives the first.
        names = [re.match(r"[^ (:|]*", each.strip()).group() for each in said.split(",")]
        names = ["python3-setuptools" if name == PKG_RESOURCES else name for name in names]
        return [name for name in dict.fromkeys(names) if name.startswith("python3-")]

    def write(self, folder, requires):
        if not self.exists():
            raise NotInstalled(f"{self.package} is not installed, or no Python package")
        name, version = self.name, self.metadata["Version"]
        tag = _tag(self.files)
        escaped = re.sub(r"[-_.]+", "_", name)
        info = f"{escaped}-{version}.dist-info"
        contents = {path[len(ROOT):]: Path(path).read_bytes() for path in self.files
                    if not INFO.match(path[len(ROOT):]) and "/__pycache__/" not in path}
        contents[f"{info}/METADATA"] = (f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" +
                                        "".join(f"Requires-Dist: {each}\n" for each in requires)).encode()
        contents[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n".encode()
        for path in self._info_files(ENTRY_POINTS):
            contents[f"{info}/{ENTRY_POINTS}"] = path.read_bytes()
        place = folder / re.sub(r"[-_.]+", "-", name).lower()
        place.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(place / f"{escaped}-{version}-{tag}.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
            for member, content in contents.items():
                wheel.writestr(member, content)
            wheel.writestr(f"{info}/RECORD", record_of(contents, info))

    def _info_files(self, name):
        return [Path(path) for path in self.files if INFO.match(path[len(ROOT):]) and path.endswith("/" + name)]

    def _metadata(self):
        files = [*self._info_files("METADATA"), *self._info_files("PKG-INFO")]
        files += [Path(path) for path in self.files if INFO.fullmatch(path[len(ROOT):])]  # an egg-info that is a file
        return email.parser.HeaderParser().parsestr(files[0].read_text()) if files else None


def _listed(package):
    done = subprocess.run(["dpkg-query", "--listfiles", package], capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else []


def _tag(files):
    if not any(path.endswith(".so") for path in files):
        return "py3-none-any"
    version = sysconfig.get_config_var("py_version_nodot")
    return f"cp{version}-cp{version}-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
