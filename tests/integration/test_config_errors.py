"""What is wrong in the configuration is said by `httpd -t`, with file and line, and httpd does not start."""
import os

import pytest

GROUP = "WarpDaemonProcess site\n"
ALIAS = "WarpScriptAlias / ${APPS}/hello.py\n"

# name: directives, the line (from 1) that is to blame or None, what the message names
WRONG = {
    "unknown directive": ("WarpDaemonProces site\n", 1, "WarpDaemonProces"),
    "unknown group": (GROUP + "WarpScriptAlias / ${APPS}/hello.py process-group=nowhere\n", 2, "nowhere"),
    "unknown default group": (GROUP + "WarpProcessGroup nowhere\n" + ALIAS, None, "nowhere"),
    "no group at all": (ALIAS, 1, "WarpDaemonProcess"),
    "several groups and none chosen": (GROUP + "WarpDaemonProcess other\n" + ALIAS, 3, "process-group"),
    "two applications in one group": (GROUP + ALIAS + "WarpScriptAlias /b ${APPS}/environ.py\n", 3, "site"),
    "the same group twice": (GROUP + GROUP + ALIAS, 2, "site"),
    "the same mount twice": (GROUP + ALIAS + ALIAS, 3, "/"),
    "unknown option of a group": ("WarpDaemonProcess site proceses=2\n" + ALIAS, 1, "proceses"),
    "unknown option of an alias": (GROUP + "WarpScriptAlias / ${APPS}/hello.py proces-group=site\n", 2, "proces-group"),
    "option without a value": ("WarpDaemonProcess site processes\n" + ALIAS, 1, "processes"),
    "number that is none": ("WarpDaemonProcess site processes=4x\n" + ALIAS, 1, "4x"),
    "number out of range": ("WarpDaemonProcess site threads=0\n" + ALIAS, 1, "threads"),
    "umask that is not octal": ("WarpDaemonProcess site umask=0o9\n" + ALIAS, 1, "umask"),
    "relative script": (GROUP + "WarpScriptAlias / hello.py\n", 2, "hello.py"),
    "script that does not exist": (GROUP + "WarpScriptAlias / ${APPS}/nothing.py\n", 2, "nothing.py"),
    "mount without a slash": (GROUP + "WarpScriptAlias site ${APPS}/hello.py\n", 2, "site"),
    "unknown user": ("WarpDaemonProcess site user=nobody-of-that-name\n" + ALIAS, 1, "nobody-of-that-name"),
    "unknown Unix group": ("WarpDaemonProcess site group=no-group-of-that-name\n" + ALIAS, 1, "no-group-of-that-name"),
    "missing Python home": ("WarpDaemonProcess site python-home=/nowhere/venv\n" + ALIAS, 1, "/nowhere/venv"),
    "missing program folder": ("WarpLibexecDirectory /nowhere\n" + GROUP + ALIAS, None, "/nowhere"),
    "flag that is none": ("WarpPassAuthorization Maybe\n", 1, "WarpPassAuthorization"),
}


@pytest.mark.parametrize("directives, line, named", WRONG.values(), ids=WRONG)
def test_names_the_mistake_with_its_line(unstarted_httpd, directives, line, named):
    site = unstarted_httpd(directives)
    status, text = site.check_config()
    assert status != 0
    assert named in text
    if line:
        assert f"line {site.first_line + line - 1} of {site.config}" in text or f"{site.config}:{site.first_line + line - 1}" in text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
@pytest.mark.parametrize("user", ["0", "#0"])
def test_refuses_root_that_is_not_written_as_root(unstarted_httpd, user):
    status, text = unstarted_httpd(f"WarpDaemonProcess site user={user}\n" + ALIAS).check_config()
    assert status != 0
    assert "user=" in text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may switch users")
def test_refuses_another_user_without_root(unstarted_httpd):
    status, text = unstarted_httpd("WarpDaemonProcess site user=daemon\n" + ALIAS).check_config()
    assert status != 0
    assert "user=daemon" in text or "root" in text


def test_names_the_python_without_a_worker_program(unstarted_httpd):
    site = unstarted_httpd(f"WarpDaemonProcess site python-home=${{SCRATCH}}/venv\n{ALIAS}")
    (site.scratch / "venv").mkdir()
    (site.scratch / "venv/pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.99.1\n")
    status, text = site.check_config()
    assert status != 0
    assert "3.99" in text and site.prefix.debian_worker().name.rpartition("-")[2] in text


def test_does_not_start_with_a_mistake(unstarted_httpd):
    site = unstarted_httpd("WarpDaemonProcess site proceses=2\n" + ALIAS)
    with pytest.raises(AssertionError, match="ended with status 1"):
        site.start()
    assert site.processes() == []


def test_starts_nothing_for_a_check(unstarted_httpd):
    site = unstarted_httpd(GROUP + ALIAS)
    assert site.check_config()[0] == 0
    assert site.processes() == []
    assert not site.error_log_path().exists() or "group started" not in site.log.text()


def test_starts_without_any_application(httpd):
    assert httpd("").fetch("/").status in (403, 404)
