"""The client's story: a project, its environment, its build and its start; then its image, in a container.

pip takes the packages from an index on this machine, which is made of those that Debian has installed.
"""
import contextlib
import json
import os
import shutil
import urllib.error
import urllib.request

import pytest

from support import images
from support.browser import style
from support.debian_index import NotInstalled, fill_index
from support.raw_http import Broken
from support.started import Started
from support.waiting import wait_until
from support.warpdrive import Developer
from support.wheels import index_of

PACKAGES = ("python3-django", "python3-flask", "python3-tornado", "python3-pyramid", "python3-whitenoise", "python3-gunicorn",
            "python3-waitress")
why_no_image = images.why_impossible() or ("" if shutil.which("buildah") else "needs buildah (Debian package)")

FLASK = """
from flask import Flask, url_for

app = Flask(__name__)


@app.route("/")
def page():
    return url_for("static", filename="site.css")
"""
PLAIN = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"plain"]
"""
TORNADO = """
import os

import tornado.ioloop
import tornado.web


class Page(tornado.web.RequestHandler):
    def get(self):
        self.write("tornado")


if __name__ == "__main__":
    tornado.web.Application([("/", Page)]).listen(int(os.environ["PORT"]), "127.0.0.1")
    tornado.ioloop.IOLoop.current().start()
"""
PYRAMID = """
from pyramid.config import Configurator
from pyramid.response import Response


def main(global_config, **settings):
    config = Configurator(settings=settings)
    config.add_route("page", "/")
    config.add_view(lambda request: Response(settings["greeting"]), route_name="page")
    return config.make_wsgi_app()
"""
PASTE = """
[app:main]
use = call:mysite:main
greeting = pyramid

[server:main]
use = egg:gunicorn#main
"""
WHITENOISE = """
DEBUG = False
ALLOWED_HOSTS = ["*"]
STATIC_ROOT = BASE_DIR / "collected"
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
"""


class Story:
    """A developer, and the server that the developer starts."""

    def __init__(self, prefix, index):
        self.site = Started(prefix)
        self.site.project.mkdir()
        self.developer = Developer(prefix)
        # Where the server's user may read.
        self.developer.home = self.site.scratch
        self.developer.project = self.site.project
        self.developer.variables |= {"HOME": str(self.site.scratch), "PIP_INDEX_URL": index}

    def discard(self):
        self.site.discard()
        self.developer.discard()

    def write(self, files):
        self.site.write_project(files)
        return self

    def django(self, more_settings=""):
        done = self.developer.run([str(self.developer.venv / "bin/python"), "-m", "django", "startproject", "mysite", "."])
        assert done.returncode == 0, done.stderr
        settings = self.site.project / "mysite/settings.py"
        settings.write_text(settings.read_text() + more_settings)
        return self.write({"requirements.txt": "django\nwhitenoise\n" if "whitenoise" in more_settings else "django\n"})

    def start(self):
        if not (self.site.project / "app.sh").exists():
            self.write({})  # all of it is its owner's
        self.site.more_environment = {name: self.developer.variables[name] for name in (
            "VIRTUAL_ENV", "WARPDRIVE_APP_ROOT", "WARPDRIVE_ENVIRONMENT", "WARPDRIVE_SRC_ROOT", "PATH")}
        self.site.start(seconds=90)
        return self.site


@contextlib.contextmanager
def a_story(prefix, index):
    story = Story(prefix, index)
    try:
        yield story
    finally:
        story.discard()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    try:
        fill_index(folder, *PACKAGES)
    except NotInstalled as missing:
        pytest.skip(str(missing))
    with index_of(folder) as url:
        yield url


@pytest.fixture
def story(prefix, index):
    with a_story(prefix, index) as told:
        told.developer.settle("mysite")
        yield told


@pytest.fixture(scope="module")
def first_story(prefix, index):
    with a_story(prefix, index) as told:
        yield told


def body(site, path="/"):
    """What is answered at last: other servers take connections while their application is still imported."""
    answer = wait_until(lambda: answer_of(site, path), seconds=90, what=site.report)
    assert answer.status == 200, site.report()
    return answer.body.decode()


def answer_of(site, path):
    try:
        return site.fetch(path)
    except (OSError, Broken):
        return None


def sees_the_styled_login_page(browser, url):
    browser.get(url)
    assert "Django" in browser.title
    # Its form is in a box of 28em; without CSS it is as wide as the window.
    assert style(browser, "#container", "width") in ("392px", "448px")
    assert style(browser, "#header", "backgroundColor") == "rgb(65, 118, 144)"


@pytest.mark.browser
def test_from_startproject_to_the_styled_admin_page(first_story, browser):
    story = first_story
    story.developer.activate("mysite")
    pip = story.developer.run([str(story.developer.venv / "bin/pip"), "install", "django"])
    assert pip.returncode == 0, pip.stderr
    said = story.django().developer.build()
    assert "Installing what requirements.txt names" in said
    assert "the settings have no STATIC_ROOT" in said
    site = story.start()
    sees_the_styled_login_page(browser, site.url("/admin/"))
    site.stop()


@pytest.mark.browser
@pytest.mark.skipif(bool(why_no_image), reason=why_no_image or "-")
def test_the_same_page_from_a_container(first_story, browser, engine, index):
    story = first_story
    assert (story.site.project / "manage.py").exists(), "the test before this one makes the project"
    # A container asks for the packages where this machine does.
    story.write({".warpdrive/environment": f"PIP_INDEX_URL={index}\n"})
    story.developer.variables |= {name: value for name, value in engine.variables.items() if name not in ("PATH", "HOME")}
    made = story.developer.call("s2i", "--engine", "buildah", "--pull-never")
    assert made.returncode == 0, f"{made.stdout}\n{made.stderr}"
    assert " -----> Run it: podman run --rm -p 8080:8080 warpdrive-mysite" in made.stdout

    _, port, _ = engine.serve("warpdrive-mysite", "--name", "mysite")
    url = f"http://127.0.0.1:{port}/admin/"
    wait_until(lambda: answers(url), seconds=90, what=lambda: engine.logs("mysite"))
    sees_the_styled_login_page(browser, url)
    engine.call("stop", "--time", "25", "mysite")
    assert engine.call("inspect", "--format", "{{.State.ExitCode}}", "mysite") == "0"


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def test_flask_and_its_static_files(story):
    story.write({"requirements.txt": "flask\n", "app.py": FLASK, "static/site.css": "body {}"}).developer.build()
    site = story.start()
    assert body(site, body(site)) == "body {}"
    site.stop()


def test_a_plain_wsgi_file(story):
    story.write({"wsgi.py": PLAIN}).developer.build()
    site = story.start()
    assert body(site) == "plain"
    site.stop()


def test_a_script_that_is_a_server_of_tornados(story):
    story.write({"requirements.txt": "tornado\n", "app.py": TORNADO}).developer.build()
    story.site.expected_status = -15  # Tornado has no signal handler of its own
    site = story.start()
    assert body(site) == "tornado"
    assert " -----> Running server script app.py" in site.output()
    site.stop()


def test_a_shell_script_that_starts_a_server(story):
    story.write({"requirements.txt": "tornado\n", "serve.py": TORNADO})
    story.site.write_executable("app.sh", "exec python serve.py\n")
    story.developer.build()
    story.site.expected_status = -15
    site = story.start()
    assert body(site) == "tornado"
    assert " -----> Running server script app.sh" in site.output()
    site.stop()


@pytest.mark.skipif(not os.path.exists("/usr/bin/jupyter-notebook"), reason="jupyter-notebook is not installed")
def test_jupyter_notebook_by_a_shell_script(story):
    story.site.write_executable("app.sh", 'exec /usr/bin/jupyter-notebook --allow-root --no-browser --ip=127.0.0.1 --port="$PORT" '
                                          "--NotebookApp.token= --NotebookApp.password=\n")
    site = story.start()
    assert json.loads(body(site, "/api"))["version"]
    site.stop()


@pytest.mark.parametrize("server", ["gunicorn", pytest.param("uwsgi", marks=pytest.mark.skipif(
    not os.path.exists("/usr/bin/uwsgi"), reason="uwsgi is not installed"))])
def test_pyramid_by_its_paste_file(story, server):
    story.write({"requirements.txt": "pyramid\n", "mysite.py": PYRAMID, "paste.ini": PASTE, ".warpdrive/server_type": server + "\n"})
    story.developer.build()
    site = story.start()
    assert body(site) == "pyramid"
    site.stop()


OTHER_SERVERS = ["gunicorn", "waitress", pytest.param("uwsgi", marks=pytest.mark.skipif(
    not os.path.exists("/usr/bin/uwsgi"), reason="uwsgi is not installed"))]


@pytest.mark.parametrize("server", OTHER_SERVERS)
def test_django_by_a_server_that_has_whitenoise_for_static_files(story, server):
    pip = story.developer.run([str(story.developer.venv / "bin/python"), "-m", "pip", "install", "django"])
    assert pip.returncode == 0, pip.stderr
    said = story.django(WHITENOISE).write({".warpdrive/server_type": server + "\n"}).developer.build()
    assert ("Installing the server" in said) == (server != "uwsgi")  # that is Debian's
    if server == "waitress":
        story.site.expected_status = -15  # it has no signal handler of its own
    site = story.start()
    assert "<form" in body(site, "/admin/login/")
    assert "body" in body(site, "/static/admin/css/base.css")
    assert f" -----> Running server script start-{server}" in site.output()
    site.stop()


@pytest.mark.parametrize("server", OTHER_SERVERS)
def test_django_by_a_server_that_gets_whitenoise_for_static_files(story, server):
    pip = story.developer.run([str(story.developer.venv / "bin/python"), "-m", "pip", "install", "django"])
    assert pip.returncode == 0, pip.stderr
    story.django().write({".warpdrive/server_type": server + "\n"})
    step = f"Installing WhiteNoise, for the static files: {server} serves none"
    assert step in story.developer.build()
    assert step not in story.developer.build()
    if server == "waitress":
        story.site.expected_status = -15
    site = story.start()
    assert "<form" in body(site, "/admin/login/")
    assert "body" in body(site, "/static/admin/css/base.css")
    packed = site.fetch("/static/admin/css/base.css", "GET", "Accept-Encoding: gzip")
    assert packed.head.get("content-encoding") == "gzip"
    assert "static files are served by WhiteNoise, around mysite.wsgi" in site.output()
    site.stop()
