"""Two versions of Python under one httpd at the same time."""
import json
import os
import re
import subprocess
from pathlib import Path

import pytest


def other_python(prefix):
    """(version, home) of a worker program that is not of Debian's Python."""
    own = prefix.debian_worker()
    for version, worker in prefix.workers().items():
        if worker != own:
            listing = subprocess.run(["ldd", worker], capture_output=True, text=True, check=True).stdout
            library = re.search(r"=> (/\S*libpython\S+)", listing)
            if not library:
                pytest.skip(f"this user can't read the library of {worker}")
            return version, Path(library[1]).parent.parent
    pytest.skip(f"only one worker program is installed in {prefix.libexec}: build with "
                "WARP_PYTHONS='/usr/bin/python3;/other/bin/python3', where the other is built with a shared library")


def test_serves_an_application_on_each(httpd, prefix):
    version, home = other_python(prefix)
    reachable = os.geteuid() != 0 or all(folder.stat().st_mode & 0o001 for folder in (home, *home.parents))
    user = "" if reachable else "user=root group=root"
    site = httpd(f"""
        WarpDaemonProcess debian
        WarpScriptAlias /debian ${{APPS}}/whoami.py process-group=debian
        WarpDaemonProcess other python-home={home} {user}
        WarpScriptAlias /other ${{APPS}}/whoami.py process-group=other
    """)
    debian, other = (json.loads(site.fetch(path).body) for path in ("/debian", "/other"))
    assert other["python"] == version
    assert debian["python"] == prefix.debian_worker().name.rpartition("-")[2]
    assert other["prefix"] == str(home)


def test_serves_from_a_virtual_environment(unstarted_httpd):
    site = unstarted_httpd("""
        WarpDaemonProcess site python-home=${SCRATCH}/venv
        WarpScriptAlias / ${APPS}/whoami.py
    """)
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", site.scratch / "venv"], check=True)
    site.start()
    found = json.loads(site.fetch("/").body)
    site.stop()
    assert found["prefix"] == str(site.scratch / "venv")
    assert any(path.startswith(str(site.scratch / "venv/lib")) for path in found["path"])
