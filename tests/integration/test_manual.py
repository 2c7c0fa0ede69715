"""The manual pages of an installation."""
import pytest


@pytest.mark.parametrize(("page", "said"), [("warpdrive-express", "start\\-server"), ("warpdrive-express-start-server", "\\-\\-max\\-clients"),
                                            ("warpdrive", "activate NAME")])
def test_is_installed_and_has_what_help_says(prefix, page, said):
    text = (prefix.root / f"share/man/man1/{page}.1").read_text()
    assert ".SH NAME\n" in text
    assert said in text
