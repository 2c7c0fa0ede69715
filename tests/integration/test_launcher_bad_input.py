"""Each mistake of a user: one clear message that names thing, cause and remedy; status not 0; nothing left behind."""
import os
import shutil
import socket
import subprocess

import pytest

HELLO = '''
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
'''


@pytest.fixture
def site(express):
    return express().write_project({"wsgi.py": HELLO})


def test_suggests_the_option_that_was_meant(site):
    _, said = site.run_to_failure("--proceses", "2")
    assert "--proceses" in said and "--processes" in said


@pytest.mark.parametrize("option, value", [("--port", "0"), ("--port", "eighty"), ("--threads", "-1"), ("--server-mpm", "fast")])
def test_names_a_value_that_is_wrong(site, option, value):
    _, said = site.run_to_failure(option, value)
    assert option in said and value in said


def test_names_file_line_and_key_of_an_unknown_setting(site):
    site.write_project({"warpdrive.toml": "# settings\nproceses = 2\n"})
    _, said = site.run_to_failure()
    assert "warpdrive.toml:2" in said and "proceses" in said and "processes" in said


def test_names_file_and_line_of_broken_toml(site):
    site.write_project({"warpdrive.toml": "threads = 2\nport = = 3\n"})
    _, said = site.run_to_failure()
    assert "warpdrive.toml:2" in said


def test_names_a_variable_with_a_wrong_value(site):
    _, said = site.run_to_failure(environment={"WARPDRIVE_PROCESSES": "many"})
    assert "WARPDRIVE_PROCESSES" in said and "many" in said


def test_names_a_port_in_use_and_who_uses_it(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.port))
        other.listen()
        _, said = site.run_to_failure()
    assert str(site.port) in said and "in use" in said and "--port" in said
    assert str(os.getpid()) in said


def test_lists_what_was_looked_for_when_there_is_no_project(express):
    site = express()
    _, said = site.run_to_failure()
    assert "manage.py" in said and "wsgi.py" in said and str(site.directory) in said


def test_lists_two_candidates_and_stops(express):
    site = express().write_project({"one/wsgi.py": HELLO, "two/wsgi.py": HELLO})
    _, said = site.run_to_failure()
    assert "one.wsgi" in said and "two.wsgi" in said


def test_names_an_entry_that_does_not_exist(site):
    _, said = site.run_to_failure("nothing.py")
    assert "nothing.py" in said


def test_says_how_to_install_a_missing_httpd(site):
    _, said = site.run_to_failure("--httpd-executable", "/nowhere/httpd")
    assert "/nowhere/httpd" in said


def test_names_a_missing_module_of_httpd(site):
    modules = site.directory / "modules"
    shutil.copytree("/usr/lib/apache2/modules", modules, ignore=shutil.ignore_patterns("mod_alias.so"))
    _, said = site.run_to_failure("--modules-directory", str(modules))
    assert "mod_alias.so" in said and "install" in said


def test_names_the_versions_it_has_for_a_python_without_a_worker(site):
    site.write_project({".venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.99.0\n", ".venv/bin/python": "#!/bin/sh\nexit 0\n"})
    (site.project / ".venv/bin/python").chmod(0o755)
    _, said = site.run_to_failure()
    assert "3.99" in said and site.prefix.debian_worker().name.rpartition("-")[2] in said


@pytest.mark.parametrize("files", [{"empty/x": ""}, {"empty/pyvenv.cfg": "home = /usr/bin\n"}], ids=["no environment", "half of one"])
def test_says_what_a_bad_virtual_environment_lacks(site, files):
    site.write_project(files)
    _, said = site.run_to_failure("--python-home", str(site.project / "empty"))
    assert "empty" in said and "venv" in said


def test_names_a_virtual_environment_whose_python_is_gone(site):
    site.write_project({".venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.2\n"})
    (site.project / ".venv/bin").mkdir()
    (site.project / ".venv/bin/python").symlink_to("/nowhere/python3")
    _, said = site.run_to_failure()
    assert ".venv" in said and "python" in said


def test_names_a_server_root_that_is_a_file(site):
    site.root.write_text("")
    _, said = site.run_to_failure()
    assert str(site.root) in said and "--server-root" in said


def test_names_a_server_root_below_a_missing_folder(site):
    _, said = site.run_to_failure("--server-root", "/nowhere/at/all")
    assert "/nowhere/at/all" in said and "--server-root" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_names_a_server_root_that_can_not_be_written(site):
    _, said = site.run_to_failure("--server-root", "/usr/lib")
    assert "/usr/lib" in said and "--server-root" in said


def test_names_file_and_line_of_a_syntax_error_in_a_script(express):
    site = express().write_project({"wsgi.py": "import os\ndef application(:\n    pass\n"})
    _, said = site.run_to_failure()
    assert "wsgi.py" in said and "2" in said and "SyntaxError" in said


def test_names_file_and_line_of_a_syntax_error_in_django_settings(express):
    site = express().copy_example("django")
    settings = site.project / "mysite/settings.py"
    settings.write_text("x = = 1\n" + settings.read_text())
    _, said = site.run_to_failure()
    assert "settings.py" in said and "SyntaxError" in said


def test_names_the_directive_of_an_include_file_that_httpd_refuses(site):
    (site.directory / "more.conf").write_text("NoSuchDirective on\n")
    _, said = site.run_to_failure("--include-file", str(site.directory / "more.conf"))
    assert "more.conf" in said and "NoSuchDirective" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
def test_names_the_user_who_can_not_read_the_project(site):
    site.project.chmod(0o700)
    _, said = site.run_to_failure("--user", "nobody")
    assert "nobody" in said and str(site.project) in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
def test_names_a_user_that_does_not_exist(site):
    _, said = site.run_to_failure("--user", "nobody-of-that-name")
    assert "nobody-of-that-name" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may switch users")
def test_refuses_another_user_without_root(site):
    _, said = site.run_to_failure("--user", "daemon")
    assert "--user daemon" in said and "root" in said


def test_leaves_no_server_root_of_a_failed_start(site):
    site.run_to_failure("--include-file", "/nowhere/more.conf")
    assert not (site.root / "httpd.conf").exists()
    assert not (site.root / "httpd.pid").exists()


def test_leaves_a_running_server_alone_when_a_second_one_fails(site):
    site.start()
    done = subprocess.run(site.command(), cwd=site.project, env=site.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode > 0 and str(site.port) in done.stderr
    assert site.fetch("/").body == b"hello"
    site.stop()
