"""warpdrive-express convert: the configuration of another server as a warpdrive.toml that a server starts with."""
import shutil
import subprocess

import pytest

APPLICATION = '''
def site(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [(environ["SCRIPT_NAME"] + " by " + __name__).encode()]
'''
GUNICORN = '''
import multiprocessing
open("has-run", "w").close()
wsgi_app = "pages:site"
bind = "127.0.0.1:1"
threads = 3
workers = multiprocessing.cpu_count()
preload_app = True
def when_ready(server): pass
'''


def run(site, *arguments):
    return subprocess.run([str(site.prefix.launcher), *arguments], cwd=site.project, stdin=subprocess.DEVNULL,
                          env=site.environment(), capture_output=True, text=True, timeout=60)


def convert(site, name):
    done = run(site, "convert", name)
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


def test_starts_with_what_was_a_uwsgi_ini(express):
    site = express().write_project({
        "pages.py": APPLICATION, "uwsgi.ini": "[uwsgi]\nmodule = pages:site\nprocesses = 1\nthreads = 2\nmaster = true\n"})
    text = convert(site, "uwsgi.ini")
    assert "# - master = true: it is always so here [uwsgi.ini:5]" in text
    site.write_project({"warpdrive.toml": text})
    response = site.start().fetch("/")
    assert (response.status, response.body) == (200, b" by pages")
    assert "1 process * 2 threads" in site.output()


def test_reads_a_gunicorn_file_without_running_it(express):
    site = express().write_project({"pages.py": APPLICATION, "gunicorn.conf.py": GUNICORN})
    text = convert(site, "gunicorn.conf.py")
    assert not (site.project / "has-run").exists()
    assert 'entry-point = "pages:site"' in text and "threads = 3" in text and 'preload = "on"' in text
    assert "# - workers: it can't be told without running the file" in text and "# - when_ready: a hook" in text


def test_a_gunicorn_file_loses_nothing(express):
    site = express().write_project({"gunicorn.conf.py": """
import os
bind = ["127.0.0.1:8100", "unix:/run/x.sock"]
raw_env = ["A=b", "C=d"]
loglevel = "warning"
accesslog = "/var/log/access"
preload_app = False
reload = os.environ.get("RELOAD")
"""})
    text = convert(site, "gunicorn.conf.py")
    assert "port = 8100" in text and "# - bind = unix:/run/x.sock: httpd listens on a TCP port" in text
    assert 'setenv = { "A" = "b", "C" = "d" }' in text
    assert 'log-level = "warn"' in text
    assert "access-log = true" in text and "# - accesslog = /var/log/access: logs go below log-directory" in text
    assert 'preload = "off"' in text
    assert "# - reload: it can't be told" in text
    site.write_project({"gunicorn.conf.py": 'accesslog = "-"\nloglevel = "critical"\nbind = ":8100, :8200"\nuser = None\n'})
    text = convert(site, "gunicorn.conf.py")
    assert "access-log = true" in text and 'log-level = "crit"' in text and "accesslog =" not in text
    assert "port = 8100" in text and "# - bind = :8200: there is one port" in text
    assert "user" not in text  # None is what holds without a line


def test_starts_with_what_was_a_virtual_host(express):
    site = express().write_project({"pages.wsgi": APPLICATION.replace("site", "application")})
    site.write_project({"site.conf": "WSGIDaemonProcess x processes=1 threads=2\n"
                                     f"WSGIScriptAlias /shop {site.project}/pages.wsgi\n"})
    site.write_project({"warpdrive.toml": convert(site, "site.conf")})
    assert site.start().fetch("/shop/a").body.startswith(b"/shop by ")


def test_says_what_it_can_convert(express):
    done = run(express().write_project({"notes": "x"}), "convert", "notes")
    assert done.returncode == 2 and "gunicorn.conf.py, an .ini file" in done.stderr


@pytest.mark.parametrize("path", ["bash-completion/completions/warpdrive-express", "zsh/site-functions/_warpdrive-express",
                                  "fish/vendor_completions.d/warpdrive-express.fish"])
def test_completion_is_installed(express, path):
    site = express()
    text = (site.prefix.root / "share" / path).read_text()
    assert "doctor" in text and "graceful-timeout" in text


def test_bash_completes_commands_and_options(express):
    site = express().write_project({"wsgi.py": ""})
    script = site.project / "completion.bash"
    script.write_text(run(site, "completion", "bash").stdout)
    ask = ('source "$1"; COMP_WORDS=(warpdrive-express {}); COMP_CWORD={}; _warpdrive_express; echo "${{COMPREPLY[@]}}"')

    def completed(words, index):
        done = subprocess.run(["bash", "-c", ask.format(words, index), "-", str(script)], cwd=site.project,
                              capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.split()

    assert completed("doc", 1) == ["doctor"]
    assert completed("start-server --graceful", 2) == ["--graceful-timeout"]
    assert completed("start-server --auth-user-file ws", 3) == ["wsgi.py"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_read_the_completion(express, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    site = express().write_project({"wsgi.py": ""})
    script = site.project / "script"
    script.write_text(run(site, "completion", shell).stdout)
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
