"""The Debian packages of the servers, and installing those that are missing."""
import os
import subprocess
import sys

# nginx's package starts a server on port 80 unless this file says that none may be started.
_INSTALL = """\
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
apt-get install -y --no-install-recommends "$@"
"""


def provide(needed, install):
    """needed: paths of what has to be there, with the package that brings it."""
    missing = sorted({package for path, package in needed.items() if not os.path.exists(path)})
    if not missing:
        return
    if not install:
        sys.exit(f"These packages are needed and not installed: {' '.join(missing)}. Run again with --install.")
    subprocess.run([*(["sudo", "--"] if os.geteuid() else []), "sh", "-ec", _INSTALL, "sh", *missing], check=True)
