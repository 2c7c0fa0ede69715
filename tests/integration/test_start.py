"""warpdrive start: hooks, variables, and what it puts in its place."""
import contextlib
import importlib.util
import json
import os
import subprocess
from pathlib import Path

import pytest

from support.started import Started
from support.warpdrive import Developer

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"

APPLICATION = '''
import json, os, sys


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(dict(variables=dict(os.environ), server=environ.get("SERVER_SOFTWARE", ""), threads=environ["wsgi.multithread"])).encode()]
'''
SERVER = '''
import http.server, os


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"script")


http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
'''


@pytest.fixture
def started(prefix):
    """make(*arguments): a project that the test fills and that `warpdrive start` starts."""
    with contextlib.ExitStack() as stack:
        def make(*arguments):
            site = Started(prefix, *arguments)
            stack.callback(site.discard)
            return site

        yield make


def answer(site):
    return json.loads(site.fetch("/").body)


def test_serves_with_mod_warp_and_says_so(started):
    site = started().write_project({"wsgi.py": APPLICATION}).start()
    assert answer(site)["variables"]["PORT"] == str(site.port)
    said = site.output()
    for line in (" -----> Configuring for deployment type of 'auto'", " -----> Default server type is 'mod_warp'",
                 " -----> Running server script start-mod_warp",
                 f" -----> Executing server command '{site.prefix.launcher} start-server --log-to-terminal --server-type mod_warp --port {site.port}'"):
        assert line in said.splitlines()
    assert "no option belongs to" not in said  # WARPDRIVE_APP_ROOT and the like are known
    site.stop()


def test_variables_come_from_file_and_hook_and_the_outside_wins(started):
    site = started().write_project({"wsgi.py": APPLICATION, ".warpdrive/environment": "COLOUR=red\nSIZE=large\nSHAPE='$(id)'\n"})
    site.write_executable(".warpdrive/action_hooks/deploy-env", 'echo "SIZE=$SIZE-er"\n')
    site.more_environment = {"COLOUR": "blue"}
    variables = answer(site.start())["variables"]
    assert (variables["COLOUR"], variables["SIZE"], variables["SHAPE"]) == ("blue", "large-er", "$(id)")
    site.stop()


def test_arguments_come_from_the_file_and_the_command_line(started):
    site = started("--processes", "2").write_project({
        "wsgi.py": APPLICATION, ".warpdrive/server_args": "# ours\n--threads $WANTED --setenv A '$WANTED' --setenv B $KEY\n"})
    site.more_environment = {"WANTED": "3", "KEY": "hidden words"}
    site.start()
    assert "(2 processes * 3 threads)" in site.output()
    assert "--threads $WANTED --setenv A '$WANTED' --setenv B $KEY --processes 2'" in site.output()
    assert "hidden" not in site.output()
    site.stop()


def test_deploy_cfg_runs_once_and_deploy_each_time(started):
    site = started().write_project({"wsgi.py": APPLICATION})
    for hook in ("deploy-cfg", "deploy"):
        site.write_executable(f".warpdrive/action_hooks/{hook}", f'echo {hook} >> "$WARP_TEST_SCRATCH/ran"\n')
    for _ in range(2):
        site.start()
        site.stop()
    assert (site.scratch / "ran").read_text().split() == ["deploy-cfg", "deploy", "deploy"]


def test_a_failing_deploy_hook_stops_the_start(started):
    site = started().write_project({"wsgi.py": APPLICATION}).write_executable(".warpdrive/action_hooks/deploy", "exit 5\n")
    status, said = site.run_to_failure()
    assert status == 1 and "the hook deploy failed with status 5" in said


@pytest.mark.parametrize("server", [
    pytest.param("gunicorn", marks=pytest.mark.skipif(not importlib.util.find_spec("gunicorn"), reason="gunicorn is not installed")),
    pytest.param("waitress", marks=pytest.mark.skipif(not importlib.util.find_spec("waitress"), reason="waitress is not installed")),
    pytest.param("uwsgi", marks=pytest.mark.skipif(not os.path.exists("/usr/bin/uwsgi"), reason="uwsgi is not installed"))])
def test_serves_with_other_servers(started, server):
    site = started().write_project({"app/__init__.py": "", "app/wsgi.py": APPLICATION, ".warpdrive/server_type": server + "\n"})
    if server == "waitress":
        site.expected_status = -15  # it has no signal handler of its own
    site.start()
    assert answer(site)["variables"]["PORT"] == str(site.port)
    assert f" -----> Running server script start-{server}" in site.output()
    assert "app.wsgi:application" in site.output()
    site.stop()


def test_a_server_as_the_mode_gets_only_the_projects_arguments(started):
    site = started().write_project({"other.py": APPLICATION, ".warpdrive/deploy_mode": "mod_wsgi\n", ".warpdrive/server_args": "other.py\n"})
    assert answer(site.start())
    site.stop()


def test_a_plain_script_serves_itself(started):
    site = started().write_project({"app.py": SERVER})
    site.expected_status = -15
    assert site.start().fetch("/").body == b"script"
    assert " -----> Running server script app.py" in site.output()
    site.stop()


def test_a_script_learns_where_to_listen(started):
    site = started()
    site.write_executable("app.sh", 'echo "at $HOST:$PORT" >&2; exit 3\n')
    _, said = site.run_to_failure(environment={"WARPDRIVE_HOST": "127.0.0.1"})
    assert f"at 127.0.0.1:{site.port}" in said


def test_a_shell_script_wins_and_gets_the_signals(started):
    site = started().write_project({"wsgi.py": APPLICATION, "serve.py": SERVER})
    site.write_executable("app.sh", "exec /usr/bin/python3 serve.py\n")
    site.expected_status = -15
    assert site.start().fetch("/").body == b"script"
    site.stop()


def test_the_application_may_have_a_home_of_its_own(started):
    site = started().write_project({"back end/wsgi.py": APPLICATION, ".warpdrive/home": "back end\n"}).start()
    assert answer(site)
    site.stop()


@pytest.mark.parametrize("files, variables, said", [
    ({".warpdrive/deploy_mode": "rails\n"}, {}, "deploy mode: 'rails' is none of auto, django"),
    ({".warpdrive/server_type": "nginx\n"}, {}, "server type: 'nginx' is none of auto, mod_warp"),
    ({".warpdrive/server_args": "\n--threads $NONE\n"}, {}, "server_args:2: $NONE is not set; set it"),
    ({".warpdrive/home": "nowhere\n"}, {}, "nowhere: no such folder"),
    ({".warpdrive/environment": "nonsense\n"}, {}, "environment:1: this line is not NAME=value"),
    ({".warpdrive/deploy_mode": "python\n"}, {}, "app.py: no such file"),
    ({".warpdrive/deploy_mode": "django\n"}, {}, "has no manage.py of Django's"),
    ({".warpdrive/deploy_mode": "paste\n", ".warpdrive/server_type": "waitress\n", "paste.ini": ""}, {}, "waitress does not read"),
    ({".warpdrive/deploy_mode": "shell\n", "app.sh": "#!/bin/sh\n"}, {}, "app.sh is not executable; chmod +x"),
    ({}, {"PORT": "eighty"}, "PORT: 'eighty' is not a number from 1 to 65535")])
def test_what_can_not_be_started_says_why(started, files, variables, said):
    site = started().write_project({"wsgi.py": APPLICATION} | files)
    _, error = site.run_to_failure(environment=variables)
    assert said in error


# A build, then a start, as one.
def test_a_django_project_from_source_to_its_styled_admin_page(started, prefix):
    site = started()
    developer = Developer(prefix)
    developer.home = site.scratch  # where the server's user may read
    developer.variables["HOME"] = str(site.scratch)
    site.project.mkdir()
    subprocess.run(["/usr/bin/python3", "-m", "django", "startproject", "mysite", "."], cwd=site.project, check=True)
    site.write_project({".warpdrive/environment": "ALLOWED=localhost\n"})
    settings = site.project / "mysite/settings.py"
    settings.write_text(settings.read_text() + "import os\nALLOWED_HOSTS = [os.environ['ALLOWED']]\nDEBUG = False\n")
    developer.project = site.project
    developer.settle("site", "--system-site-packages").build(ALLOWED="x")
    assert developer.call("migrate").returncode == 0
    site.write_project({})
    site.more_environment = {name: developer.variables[name] for name in
                             ("VIRTUAL_ENV", "WARPDRIVE_APP_ROOT", "WARPDRIVE_ENVIRONMENT", "WARPDRIVE_SRC_ROOT", "PATH")}
    site.start()
    assert site.fetch("/admin/login/").status == 200
    assert site.fetch("/static/admin/css/base.css").status == 200
    assert f"--url-alias /static/ {developer.state}/static" in site.output()
    site.stop()
    developer.discard()


# Beside the server.
@pytest.fixture
def developer(prefix):
    developer = Developer(prefix)
    yield developer
    developer.discard()


def test_env_exec_and_shell_have_the_projects_variables(developer):
    developer.write({".warpdrive/environment": "ODD=\"it's $x\"\n"})
    assert developer.call("env").stdout == "ODD='it'\\''s $x'\n"
    assert developer.call("exec", "printenv", "ODD").stdout == "it's $x\n"
    assert developer.call("exec", "sh", "-c", "exit 9").returncode == 9
    assert "no program nothing on the PATH" in developer.refused("exec", "nothing")
    assert "needs a command" in developer.refused("exec", status=2)


def test_exec_enters_an_environment_by_name(developer):
    developer.settle("my site")
    for name in ("VIRTUAL_ENV", "WARPDRIVE_APP_ROOT", "WARPDRIVE_ENVIRONMENT", "WARPDRIVE_SRC_ROOT"):
        developer.variables.pop(name)
    done = developer.call("exec", "--environment", "my site", "python", "-c", "import sys; print(sys.prefix)", directory="/")
    assert done.stdout == f"{developer.home}/.warpdrive/my site/venv\n", done.stderr


@pytest.mark.parametrize("task", ["setup", "migrate", "verify", "alive", "ready"])
def test_tasks_run_their_hooks(developer, task):
    developer.write_hook(task, 'echo "ran as $COLOUR"\n').write({".warpdrive/environment": "COLOUR=red\n"})
    assert "ran as red\n" in developer.call(task).stdout
    developer.write_hook(task, "exit 3\n")
    assert f"the hook {task} failed with status 3" in developer.refused(task)


def test_probes_without_a_hook_ask_the_port(started, developer):
    site = started().write_project({"wsgi.py": APPLICATION}).start()
    assert developer.call("ready", PORT=str(site.port)).returncode == 0
    assert developer.call("ready", PORT="1", WARPDRIVE_PORT=str(site.port), WARPDRIVE_HOST="127.0.0.1").returncode == 0
    assert "of 127.0.0.2; PORT, or" in developer.refused("ready", PORT=str(site.port), WARPDRIVE_HOST="127.0.0.2")
    developer.write({"warpdrive.toml": f"port = {site.port}\n"})
    assert developer.call("ready").returncode == 0
    developer.write({".warpdrive/server_args": f"--port {site.port}\n"})
    assert developer.call("ready", PORT="1").returncode == 0
    developer.write({"app.sh": "", ".warpdrive/server_args": "--an-option-of-the-scripts\n"})
    assert developer.call("ready", PORT=str(site.port)).returncode == 0
    site.stop()
    assert "nothing accepts connections on port" in developer.refused("alive", PORT=str(site.port))


def test_fixup_gives_the_group_what_the_owner_has(developer):
    developer.write({"a/b.sh": "", "a/c.txt": ""})
    outside = developer.directory / "outside"
    outside.write_text("")
    outside.chmod(0o600)
    (developer.project / "a/link").symlink_to(outside)
    (developer.project / "a/b.sh").chmod(0o700)
    (developer.project / "a/c.txt").chmod(0o604)
    if os.geteuid() == 0:
        os.chown(developer.project / "a/b.sh", 1, 1)
    done = developer.call("fixup")
    assert done.returncode == 0, done.stderr
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (developer.project / "a/b.sh", developer.project / "a/c.txt", outside)}
    assert modes == {"b.sh": "0o770", "c.txt": "0o664", "outside": "0o600"}
    assert (developer.project / "a/b.sh").stat().st_gid == 0


def test_init_writes_files_that_work_and_spares_those_there(developer):
    developer.write({".dockerignore": "mine\n", "wsgi.py": APPLICATION})
    assert "stays  " in developer.call("init").stdout
    assert (developer.project / ".dockerignore").read_text() == "mine\n"
    assert (developer.project / "warpdrive.toml").is_file()
    assert developer.call("env").returncode == 0


def test_the_page_has_the_table_of_commands(developer):
    assert developer.call("help", "--markdown").stdout in (DOCS / "warpdrive.md").read_text()
