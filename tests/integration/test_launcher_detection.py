"""Projects that nobody has named an entry point for, as they are found, served and refused."""
import json

import pytest

from support.processes import cpu_seconds

FACTORY = '''
from flask import Blueprint, Flask

blueprint = Blueprint("admin", __name__, static_folder="admin_files")


def create_app(name="made by the factory"):
    app = Flask(__name__)
    app.register_blueprint(blueprint, url_prefix="/admin")
    app.route("/")(lambda: name)
    return app
'''
SHOP = {"shop/__init__.py": FACTORY, "shop/static/site.css": "body {}", "shop/admin_files/admin.css": "main {}",
        "shop/static/.hidden": "secret"}
WHERE = '''
import json, os, sys


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"directory": os.getcwd(), "path": sys.path}).encode()]
'''


def body(site, path):
    return site.fetch(path).body.decode()


def said(site):
    """What a start that has to fail says."""
    return site.run_to_failure()[1]


def test_serves_a_flask_factory_and_its_static_files(express):
    site = express().write_project(SHOP).start()
    assert body(site, "/") == "made by the factory"
    before = cpu_seconds(site.workers())
    for _ in range(100):
        assert body(site, "/static/site.css") == "body {}"
        assert body(site, "/admin/admin_files/admin.css") == "main {}"
    # Flask needs far more than this for 200 requests.
    assert cpu_seconds(site.workers()) - before <= 0.03
    assert site.fetch("/static/.hidden").status == 403
    assert "shop:create_app()" in site.output() and "/admin/admin_files/ -> " in site.output()
    site.stop()


def test_serves_what_the_procfile_says_with_its_sizes(express):
    site = express().write_project({"Procfile": "web: gunicorn --chdir web -w 2 --threads 3 place:app\n", "web/place.py": WHERE})
    site.start()
    found = json.loads(body(site, "/"))
    assert found["directory"] == str(site.project / "web") and str(site.project / "web") in found["path"]
    assert "6 (2 processes * 3 threads)" in site.output()
    site.stop()


def test_prefers_a_size_that_is_set_to_the_procfiles(express):
    site = express("--processes", "1").write_project({"Procfile": "web: gunicorn -w 2 place:app\n", "place.py": WHERE}).start()
    assert "(1 process * " in site.output()
    site.stop()


def test_serves_a_package_in_src(express):
    site = express().write_project({"src/shop/__init__.py": "from .place import app\n", "src/shop/place.py": WHERE, "pyproject.toml": ""})
    site.start()
    found = json.loads(body(site, "/"))
    assert found["directory"] == str(site.project) and found["path"][:2] == [str(site.project), str(site.project / "src")]
    site.stop()


def test_serves_the_only_project_of_a_repository_and_says_so(express):
    site = express().write_project({"services/api/app.py": WHERE, "services/api/requirements.txt": "", "README.md": ""}).start()
    assert json.loads(body(site, "/"))["directory"] == str(site.project / "services/api")
    assert f"served is the one in {site.project}/services/api" in site.output()
    site.stop()


@pytest.mark.parametrize("name, text", [("Procfile", "web: gunicorn shop:app\n"), ("gunicorn.conf.py", "wsgi_app = 'shop:app'\n")])
def test_names_the_place_of_a_callable_that_does_not_exist(express, name, text):
    site = express().write_project(SHOP | {name: text})
    assert f"{name}:1: shop:app: " in said(site)


def test_serves_another_callable_than_the_procfiles_when_told_to(express):
    site = express("--callable-object", "create_app()").write_project(SHOP | {"Procfile": "web: gunicorn shop:app\n"}).start()
    assert body(site, "/") == "made by the factory"
    site.stop()


def test_lists_two_applications_and_stops(express):
    site = express().write_project({"one/__init__.py": FACTORY, "two/__init__.py": FACTORY})
    text = said(site)
    assert "start-server one:create_app()" in text and "start-server two:create_app()" in text


def test_does_not_import_a_project_to_find_it(express):
    site = express().write_project({"one/__init__.py": FACTORY, "two/__init__.py": "open('imported', 'w')\n" + FACTORY})
    said(site)
    assert not (site.project / "imported").exists()


def test_gives_up_on_an_import_that_fails_with_pythons_words(express):
    site = express().write_project({"app.py": "import parts\n\napp = parts.find()\n", "parts.py": "find = {}['app']\n"})
    text = said(site)
    assert "app.py" in text or "import app" in text
    assert "KeyError" in text
