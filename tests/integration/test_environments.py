"""warpdrive activate and what belongs to it, in real shells, with names and paths that need quoting."""
import pytest

from support.warpdrive import ODD, Developer, is_installed

SHELLS = [pytest.param(shell, marks=pytest.mark.skipif(not is_installed(shell), reason=f"{shell} is not installed"))
          for shell in ("bash", "zsh", "fish")]
NAME = ODD


@pytest.fixture
def developer(prefix):
    developer = Developer(prefix, project_name=ODD)
    yield developer
    developer.discard()


@pytest.fixture(scope="module")
def settled(prefix):
    """One who has an environment already."""
    developer = Developer(prefix, project_name=ODD)
    made = developer.call("activate", "--shell", "bash", NAME)
    assert made.returncode == 0, made.stderr
    yield developer
    developer.discard()


def entering(shell, name="$NAME"):
    return f'warpdrive activate "{name}" | source; ' if shell == "fish" else f'eval "$(warpdrive activate "{name}")"; '


def show(*variables):
    return "; ".join(f'printf "%s\\n" "${variable}"' for variable in variables)


@pytest.mark.parametrize("shell", SHELLS)
def test_enters_and_leaves(settled, shell):
    leave = "warpdrive deactivate | source; " if shell == "fish" else 'eval "$(warpdrive deactivate)"; '
    script = (entering(shell) + show("VIRTUAL_ENV", "WARPDRIVE_SRC_ROOT", "WARPDRIVE_APP_ROOT", "WARPDRIVE_ENVIRONMENT") +
              "; command -v python; " + leave + 'printf "%s\\n" "left:$VIRTUAL_ENV:$WARPDRIVE_APP_ROOT"; printf "%s\\n" $PATH')
    done = settled.shell(shell, script, NAME=NAME)
    root = settled.home / ".warpdrive" / NAME
    lines = done.stdout.splitlines()
    assert lines[:5] == [f"{root}/venv", str(settled.project), str(root), NAME, f"{root}/venv/bin/python"], done.stderr
    assert lines[5] == "left::"
    assert ":".join(lines[6:]) == settled.variables["PATH"]


def test_fish_may_use_eval(settled):
    if not is_installed("fish"):
        pytest.skip("fish is not installed")
    done = settled.shell("fish", 'eval (warpdrive activate "$NAME"); printf "%s\\n" $WARPDRIVE_ENVIRONMENT', NAME=NAME)
    assert done.stdout.splitlines() == [NAME], done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_works_in_a_shell_that_stops_at_errors_and_unset_variables(settled, shell):
    if not is_installed(shell):
        pytest.skip(f"{shell} is not installed")
    done = settled.shell(shell, "set -eu; " + entering(shell) + 'deactivate; printf "%s\\n" "${VIRTUAL_ENV-none}"', NAME=NAME)
    assert done.stdout.splitlines() == ["none"], done.stderr


def test_shows_the_name_in_the_prompt_and_runs_nothing_of_it(settled):
    shown = settled.shell("bash", 'PS1="$ "; ' + entering("bash") + 'printf "%s" "${PS1@P}"', NAME=NAME)
    assert shown.stdout == '(warpdrive+it\'s "odd" ?HOME ?id? ?) $ ', shown.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_leaves_where_only_the_variables_are_inherited(settled, shell):
    leave = "warpdrive deactivate --shell fish | source" if shell == "fish" else f'eval "$(warpdrive deactivate --shell {shell})"'
    inner = leave + '; printf "%s\\n" "left:$VIRTUAL_ENV"; printf "%s\\n" "$PATH"'
    done = settled.shell("bash", entering("bash") + f'{shell} -c "$INNER"', NAME=NAME, INNER=inner)
    left, path = done.stdout.splitlines()
    assert left == "left:", done.stderr
    assert path.replace(" ", ":") == settled.variables["PATH"]


@pytest.mark.parametrize("shell", SHELLS)
def test_profile_saves_the_eval(settled, shell):
    load = "warpdrive profile | source; " if shell == "fish" else 'eval "$(warpdrive profile)"; '
    done = settled.shell(shell, load + 'warpdrive activate "$NAME"; warpdrive project; pwd; warpdrive list', NAME=NAME, directory="/")
    folder, listed = done.stdout.splitlines()
    assert folder == str(settled.project), done.stderr
    assert listed.startswith(f"* {NAME}  Python 3.")


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_another_environment_takes_its_place(developer, shell):
    if not is_installed(shell):
        pytest.skip(f"{shell} is not installed")
    script = entering(shell, "one") + entering(shell, "two") + show("WARPDRIVE_ENVIRONMENT") + '; printf "%s\\n" "$PATH"'
    done = developer.shell(shell, script)
    name, path = done.stdout.splitlines()
    assert name == "two", done.stderr
    assert "/one/" not in path and path.count("/two/venv/bin") == 1


def test_a_failure_reaches_the_shell(developer):
    done = developer.shell("bash", 'eval "$(warpdrive activate a/b)"; echo "status $?"')
    assert done.stdout == "status 1\n"
    assert "WARP1006: 'a/b' can't name an environment" in done.stderr


@pytest.mark.parametrize("name", ["", " a", "../a", "a:b", "-a", ".a", "a\nb", "x" * 101])
def test_refuses_what_is_no_name(developer, name):
    said = developer.refused("activate", "--", name)
    assert "can't name an environment" in said
    assert list(developer.home.iterdir()) == []


def test_help_is_no_code_for_eval(developer):
    done = developer.shell("bash", 'eval "$(warpdrive activate --help)"')
    assert done.returncode == 0 and done.stdout == ""
    assert "Usage: warpdrive activate NAME" in done.stderr


def test_an_interrupted_making_is_made_again(developer):
    half = developer.home / ".warpdrive/site/venv"
    (half / "bin").mkdir(parents=True)
    (half / "pyvenv.cfg").write_text("version = 3.11.2\n")
    (half / "bin/python").write_text("broken")
    developer.activate("site")
    assert developer.run([str(developer.venv / "bin/python"), "-c", "print(1)"]).stdout == "1\n"


def test_sees_the_systems_packages_when_told_to(developer):
    developer.activate("site", "--system-site-packages")
    assert "include-system-site-packages = true" in (developer.venv / "pyvenv.cfg").read_text()


def test_refuses_another_python_for_an_environment_that_is_there(developer):
    other = developer.directory / "python"
    other.write_text("#!/bin/sh\nprintf 3.99 >&3\n")
    other.chmod(0o755)
    developer.activate("site")
    said = developer.refused("activate", "site", "--python", str(other))
    assert "has Python 3." in said and "and --python names Python 3.99" in said


def test_a_python_that_is_not_there(developer):
    assert "no program python3.1 on the PATH" in developer.refused("activate", "site", "--python", "3.1")


def test_destroy_removes_all_but_the_active_one(developer):
    developer.activate(NAME)
    assert "is active; leave it first" in developer.refused("destroy", NAME)
    left = developer.call("destroy", NAME, VIRTUAL_ENV="", WARPDRIVE_APP_ROOT="")
    assert left.returncode == 0, left.stderr
    assert list((developer.home / ".warpdrive").iterdir()) == []
    assert "there is no environment" in developer.refused("destroy", NAME)


def test_destroy_takes_only_what_is_an_environment(developer):
    (developer.home / ".warpdrive/precious").mkdir(parents=True)
    assert "there is no environment" in developer.refused("destroy", "precious")


def test_project_records_another_folder(developer):
    developer.activate("site")
    other = developer.directory / "other $(folder)"
    other.mkdir()
    recorded = developer.shell("bash", 'eval "$(warpdrive project --create)"; printf "%s" "$WARPDRIVE_SRC_ROOT"', directory=other)
    assert recorded.stdout == str(other)
    gone = developer.shell("bash", 'eval "$(warpdrive project)"; pwd')
    assert gone.stdout == f"{other}\n"


def test_environments_may_be_kept_elsewhere(developer):
    folder = developer.directory / "else where"
    developer.variables["WARPDRIVE_VIRTUALENVS"] = str(folder)
    developer.activate("site")
    assert developer.venv == folder / "site/venv"


def test_rcfile_enters_the_environment(settled):
    path = settled.call("rcfile", NAME, "--shell", "bash").stdout.strip()
    (settled.home / ".bashrc").write_text("export PATH=/usr/bin:/bin; own=kept\n")
    done = settled.run(["/usr/bin/bash", "--rcfile", path, "-i", "-c", 'command -v python; echo "$own"'])
    assert done.stdout.splitlines() == [str(settled.home / ".warpdrive" / NAME / "venv/bin/python"), "kept"], done.stderr


def test_unknown_commands_and_options_name_the_nearest(developer):
    assert "there is no command actvate, did you mean activate?" in developer.refused("actvate", status=2)
    assert "unknown option --pyton, did you mean --python" in developer.refused("activate", "--pyton", "3", "x", status=2)
    assert "needs NAME" in developer.refused("activate", status=2)
    assert "is one argument too many" in developer.refused("activate", "a", "b", status=2)
