"""What was measured where: without it no figure means anything."""
import os
import platform
import re
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_PACKAGES = ("apache2-bin", "libapache2-mod-wsgi-py3", "python3", "gunicorn", "uwsgi-core", "nginx", "python3-django", "wrk")


def describe():
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1])
    return {
        "date": time.strftime("%Y-%m-%d %H:%M %Z"),
        "processor": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{memory / 1024 / 1024:.0f} GiB",
        "system": f"{_system()}, Linux {platform.release()}",
        "warpdrive": _commit(),
        "packages": {name: version for name in _PACKAGES if (version := _version(name))},
        # Of the last minute, before the run.
        "load": round(os.getloadavg()[0], 2),
    }


def in_words(machine):
    lines = [f"{machine['processor']}, {machine['memory']}, {machine['system']}; {machine['date']}",
             f"warpdrive {machine['warpdrive']}; " + ", ".join(f"{name} {version}" for name, version in machine["packages"].items())]
    if machine["load"] > 0.3:
        lines.append(f"OTHER WORK RAN on this machine: its load was {machine['load']} before the run. Times and rates suffer from that, CPU ratios hardly.")
    return lines


def _processor():
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def _system():
    return platform.freedesktop_os_release()["PRETTY_NAME"]


def _commit():
    commit = _output(["git", "-C", str(ROOT), "describe", "--always", "--dirty"])
    return commit or "(no repository)"


def _version(package):
    return _output(["dpkg-query", "-W", "-f", "${Version}", package])


def _output(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
