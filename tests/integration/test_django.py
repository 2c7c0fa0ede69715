"""The Django example through the server: login, session, CSRF, upload."""
import hashlib
import os
import re

import pytest
import requests

SIZE = 50 * 1024 * 1024


@pytest.fixture
def session(django_site):
    with requests.Session() as made:
        made.site = django_site
        yield made


def token_in(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


def log_in(session, password="secret-enough"):
    url = session.site.url("/admin/login/?next=/admin/")
    page = session.get(url, timeout=20)
    return session.post(url, data={"csrfmiddlewaretoken": token_in(page), "username": "admin", "password": password,
                                   "next": "/admin/"}, timeout=20)


def test_logs_in_and_out(session):
    page = log_in(session)
    assert page.status_code == 200 and 'id="user-tools"' in page.text
    session.get(session.site.url("/admin/logout/"), timeout=20)
    assert "login" in session.get(session.site.url("/admin/"), timeout=20).url


def test_refuses_a_wrong_password(session):
    assert "errornote" in log_in(session, "wrong").text


def test_keeps_a_session(session):
    for count in (1, 2, 3):
        page = session.get(session.site.url("/"), timeout=20)
        assert f'<strong id="visits">{count}</strong>' in page.text


def test_refuses_a_post_without_the_token(session):
    session.get(session.site.url("/"), timeout=20)
    response = session.post(session.site.url("/"), data={"name": "n", "message": "m"}, timeout=20)
    assert response.status_code == 403 and "CSRF" in response.text


def test_stores_and_returns_an_upload_of_50_megabytes(session):
    data = os.urandom(1024 * 1024) * (SIZE // 1024 // 1024)
    page = session.get(session.site.url("/"), timeout=20)
    stored = session.post(session.site.url("/"), files={"attachment": ("large.bin", data)}, timeout=120,
                          data={"csrfmiddlewaretoken": token_in(page), "name": "uploader", "message": "a large file"})
    assert stored.status_code == 200
    assert hashlib.sha256(data).hexdigest() in stored.text
    returned = session.get(stored.url + "attachment", timeout=120)
    assert returned.content == data


def test_refuses_an_upload_past_the_limit(session):
    with session.site.connect() as connection:
        connection.send_head("POST", "/", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 200000000")
        assert connection.read_head().status == 413
    session.site.log.allow("AH01587|AH01588|LimitRequestBody|larger than the configured limit|Requested content-length")
