"""Static files of a Django project come from httpd, not through Python."""
import pytest
import requests

from support.processes import cpu_seconds

CSS = "/static/guestbook/site.css"


def get(site, path, **fields):
    return requests.get(site.url(path), headers=fields, timeout=20)


@pytest.mark.parametrize("path, kind", [
    (CSS, "text/css"),
    ("/static/guestbook/site.js", "javascript"),
    ("/static/guestbook/logo.svg", "image/svg+xml"),
    ("/static/admin/css/base.css", "text/css"),
])
def test_serves_with_the_right_type(django_site, path, kind):
    response = get(django_site, path)
    assert response.status_code == 200 and kind in response.headers["Content-Type"]


def test_serves_the_file_itself(django_site):
    assert get(django_site, CSS).content == (django_site.project / "guestbook/static/guestbook/site.css").read_bytes()


def test_has_validators(django_site):
    headers = get(django_site, CSS).headers
    assert headers["ETag"] and headers["Last-Modified"]


@pytest.mark.parametrize("field, validator", [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_answers_304_to_a_valid_copy(django_site, field, validator):
    headers = get(django_site, CSS).headers
    assert get(django_site, CSS, **{field: headers[validator]}).status_code == 304


def test_serves_ranges(django_site):
    whole = get(django_site, CSS).content
    response = get(django_site, CSS, Range="bytes=10-19")
    assert (response.status_code, response.content) == (206, whole[10:20])


def test_does_not_use_python(django_site):
    get(django_site, "/")
    before = cpu_seconds(django_site.workers())
    with requests.Session() as session:
        for _ in range(200):
            assert session.get(django_site.url(CSS), timeout=20).status_code == 200
    # Django needs far more than this for 200 requests.
    assert cpu_seconds(django_site.workers()) - before <= 0.03


def test_denies_hidden_files(django_site):
    (django_site.root / "static/.hidden").write_text("secret")
    assert get(django_site, "/static/.hidden").status_code == 403
    assert get(django_site, "/static/.git/config").status_code in (403, 404)


def test_does_not_list_folders(django_site):
    assert get(django_site, "/static/").status_code in (403, 404)


def test_answers_404_for_a_missing_file(django_site):
    assert get(django_site, "/static/nothing.css").status_code == 404


def test_does_not_leave_the_folder(django_site):
    with django_site.connect() as connection:
        response = connection.request("GET", "/static/..%2f..%2fproject/manage.py")
        assert response.status in (400, 403, 404)


def test_serves_a_folder_and_a_file_of_an_alias(express):
    site = express("--url-alias", "/files", "files", "--url-alias", "/robots.txt", "files/robots.txt")
    site.write_project({"wsgi.py": "def application(environ, start_response): ...\n", "files/a.txt": "a", "files/robots.txt": "none"})
    site.start()
    assert get(site, "/files/a.txt").text == "a"
    assert get(site, "/robots.txt").text == "none"
    site.stop()
