"""Who the application runs as, and what it has got from httpd."""
import json
import os
import pwd

import pytest

from support.httpd import USER

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can switch users")
WHOAMI = "WarpScriptAlias / ${APPS}/whoami.py\n"


def whoami(site):
    return json.loads(site.fetch("/").body)


@as_root
def test_runs_as_the_user_of_httpd(httpd):
    site = httpd("WarpDaemonProcess site\n" + WHOAMI)
    account, found = pwd.getpwnam(USER), whoami(site)
    assert found["uids"] == [account.pw_uid] * 3
    assert found["gids"] == [account.pw_gid] * 3
    assert found["groups"] in ([], [account.pw_gid])
    assert {each.uid for each in site.workers()} == {account.pw_uid}


@as_root
def test_runs_as_the_user_of_the_group(httpd):
    found = whoami(httpd("WarpDaemonProcess site user=nobody group=nogroup\n" + WHOAMI))
    account = pwd.getpwnam("nobody")
    assert (found["uids"], found["gids"]) == ([account.pw_uid] * 3, [account.pw_gid] * 3)
    assert found["variables"]["USER"] == found["variables"]["LOGNAME"] == "nobody"
    assert found["variables"]["HOME"] == account.pw_dir


@as_root
def test_runs_as_root_only_when_told_so_literally(httpd):
    assert whoami(httpd("WarpDaemonProcess site user=root group=root\n" + WHOAMI))["uids"] == [0, 0, 0]


@as_root
def test_does_not_leave_the_supervisor_as_root(httpd):
    site = httpd("WarpDaemonProcess site\n" + WHOAMI)
    site.fetch("/")
    assert {each.uid for each in site.supervisors()} == {pwd.getpwnam(USER).pw_uid}


@as_root
def test_refuses_to_start_when_the_user_can_not_read_the_application(unstarted_httpd):
    site = unstarted_httpd("WarpDaemonProcess site\nWarpScriptAlias / ${SCRATCH}/private/wsgi.py\n")
    (site.scratch / "private").mkdir(mode=0o700)
    (site.scratch / "private/wsgi.py").write_text("application = None\n")
    status, text = site.check_config()
    assert status != 0
    assert USER in text and str(site.scratch / "private/wsgi.py") in text


@pytest.mark.skipif(os.geteuid() == 0, reason="root switches users")
def test_stays_the_user_who_started_httpd(httpd):
    assert whoami(httpd("WarpDaemonProcess site\n" + WHOAMI))["uids"] == [os.geteuid()] * 3


def test_has_the_variables_of_httpd(unstarted_httpd):
    site = unstarted_httpd("WarpDaemonProcess site\n" + WHOAMI)
    site.more_environment = {"DATABASE_URL": "postgres://nowhere/x"}
    site.start()
    assert whoami(site)["variables"]["DATABASE_URL"] == "postgres://nowhere/x"
    site.stop()


def test_has_umask_folder_and_locale_of_the_group(httpd):
    found = whoami(httpd("WarpDaemonProcess site umask=0027 home=/usr lang=C.UTF-8 locale=C.UTF-8\n" + WHOAMI))
    assert (found["umask"], found["directory"]) == (0o27, "/usr")
    assert (found["variables"]["LANG"], found["variables"]["LC_ALL"]) == ("C.UTF-8", "C.UTF-8")


def test_has_the_python_path_of_the_group(httpd):
    found = whoami(httpd("WarpDaemonProcess site python-path=/usr/share:/usr/lib\n" + WHOAMI))
    assert found["path"].index("/usr/share") < found["path"].index("/usr/lib")


def test_shows_the_name_of_the_group(httpd):
    site = httpd("WarpDaemonProcess site display-name=my-site\n" + WHOAMI)
    site.fetch("/")
    assert any("my-site" in each.command for each in site.workers())


def test_inherits_no_descriptor_of_httpd(httpd):
    site = httpd("WarpDaemonProcess site\n" + WHOAMI)
    descriptors = whoami(site)["descriptors"]
    parent = site.httpd_parent().descriptors()
    listening = [target for target in parent.values() if target.startswith("socket:")]
    shared = {number: target for number, target in descriptors.items() if target in listening and int(number) != 5}
    assert not shared, f"{descriptors} {parent}"
    assert descriptors["0"] == "/dev/null"
    assert descriptors["1"] == descriptors["2"] == str(site.error_log_path())
