"""warpdrive image and s2i with engines that are scripts of the test's: what they are given, and what is said."""
from pathlib import Path

import pytest

from support.warpdrive import ODD, Developer

PROJECT = Path(__file__).resolve().parent.parent.parent / "docker/project/Dockerfile"

# Answers `version`, and keeps what a build was given: the words, the Dockerfile and the source's names.
ENGINE = '''#!/bin/sh
case $1 in version) exit 0 ;; esac
for word; do printf '%s\\n' "$word"; done > "$RECORD/words"
while [ $# -gt 1 ]; do
  case $1 in --file) cp "$2" "$RECORD/Dockerfile" ;; esac
  case $1 in */src) break ;; esac
  shift
done
(cd "$1" && find . -type f | sort) > "$RECORD/names"
exit "${STATUS:-0}"
'''


@pytest.fixture
def developer(prefix):
    developer = Developer(prefix, project_name=ODD)
    engines = developer.directory / "engines"
    engines.mkdir()
    for program in ("sh", "cp", "find", "sort"):
        (engines / program).symlink_to(f"/usr/bin/{program}")
    developer.variables |= {"PATH": str(engines), "RECORD": str(developer.directory)}
    yield developer.write({"wsgi.py": "application = None\n"})
    developer.discard()


def have(developer, name, text=ENGINE):
    program = developer.directory / "engines" / name
    program.write_text(text)
    program.chmod(0o755)


def recorded(developer, name):
    return (developer.directory / name).read_text().splitlines()


def make(developer, *arguments, **variables):
    done = developer.call(*arguments, **variables)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_gives_the_engine_the_source_without_what_is_ignored(developer):
    have(developer, "podman")
    developer.write({".git/HEAD": "x", ".env": "SECRET=1\n", "a/x.pyc": "", "a/kept.py": "", "docs/index.md": "",
                     ".venv/pyvenv.cfg": "", ".dockerignore": ".env\n**/*.pyc\n", ".s2iignore": "docs\n"})
    said = make(developer, "image", "--", "--network", "host")
    assert recorded(developer, "names") == ["./.dockerignore", "./.s2iignore", "./a/kept.py", "./wsgi.py"]
    words = recorded(developer, "words")
    assert words[:5] == ["build", "--format", "docker", "--tag", "warpdrive-it-s-odd-home-id"]
    assert words[7:9] == ["--network", "host"]
    assert "4 files, 0.0 MB; 5 files and folders left out" in said
    assert " -----> Run it: podman run --rm -p 8080:8080 warpdrive-it-s-odd-home-id" in said
    assert not Path(words[-1]).exists()  # the copy goes with the command


def test_prints_the_dockerfile_that_it_builds_with(developer):
    have(developer, "docker")
    make(developer, "image", "mysite", "--builder", "team/builder:1")
    printed = make(developer, "image", "mysite", "--builder", "team/builder:1", "--dockerfile")
    assert printed.splitlines() == recorded(developer, "Dockerfile")
    assert printed.startswith("FROM team/builder:1\n")
    assert "warpdrive-mysite" in recorded(developer, "words")
    assert PROJECT.read_text().splitlines()[1] in printed


def test_s2i_gives_source_builder_and_image(developer):
    for name in ("s2i", "docker"):
        have(developer, name)
    said = make(developer, "s2i", "mysite")
    assert recorded(developer, "words")[-2:] == ["warpdrive-builder", "warpdrive-mysite"]
    assert "docker run --rm -p 8080:8080 warpdrive-mysite" in said


def test_the_environment_names_the_image_and_files_choose_engine_and_builder(developer):
    for name in ("docker", "buildah"):
        have(developer, name)
    developer.write({".warpdrive/engine": "buildah\n", ".warpdrive/builder": "other-builder\n"})
    said = make(developer, "image", WARPDRIVE_ENVIRONMENT="Shop")
    assert "Making the image warpdrive-shop from other-builder with buildah" in said


def test_an_engine_that_does_not_work_is_passed_over(developer):
    have(developer, "docker", "#!/bin/sh\necho 'Cannot connect to the Docker daemon' >&2\nexit 1\n")
    said = developer.refused("image")
    assert "docker version failed with status 1: Cannot connect to the Docker daemon" in said
    have(developer, "podman")
    assert "with podman" in make(developer, "image")


def test_no_engine_is_an_error_with_ways_out(developer):
    said = developer.refused("image")
    assert "s2i, docker, podman or buildah" in said
    assert "--dockerfile" in said
    assert "no program buildah on the PATH; --engine chooses another" in developer.refused("image", "--engine", "buildah")


def test_a_build_that_fails_is_an_error_with_its_status(developer):
    have(developer, "podman")
    said = developer.refused("image", "mysite", STATUS="125")
    assert "podman build of warpdrive-mysite failed with status 125" in said
    assert not Path(recorded(developer, "words")[-1]).exists()


def test_names_that_would_be_more_than_names_are_refused(developer):
    have(developer, "podman")
    assert "--tag: 'a b' is not the name of an image" in developer.refused("image", "--tag", "a b")
    developer.write({".warpdrive/builder": "x --privileged\n"})
    assert "builder: 'x --privileged' is not the name of an image" in developer.refused("image")
