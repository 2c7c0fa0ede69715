"""Real images: the builder, a project's by `warpdrive image`, and a container of it as OpenShift runs it."""
import json
import subprocess
import urllib.request
from pathlib import Path

import pytest

from support import images
from support.waiting import wait_until
from support.warpdrive import Developer

pytestmark = pytest.mark.skipif(bool(images.why_impossible()), reason=images.why_impossible() or "-")
APPLICATION = (Path(__file__).parent / "apps/whoami.py").read_text()


@pytest.fixture
def developer(prefix, engine):
    made = Developer(prefix, project_name="My Site")
    made.variables |= {name: value for name, value in engine.variables.items() if name not in ("PATH", "HOME")}
    yield made
    made.discard()


def fetch(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
            return json.load(response)
    except OSError:
        return None


def test_a_project_becomes_an_image_that_runs_as_anybody_and_ends_in_order(engine, developer):
    developer.write({"wsgi.py": APPLICATION, ".dockerignore": ".env\n", ".env": "SECRET=1\n", ".git/HEAD": "x"})
    done = developer.call("image", "--engine", "podman", "--pull-never")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert " -----> Making the image warpdrive-my-site from warpdrive-builder with podman" in done.stdout
    assert " -----> Run it: podman run --rm -p 8080:8080 warpdrive-my-site" in done.stdout

    found = json.loads(engine.call("image", "inspect", "warpdrive-my-site"))[0]
    assert found["Config"]["User"] == "1001"
    assert found["Config"]["StopSignal"] == "SIGTERM"
    assert found["Config"]["WorkingDir"] == "/opt/app-root/src"
    assert found["Config"]["Labels"]["io.openshift.s2i.scripts-url"] == "image:///usr/libexec/s2i"
    assert found["Config"]["Labels"]["io.openshift.expose-services"] == "8080:http"
    assert found["Config"]["Labels"]["io.k8s.display-name"] == "warpdrive-my-site"
    assert found["Healthcheck"]["Test"] == ["CMD", "warpdrive", "ready"]

    _, port, _ = engine.serve("warpdrive-my-site", "--name", "site")
    answer = wait_until(lambda: fetch(port), seconds=30, what=lambda: f"an answer of the container\n{engine.logs('site')}")
    assert (answer["uids"], answer["gids"]) == ([images.UID] * 3, [0] * 3)
    assert engine.call("exec", "site", "warpdrive", "ready") == ""
    assert engine.call("exec", "site", "sh", "-c", "ls -A; command -v cc gcc c++ || :").split() == [
        ".dockerignore", "__pycache__", "wsgi.py"]
    engine.call("stop", "--time", "25", "site")
    assert engine.call("inspect", "--format", "{{.State.ExitCode}}", "site") == "0"


def test_the_builder_explains_itself(engine):
    assert "COPY --chown=1001:0 . /tmp/src" in engine.call("run", "--rm", "warpdrive-builder")


def test_save_artifacts_of_a_container_is_a_tar_and_nothing_else(engine):
    done = subprocess.run(["podman", "run", "--rm", "warpdrive-builder", "/usr/libexec/s2i/save-artifacts"],
                          env=engine.variables, capture_output=True, timeout=60, check=True)
    assert done.stdout == bytes(len(done.stdout))  # an empty tar is zeros


def test_an_engine_that_fails_is_said(developer):
    developer.write({"wsgi.py": APPLICATION})
    said = developer.refused("image", "--engine", "podman", "--builder", "localhost/no-such-builder", "--pull-never")
    assert "podman build of warpdrive-my-site failed with status" in said
    assert "--builder" in said
