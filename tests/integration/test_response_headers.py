"""Response fields: many, repeated, large, not ASCII."""
import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("headers"))


def test_passes_many_fields(site):
    head = site.fetch("/headers/many?500").head
    assert head.get("X-Field-0") == "value 0" and head.get("X-Field-499") == "value 499"


def test_keeps_repeated_cookies_apart(site):
    assert site.fetch("/headers/cookies").head.all("Set-Cookie") == ["a=1; Path=/", "b=2; Path=/"]


def test_passes_a_value_of_latin_1(site):
    assert site.fetch("/headers/latin").head.get("X-Latin") == "caf\xe9"


def test_passes_a_large_field(site):
    assert len(site.fetch("/headers/large?100000").head.get("X-Large")) == 100_000


def test_refuses_a_head_past_the_limit(site):
    response = site.fetch("/headers/large?400000")
    assert response.status in (500, 502)
    site.log.expect("large|too long|bound|KiB|bytes")
    assert site.fetch("/headers/many?1").status == 200
