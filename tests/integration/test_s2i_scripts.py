"""The builder image's S2I scripts, without a container: folders of the test's in the places of the image's."""
import contextlib
import io
import subprocess
import tarfile
from pathlib import Path

import pytest

from support.started import Started
from support.warpdrive import ODD, Developer
from support.wheels import write_wheel

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "docker/s2i"
HELLO = '''
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
'''


class Image:
    """A developer's folders as those of the image: the project's is where assemble puts the source."""

    def __init__(self, prefix):
        self.developer = Developer(prefix, project_name=ODD).settle("app")
        self.upload = self.developer.directory / "it's an upload"

    def send(self, files):
        for name, text in files.items():
            path = self.upload / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self

    def call(self, script, **variables):
        return self.developer.run([str(SCRIPTS / script)], directory="/",
                                  variables={"WARPDRIVE_UPLOAD": str(self.upload), "PIP_NO_INDEX": "1"} | variables)

    def assemble(self, **variables):
        done = self.call("assemble", **variables)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def artifacts(self):
        done = subprocess.run([SCRIPTS / "save-artifacts"], env=self.developer.variables, capture_output=True, check=True)
        assert done.stderr == b""
        return tarfile.open(fileobj=io.BytesIO(done.stdout))

    def wheels(self):
        return sorted(path.name for path in self.developer.state.glob("wheelhouse/*"))


@pytest.fixture
def image(prefix):
    """make(): one that goes with the test."""
    with contextlib.ExitStack() as stack:
        def make():
            made = Image(prefix)
            stack.callback(made.developer.discard)
            return made

        yield make


@pytest.fixture
def run(prefix):
    """make(): a project that the script `run` serves."""
    class Run(Started):
        def command(self):
            return [str(SCRIPTS / "run"), *self.arguments]

        def environment(self):
            path = f"{prefix.root / 'bin'}:/usr/local/bin:/usr/bin:/bin"
            return super().environment() | {"PATH": path, "WARPDRIVE_SRC_ROOT": str(self.project)}

    with contextlib.ExitStack() as stack:
        def make():
            site = Run(prefix, "--shutdown-delay", "0")
            stack.callback(site.discard)
            return site

        yield make


def test_assemble_builds_what_was_sent(image):
    made = image().send({"wsgi.py": HELLO, "requirements.txt": "first\n", "my app/data.txt": "x"})
    write_wheel(made.upload / "src/.warpdrive/wheelhouse", "first")
    said = made.assemble()
    assert "Installing what requirements.txt names" in said
    assert (made.developer.project / "my app/data.txt").read_text() == "x"
    assert made.developer.run([str(made.developer.venv / "bin/python"), "-c", "import first"]).returncode == 0
    assert not (made.upload / "src").exists()


def test_assemble_gives_group_0_what_the_owner_has(image):
    made = image().send({"wsgi.py": HELLO})
    (made.upload / "src/wsgi.py").chmod(0o600)
    made.assemble()
    found = (made.developer.project / "wsgi.py").stat()
    assert (found.st_gid, found.st_mode & 0o777) == (0, 0o660)


def test_assemble_again_takes_the_wheels_that_were_saved(image):
    first = image().send({"wsgi.py": HELLO, "requirements.txt": "first\n"})
    write_wheel(first.upload / "src/.warpdrive/wheelhouse", "first")
    first.assemble()
    again = image().send({"wsgi.py": HELLO, "requirements.txt": "first\n"})
    (again.upload / "artifacts").mkdir()
    with first.artifacts() as saved:
        saved.extractall(again.upload / "artifacts")
    write_wheel(again.upload / "artifacts/wheelhouse", "obsolete")
    again.assemble()
    assert again.wheels() == ["first-1.0-py3-none-any.whl"]
    assert again.developer.run([str(again.developer.venv / "bin/python"), "-c", "import first"]).returncode == 0


def test_assemble_keeps_no_wheels_where_none_are_wanted(image):
    made = image().send({"wsgi.py": HELLO, "requirements.txt": "first\n"})
    write_wheel(made.upload / "src/.warpdrive/wheelhouse", "first")
    made.assemble(WARPDRIVE_KEEP_WHEELS="0")
    assert not (made.developer.state / "wheelhouse").exists()
    assert made.artifacts().getnames() == []


def test_assemble_fails_with_the_build(image):
    made = image().send({"wsgi.py": HELLO, "requirements.txt": "nowhere\n"})
    done = made.call("assemble")
    assert done.returncode == 1
    assert "No matching distribution found for nowhere" in done.stderr
    assert "Installing what requirements.txt names failed" in done.stderr


def test_assemble_says_what_it_misses(image):
    made = image()
    done = made.call("assemble")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"assemble: there is no source in {made.upload}/src" in done.stderr
    del made.developer.variables["WARPDRIVE_APP_ROOT"]
    assert "the variable WARPDRIVE_APP_ROOT is not set" in made.call("assemble").stderr


def test_run_serves_and_ends_in_order(run):
    site = run().write_project({"wsgi.py": HELLO}).start()
    assert site.fetch("/").body == b"hello"
    assert "KEEP_WHEELS" not in site.output()
    site.stop()


def test_run_explains_the_builder_image_where_there_is_no_source(image):
    done = image().call("run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "RUN /usr/libexec/s2i/assemble" in done.stdout


def test_usage_shows_the_dockerfile_that_is_there(image):
    said = image().call("usage").stdout
    for line in (SCRIPTS.parent / "project/Dockerfile").read_text().splitlines():
        assert f"  {line}\n" in said
