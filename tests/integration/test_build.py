"""warpdrive build: hooks, packages from places on this machine, static files, bytecode."""
import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from support.waiting import wait_until
from support.warpdrive import ODD, Developer
from support.wheels import index_of, write_wheel

ROOT = Path(__file__).resolve().parent.parent

RECORDER = '#!/bin/sh\n{ echo "$VIRTUAL_ENV"; for each in "$0" "$@"; do echo "$each"; done; } >> "$RECORD"\n'


@pytest.fixture
def developer(prefix):
    developer = Developer(prefix, project_name=ODD).settle("site")
    yield developer
    developer.discard()


@pytest.fixture
def django_developer(prefix):
    developer = Developer(prefix, project_name="my site").settle("site", "--system-site-packages")
    subprocess.run(["/usr/bin/python3", "-m", "django", "startproject", "mysite", "."], cwd=developer.project, check=True)
    yield developer
    developer.discard()


def version_of(developer, package):
    return developer.run([str(developer.venv / "bin/python"), "-c", f"import {package}; print({package}.version)"]).stdout.strip()


def wheelhouse(developer):
    return developer.project / ".warpdrive/wheelhouse"


# Packages.
def test_installs_requirements_from_an_index(developer):
    write_wheel(developer.directory / "index/first", "first", requires=["second"])
    write_wheel(developer.directory / "index/second", "second", "2.0")
    developer.write({"requirements.txt": "first\n"})
    with index_of(developer.directory / "index") as url:
        said = developer.build(PIP_INDEX_URL=url)
    assert "Installing what requirements.txt names" in said
    assert (version_of(developer, "first"), version_of(developer, "second")) == ("1.0", "2.0")


def test_installs_from_a_wheelhouse_alone(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "first\n"}).build("--no-index", PIP_INDEX_URL="http://127.0.0.1:9/nothing")
    assert version_of(developer, "first") == "1.0"


def test_does_again_only_what_changed(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "-r more/base.txt\n", "more/base.txt": "first\n"}).build("--no-index")
    assert "names: unchanged" in developer.build("--no-index")
    write_wheel(wheelhouse(developer), "second")
    developer.write({"more/base.txt": "first\nsecond\n"})
    assert "names: unchanged" not in developer.build("--no-index")
    assert version_of(developer, "second") == "1.0"
    assert "names: unchanged" not in developer.build("--no-index", "--all")


def test_a_missing_requirement_stops_and_the_next_build_goes_on(developer):
    wheelhouse(developer).mkdir(parents=True)
    developer.write({"requirements.txt": "first\n"})
    said = developer.refused("build", "--no-index")
    assert "Installing what requirements.txt names failed with status 1" in said
    assert "No matching distribution found for first" in said
    write_wheel(wheelhouse(developer), "first")
    developer.build("--no-index")
    assert version_of(developer, "first") == "1.0"


def test_an_interrupted_installation_is_done_again(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "first\n"}).build("--no-index")
    developer.run([str(developer.venv / "bin/python"), "-m", "pip", "uninstall", "-y", "first"])
    # As a build that is killed leaves it: begun, so not current.
    (developer.state / "built/dependencies").unlink()
    developer.build("--no-index")
    assert version_of(developer, "first") == "1.0"


def test_an_environment_made_anew_is_filled_anew(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "first\n"}).build("--no-index")
    shutil.rmtree(developer.venv)
    developer.settle("site").build("--no-index")
    assert version_of(developer, "first") == "1.0"


def test_a_projects_own_modules_stay_out_of_pip(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "first\n", "json.py": "raise SystemExit('not me')\n"}).build("--no-index")
    assert version_of(developer, "first") == "1.0"


def test_installs_a_project_that_is_a_package(developer):
    developer.write({
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
                          '[project]\nname = "mine"\nversion = "1.0"\n',
        # The smallest backend there is, for there is no setuptools to be fetched.
        "backend.py": f'import sys\nsys.path.insert(0, {str(ROOT)!r})\nimport pathlib\nfrom support.wheels import write_wheel\n'
                      'def build_wheel(folder, *_):\n    return write_wheel(pathlib.Path(folder), "mine").name\n'})
    assert "Installing what pyproject.toml or setup.py names" in developer.build()
    assert version_of(developer, "mine") == "1.0"


def test_a_pyproject_with_nothing_but_tools_is_no_package(developer):
    developer.write({"pyproject.toml": "[tool.black]\nline-length = 100\n"})
    assert "No packages to install" in developer.build()


@pytest.mark.parametrize("lock, program, arguments", [
    ("Pipfile.lock", "pipenv", ["sync"]),
    ("poetry.lock", "poetry", ["install", "--no-interaction", "--only", "main"]),
    ("uv.lock", "uv", ["sync", "--locked", "--no-dev", "--inexact"])])
def test_locks_are_for_their_tools(developer, lock, program, arguments):
    developer.write({lock: "", "pyproject.toml": '[project]\nname = "mine"\nversion = "1"\n'})
    said = developer.refused("build")
    assert f"{lock} needs the program {program}, which is not on the PATH; get it: " in said
    tool = developer.venv / "bin" / program
    tool.write_text(RECORDER)
    tool.chmod(0o755)
    record = developer.directory / "record"
    developer.build(RECORD=str(record))
    assert record.read_text().splitlines() == [str(developer.venv), str(tool), *arguments]


def test_two_sources_need_a_choice(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "first\n", "uv.lock": ""})
    said = developer.refused("build", "--no-index")
    assert "uv.lock, requirements.txt. Choose: warpdrive build --dependencies uv|requirements" in said
    developer.build("--no-index", "--dependencies", "requirements")
    developer.write({".warpdrive/dependencies": "requirements\n"}).build("--no-index")
    assert "is none of uv, poetry" in developer.refused("build", "--dependencies", "conda")
    assert "poetry is chosen, and" in developer.refused("build", "--dependencies", "poetry")


@pytest.mark.parametrize("files, wish", [
    ({".python-version": "3.6\n"}, ".python-version wants Python 3.6"),
    ({"runtime.txt": "python-3.6.1\n"}, "runtime.txt wants Python 3.6.1"),
    ({"pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.99"\n'}, "(requires-python) wants Python >=3.99")])
def test_a_wish_for_another_python_stops_the_build(developer, files, wish):
    said = developer.write(files).refused("build", "--dependencies", "none")
    assert wish in said and f"and {developer.venv}".replace("\\", "\\") in said and "--python X.Y" in said


def test_a_wish_for_this_python_is_fine(developer):
    developer.write({".python-version": "# ours\n3\n", "pyproject.toml": '[project]\nname="x"\nversion="1"\nrequires-python = ">=3.8,<4"\n'})
    developer.build("--dependencies", "none")


def test_an_environment_without_pip_says_so_when_it_is_needed(developer):
    for path in developer.venv.glob("lib/python3*/site-packages/pip.pth"):
        path.unlink()
    developer.write({"pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.8"\n'})
    developer.build("--dependencies", "none")
    said = developer.refused("build")
    assert f"the environment {developer.venv} has no pip; put it there: " in said


def test_installs_the_chosen_server(developer):
    write_wheel(wheelhouse(developer), "gunicorn", "99")
    developer.write({".warpdrive/server_type": "gunicorn\n"})
    assert "Installing the server gunicorn" in developer.build("--no-index")
    assert version_of(developer, "gunicorn") == "99"
    assert "Installing the server" not in developer.build("--no-index")


def test_makes_wheels_and_takes_them(developer):
    write_wheel(developer.directory / "index/first", "first")
    developer.write({"requirements.txt": "first\n"})
    with index_of(developer.directory / "index") as url:
        made = developer.call("wheels", PIP_INDEX_URL=url)
    assert made.returncode == 0, made.stderr
    developer.build("--no-index")
    assert version_of(developer, "first") == "1.0"


def test_a_package_in_a_folder_is_installed_again_when_it_changed(developer):
    backend = (f'import sys\nsys.path.insert(0, {str(ROOT)!r})\nimport pathlib\nfrom support.wheels import write_wheel\n'
               'def build_wheel(folder, *_):\n    return write_wheel(pathlib.Path(folder), "mine", VERSION).name\n')
    developer.write({
        "requirements.txt": "./lib  # ours\n",
        "lib/pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "lib/backend.py": backend.replace("VERSION", '"1.0"')}).build()
    assert "names: unchanged" in developer.build()
    # Of another length: Python would take a file of the same length and second for the one whose bytecode it has.
    developer.write({"lib/backend.py": backend.replace("VERSION", '"2.0.1"')}).build()
    assert version_of(developer, "mine") == "2.0.1"


def test_without_an_environment_there_is_nowhere_to_install(prefix):
    developer = Developer(prefix)
    said = developer.refused("build")
    assert "no virtual environment to install into; enter one: eval" in said
    developer.discard()


# Hooks and variables.
def test_hooks_run_in_order_with_the_variables(developer):
    write_wheel(wheelhouse(developer), "first")
    note = 'echo "$1$(basename "$0") $COLOUR $(pwd)" >> "$HOME/ran"\n'
    for hook in ("pre-build", "build"):
        developer.write_hook(hook, note)
    developer.write_hook("build-env", "echo 'COLOUR=\"from the hook\"'\n")
    developer.write({"requirements.txt": "first\n", ".warpdrive/environment": "COLOUR=from the file\n"}).build("--no-index")
    assert (developer.home / "ran").read_text().splitlines() == [
        f"pre-build from the file {developer.project}", f"build from the hook {developer.project}"]


def test_a_failing_hook_stops_the_build(developer):
    developer.write_hook("pre-build", "exit 7\n")
    assert "the hook pre-build failed with status 7: " in developer.refused("build")


def test_a_hook_that_is_not_executable_is_warned_of(developer):
    developer.write_hook("build", "exit 7\n", mode=0o644)
    done = developer.call("build")
    assert done.returncode == 0
    assert "build is not executable, so it is left out; chmod +x makes it one" in done.stderr


def test_a_hook_without_an_interpreter_says_what_it_needs(developer):
    developer.write({".warpdrive/action_hooks/build": "echo hello\n"}, mode=0o755)
    assert "Exec format error; a hook that is a script begins with #!" in developer.refused("build")


def test_nothing_in_the_environment_file_is_run(developer):
    bait = developer.directory / "bait"
    developer.write({".warpdrive/environment": f"A=$(touch '{bait}')\nB=`touch {bait}`\nC=\"; touch {bait}\"\n"})
    developer.write_hook("build", 'printf "%s\\n" "$A" "$B" "$C"\n')
    said = developer.build()
    assert f"$(touch '{bait}')\n`touch {bait}`\n; touch {bait}\n" in said
    assert not bait.exists()


def test_every_bad_line_of_the_environment_file_is_told(developer):
    developer.write({".warpdrive/environment": "A=1\nrm -rf /\nB='open\n1C=2\n"})
    said = developer.refused("build")
    assert "environment:2: this line is not NAME=value" in said
    assert "environment:3: the quotes of B are not closed" in said
    assert "environment:4: this line is not NAME=value" in said


# Django.
def test_collects_and_compresses_static_files(django_developer):
    said = django_developer.build()
    folder = django_developer.state / "static"
    assert f"the settings have no STATIC_ROOT: {folder} is used" in said
    sheet = folder / "admin/css/base.css"
    assert gzip.decompress((folder / "admin/css/base.css.gz").read_bytes()) == sheet.read_bytes()
    assert (folder / "admin/css/base.css.br").stat().st_mtime_ns == sheet.stat().st_mtime_ns
    before = (folder / "admin/css/base.css.gz").stat().st_ino
    django_developer.build()
    assert (folder / "admin/css/base.css.gz").stat().st_ino == before


def settings_with(developer, text):
    path = developer.project / "mysite/settings.py"
    path.write_text(path.read_text() + text)


def test_collects_where_the_settings_say(django_developer):
    settings_with(django_developer, "STATIC_ROOT = BASE_DIR / 'var' / 'static'\n")
    assert "STATIC_ROOT" not in django_developer.build()
    assert (django_developer.project / "var/static/admin/css/base.css.gz").exists()
    assert not (django_developer.state / "static").exists()


def test_a_secret_that_is_not_set_is_made_up_and_said(django_developer):
    settings_with(django_developer, "import os\nSECRET_KEY = os.environ['SITE_SECRET']\n")
    assert "the settings want the variable SITE_SECRET, which is not set" in django_developer.build()
    settings_with(django_developer, "SECRET_KEY = ''\n")
    assert "the settings have no SECRET_KEY: a throw-away one is used" in django_developer.build(SITE_SECRET="x")


def test_a_collection_that_fails_fails_the_build(django_developer):
    settings_with(django_developer, "STATICFILES_STORAGE = 'mysite.nothing.Storage'\n")
    said = django_developer.refused("build")
    assert "cannot collect the static files of mysite.settings" in said and "mysite.nothing" in said
    assert not (django_developer.state / "static-files").exists()  # start would serve them


def test_a_collection_may_be_disabled(django_developer):
    assert "DISABLE_COLLECTSTATIC is set" in django_developer.build(DISABLE_COLLECTSTATIC="1")
    assert not (django_developer.state / "static").exists()
    django_developer.build(DISABLE_COLLECTSTATIC="0")
    assert (django_developer.state / "static").exists()


# Bytecode.
def test_compiles_the_project_and_nobody_elses_files(developer):
    developer.write({"mine.py": "x = 1\n", ".hidden/other.py": "", "env/pyvenv.cfg": "", "env/lib/other.py": "", "bad.py": "x = ("})
    done = developer.call("build")
    assert done.returncode == 0, done.stderr
    assert "bad.py is no Python that can be compiled" in done.stderr
    compiled = {path.name.split(".")[0] for path in developer.project.rglob("*.pyc")}
    assert compiled == {"mine"}


def test_a_killed_build_takes_its_steps_along_and_the_next_one_works(developer):
    write_wheel(wheelhouse(developer), "first")
    developer.write({"requirements.txt": "first\n"})
    developer.write_hook("build", 'echo $$ > "$HOME/pid.new"; mv "$HOME/pid.new" "$HOME/pid"; exec sleep 1000\n')
    building = subprocess.Popen([developer.program, "build", "--no-index"], cwd=developer.project, env=developer.variables,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    wait_until((developer.home / "pid").exists, 120, "the hook runs")
    hook = Path("/proc", (developer.home / "pid").read_text().strip())
    building.kill()
    building.wait(10)
    wait_until(lambda: not hook.exists() or "Z (zombie)" in (hook / "status").read_text(), 10, "the hook has ended, too")
    (developer.project / ".warpdrive/action_hooks/build").unlink()
    assert "names: unchanged" in developer.build("--no-index")
