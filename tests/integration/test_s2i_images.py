"""The contract of S2I, with buildah in the place of s2i: the Dockerfile is the one that `s2i build --as-dockerfile` writes."""
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from support import images
from support.wheels import index_of, write_wheel

missing = [program for program in ("buildah", "skopeo") if shutil.which(program) is None]
why_impossible = images.why_impossible() or (f"needs {', '.join(missing)} (Debian packages)" if missing else "")
pytestmark = pytest.mark.skipif(bool(why_impossible), reason=why_impossible or "-")

SCRIPTS = "/usr/libexec/s2i"
APPLICATION = """
import first


def application(environ, start_response):
    start_response("200 OK", [])
    return [first.version.encode()]
"""
# `s2i build --incremental` has this before the rest.
CACHED = f"""FROM {{earlier}} as cached
# Save-artifacts script sourced from builder image based on user input or image metadata.
USER 1001
RUN if [ -s {SCRIPTS}/save-artifacts ]; then {SCRIPTS}/save-artifacts > /tmp/artifacts.tar; else touch /tmp/artifacts.tar; fi
"""
COPIES = """COPY --from=cached /tmp/artifacts.tar /tmp/artifacts.tar
"""
EXTRACTS = """# Extract artifact content
RUN if [ -s /tmp/artifacts.tar ]; then mkdir -p /tmp/artifacts; tar -xf /tmp/artifacts.tar -C /tmp/artifacts; fi && \\
    rm /tmp/artifacts.tar
"""
MAIN = f"""FROM warpdrive-builder
LABEL "io.k8s.display-name"="s2i-site" \\
      "io.openshift.s2i.build.image"="warpdrive-builder" \\
      "io.openshift.s2i.build.source-location"="site"
ENV {{variables}}
USER root
{{copies}}# Copying in source code
COPY upload/src /tmp/src
# Change file ownership to the assemble user. Builder image must support chown command.
RUN chown -R 1001:0{{artifacts}} /tmp/src
USER 1001
{{extracts}}# Assemble script sourced from builder image based on user input or image metadata.
# If this file does not exist in the image, the build will fail.
RUN {SCRIPTS}/assemble
# Run script sourced from builder image based on user input or image metadata.
# If this file does not exist in the image, the build will fail.
CMD {SCRIPTS}/run
"""


def dockerfile(variables, earlier=None):
    main = MAIN.format(variables=" ".join(f'{name}="{value}"' for name, value in variables.items()), copies=COPIES if earlier else "",
                       artifacts=" /tmp/artifacts.tar" if earlier else "", extracts=EXTRACTS if earlier else "")
    return (CACHED.format(earlier=earlier) if earlier else "") + main


def run(engine, *command):
    return subprocess.run(command, env=engine.variables, capture_output=True, text=True, timeout=300)


def build(engine, image, variables, earlier=None):
    """What s2i would make of a project that needs one package; what assemble said."""
    with tempfile.TemporaryDirectory(prefix="warp-s2i-") as folder:
        source = Path(folder, "upload/src")
        source.mkdir(parents=True)
        (source / "wsgi.py").write_text(APPLICATION)
        (source / "requirements.txt").write_text("first\n")
        Path(folder, "Dockerfile").write_text(dockerfile(variables, earlier))
        done = run(engine, "buildah", "build", "--format", "docker", "--pull-never", "--tag", image, folder)
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def configuration(engine, image):
    done = run(engine, "skopeo", "inspect", "--config", f"containers-storage:localhost/{image}:latest")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["config"]


def test_an_incremental_build_takes_the_packages_of_the_earlier_image(engine, tmp_path):
    write_wheel(tmp_path / "first", "first", "4.2")
    with index_of(tmp_path) as url:
        said = build(engine, "s2i-site", {"PIP_INDEX_URL": url})
    assert " -----> Taking the source from /tmp/src" in said
    assert "Installing what requirements.txt names" in said

    said = build(engine, "s2i-site-again", {"PIP_NO_INDEX": "1"}, earlier="s2i-site")
    assert " -----> Taking the wheels of the earlier image" in said
    assert engine.call("run", "--rm", "s2i-site-again", "python", "-c", "import first; print(first.version)") == "4.2"
    # Nothing of what was sent stays beside what was made of it.
    assert engine.call("run", "--rm", "s2i-site-again", "sh", "-c", "ls -d /tmp/src/* /tmp/artifacts/* 2>/dev/null || :") == ""

    made = configuration(engine, "s2i-site-again")
    assert made["User"] == "1001"
    assert made["Cmd"][-1].endswith("/usr/libexec/s2i/run")
    assert made["Labels"]["io.k8s.display-name"] == "s2i-site"


def test_the_builder_has_the_labels_that_s2i_and_openshift_read(engine):
    made = configuration(engine, "warpdrive-builder")
    labels = made["Labels"]
    for name in ("io.openshift.s2i.scripts-url", "io.s2i.scripts-url"):
        assert labels[name] == f"image://{SCRIPTS}"
    assert labels["io.openshift.s2i.destination"] == "/tmp"
    assert labels["io.openshift.s2i.assemble-user"] == made["User"] == "1001"
    assert labels["io.openshift.expose-services"] == "8080:http"
    assert "builder" in labels["io.openshift.tags"].split(",")
    for name in ("io.k8s.display-name", "io.k8s.description", "org.opencontainers.image.title", "org.opencontainers.image.licenses",
                 "org.opencontainers.image.version", "org.opencontainers.image.base.name"):
        assert labels[name], name
    assert list(made["ExposedPorts"]) == ["8080/tcp"]
    assert made["StopSignal"] == "SIGTERM"
    assert made["WorkingDir"] == "/opt/app-root/src"


@pytest.mark.parametrize("script", ["assemble", "run", "save-artifacts", "usage"])
def test_the_builder_has_the_scripts(engine, script):
    assert engine.call("run", "--rm", "warpdrive-builder", "stat", "--format", "%A", f"{SCRIPTS}/{script}") == "-rwxr-xr-x"


def test_usage_explains_the_builder(engine):
    assert "s2i build FOLDER-OR-URL warpdrive-builder" in engine.call("run", "--rm", "warpdrive-builder", f"{SCRIPTS}/usage")
