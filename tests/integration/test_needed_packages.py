"""docker/needed-packages, which names the packages that the run stage of an image installs."""
import subprocess
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parent.parent.parent / "docker/needed-packages"
LDD = 'echo "	libone.so.1 => /lib/libone.so.1 (0x1)"; echo "	libtwo.so.2 => /lib/libtwo.so.2 (0x2)"\n'
OWNERS = 'case $2 in */libone.so.1) echo "one:amd64: $2" ;; *) echo "two:amd64: $2" ;; esac\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "prefix").mkdir()
    write_program(tmp_path / "prefix/program", "")
    return tmp_path


def write_program(path, body):
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n" + body)
    path.chmod(0o755)


def call(folder, ldd=LDD, owners=OWNERS):
    write_program(folder / "bin/ldd", ldd)
    write_program(folder / "bin/dpkg-query", owners)
    return subprocess.run([PROGRAM, folder / "prefix"], env={"PATH": f"{folder}/bin:/usr/bin:/bin"},
                          capture_output=True, text=True, timeout=60)


def test_names_each_package_once(folder):
    done = call(folder, ldd=LDD + LDD)
    assert (done.returncode, done.stdout) == (0, "one\ntwo\n"), done.stderr


def test_a_library_of_no_package_is_an_error(folder):
    done = call(folder, owners='case $2 in */libone.so.1) echo "no path found" >&2; exit 1 ;; esac\n' + OWNERS)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_folder_without_programs_is_an_error(folder):
    done = call(folder, ldd='echo "	not a dynamic executable" >&2; exit 1\n')
    assert (done.returncode, done.stdout) == (1, "")
    assert "no program in" in done.stderr
