"""The Python programs of warpdrive build, by themselves: in environments that are hard to get by a build."""
import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "launcher/build"
# Descriptor 3 is where the answer goes.
RUN = ("import os, sys; os.dup2(int(sys.argv.pop(1)), 3); sys.modules.update(dict.fromkeys(sys.argv.pop(1).split())); "
       "exec(open(sys.argv.pop(1)).read())")
NO_BROTLI = "brotli"
TEXT = b"body { color: red }\n" * 100
OTHER = b"body { color: tan }\n" * 100
NOISE = random.Random(1).randbytes(1000)


def answer_of(script, *arguments, without=""):
    """The program's JSON, in a Python that has not these modules."""
    reader, writer = os.pipe()
    with open(reader) as answers:
        done = subprocess.run(["/usr/bin/python3", "-I", "-c", RUN, str(writer), without, SCRIPTS / script, *arguments],
                              env={"PATH": "/nowhere" if without else os.environ["PATH"]}, pass_fds=[writer],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
        os.close(writer)
        assert done.returncode == 0, done.stderr
        return json.load(answers)


class Site:
    def __init__(self, folder):
        self.folder = folder / "static"
        self.notes = folder / "state/compressed"
        self.folder.mkdir()

    def write(self, name, data, age=0):
        path = self.folder / name
        path.write_bytes(data)
        time = path.stat().st_mtime_ns - age * 10**9
        os.utime(path, ns=(time, time))
        return path

    def compress(self, without=""):
        return answer_of("precompress.py", str(self.folder), str(self.notes), without=without)

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def test_a_file_that_is_another_one_gets_another_copy(site):
    site.write("site.css", TEXT)
    assert site.compress() == {".gz": 1, ".br": 1}
    # Older than what was there, as from an archive.
    site.write("site.css", OTHER, age=1000)
    assert site.compress() == {".gz": 1, ".br": 1}
    assert gzip.decompress((site.folder / "site.css.gz").read_bytes()) == OTHER
    assert (site.folder / "site.css.br").stat().st_mtime_ns == (site.folder / "site.css").stat().st_mtime_ns


@pytest.mark.parametrize("data", [b"small", NOISE], ids=["small", "noise"])
def test_a_file_that_does_not_shrink_any_more_loses_its_copies(site, data):
    site.write("site.css", TEXT)
    site.compress()
    site.write("site.css", data, age=-1)
    assert site.compress() == {".gz": 0, ".br": 0}
    assert site.names() == ["site.css"]


def test_a_file_that_became_a_link_loses_its_copies(site):
    site.write("site.css", TEXT)
    site.compress()
    (site.folder / "site.css").unlink()
    (site.folder / "site.css").symlink_to(site.write("elsewhere", OTHER))
    assert site.compress() == {".gz": 0, ".br": 0}
    assert site.names() == ["elsewhere", "site.css"]


def test_a_file_that_went_takes_its_copies_along_and_nobody_elses(site):
    site.write("site.css", TEXT)
    site.write("sitemap.xml.gz", b"the project's own")
    site.compress()
    (site.folder / "site.css").unlink()
    assert site.compress() == {".gz": 0, ".br": 0}
    assert site.names() == ["sitemap.xml.gz"]


def test_without_brotli_an_old_copy_goes_and_one_of_the_project_stays(site):
    site.write("site.css", TEXT)
    site.compress()
    site.write("site.css", OTHER, age=-1)
    site.write("lib.js", TEXT)
    site.write("lib.js.br", b"the project's own", age=1)
    assert site.compress(without=NO_BROTLI) == {".gz": 2}
    assert site.names() == ["lib.js", "lib.js.br", "lib.js.gz", "site.css", "site.css.gz"]


def test_what_did_not_change_is_not_made_again(site):
    site.write("site.css", TEXT)
    site.compress()
    before = [(site.folder / name).stat().st_ino for name in site.names()]
    assert site.compress() == {".gz": 1, ".br": 1}
    assert [(site.folder / name).stat().st_ino for name in site.names()] == before


def test_asks_a_project_where_there_is_no_pip(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.8"\n')
    answer = answer_of("ask_project.py", str(tmp_path), without="pip packaging")
    assert answer == {"version": "%d.%d.%d" % sys.version_info[:3], "disagreements": [], "installable": True}


@pytest.mark.parametrize("text, is_installable", [
    ("[tool.black]\n", False), ('[project]\nname = "x"\n', True), ("# ours\n [build-system] # old\nrequires = []\n", True)],
    ids=["tools", "project", "build-system"])
def test_asks_a_project_where_nobody_reads_toml(tmp_path, text, is_installable):
    (tmp_path / "pyproject.toml").write_text(text)
    answer = answer_of("ask_project.py", str(tmp_path), without="pip packaging tomllib tomli")
    assert answer["installable"] is is_installable
