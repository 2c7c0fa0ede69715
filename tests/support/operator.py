"""warpdrive-express as an administrator uses it on a running server."""
import json
import subprocess


def operate(site, command, *arguments, root=None, prefix_command=()):
    """The finished command; what it says is in stdout and stderr."""
    environment = {name: value for name, value in site.environment().items() if name != "WARP_TEST_ID"}
    return subprocess.run([*prefix_command, str(site.prefix.launcher), command, "--server-root", str(root or site.root), *arguments],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                          env=environment, cwd="/")


def said(done):
    """What a command that has worked says."""
    assert done.returncode == 0, f"status {done.returncode}: {done.stderr}"
    return done.stdout


def refused(done):
    """What a command that has failed says."""
    assert done.returncode > 0 and done.stderr.startswith("warpdrive-express: WARP1"), done
    return done.stderr


def groups(site, **options):
    """{name: its status}"""
    return {group["group"]: group for group in json.loads(said(operate(site, "status", "--json", **options)))["groups"]}
