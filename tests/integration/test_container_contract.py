"""What an image promises to Kubernetes and OpenShift, in real containers; docs/containers.md has the table.

The first process and its signals, the end by SIGTERM, probes, any user, the restricted profile, limits of memory."""
import contextlib
import json
import urllib.error
import urllib.request

import pytest

from support import cgroups, images
from support.raw_http import RawConnection
from support.waiting import wait_until
from support.warpdrive import Developer

pytestmark = pytest.mark.skipif(bool(images.why_impossible()), reason=images.why_impossible() or "-")

IMAGE = "warpdrive-contract"
APPLICATION = '''
import json, os


def application(environ, start_response):
    said = environ["wsgi.input"].read().decode()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"said": said, "uids": os.getresuid(), "gids": os.getresgid(),
                        "home": os.environ["HOME"], "directory": os.getcwd()}).encode()]
'''


class Container:
    """One of the image, with ports of its own on this machine's loopback."""

    def __init__(self, engine, *options):
        self.engine = engine
        self.id, self.port, self.management = engine.serve(IMAGE, *options)

    def is_ready(self):
        return self.probe("readyz") == 200

    def wait_until_ready(self):
        wait_until(self.is_ready, 60, lambda: f"the container is ready\n{self.logs()}")
        return self

    def probe(self, page):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.management}/{page}", timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def fetch(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as response:
            return json.load(response)

    def shell(self, script):
        return self.engine.call("exec", self.id, "sh", "-c", script)

    def status(self, name):
        """A line of /proc/PID/status of each process but those that look: [first process, ...]"""
        found = self.shell(f"cat /proc/1/status; for each in /proc/[0-9]*; do case $(cat $each/comm) in sh | cat) ;; *) cat $each/status;; esac; done")
        return [line.partition(":")[2].split()[0] for line in found.splitlines() if line.startswith(name + ":")]

    def kill(self, signal):
        self.engine.call("kill", "--signal", signal, self.id)

    def logs(self):
        return self.engine.logs(self.id)

    def exit_status(self):
        return self.engine.call("inspect", "--format", "{{.State.ExitCode}} {{.State.Running}}", self.id)

    def discard(self):
        self.engine.call("rm", "--force", "--time", "0", self.id, check=False)


@pytest.fixture(scope="module")
def image(prefix, engine):
    developer = Developer(prefix, project_name="contract")
    developer.variables |= {name: value for name, value in engine.variables.items() if name not in ("PATH", "HOME")}
    try:
        made = developer.write({"wsgi.py": APPLICATION}).call("image", "--engine", "podman", "--pull-never")
        assert made.returncode == 0, f"{made.stdout}\n{made.stderr}"
        yield engine
    finally:
        developer.discard()


@pytest.fixture(scope="module")
def container(image):
    """One that is used by several tests, and goes on."""
    made = Container(image)
    try:
        yield made.wait_until_ready()
    finally:
        made.discard()


@pytest.fixture
def own_container(image):
    """make(*options): one of the test's own."""
    with contextlib.ExitStack() as stack:
        def make(*options):
            made = Container(image, *options)
            stack.callback(made.discard)
            return made.wait_until_ready()

        yield make


def test_c1_the_first_process_is_the_launcher_itself(container):
    assert container.shell("cat /proc/1/comm") == "warpdrive-expre"  # the kernel keeps 15 letters
    assert container.shell("cat /proc/1/comm /proc/[0-9]*/comm").split().count("warpdrive-expre") == 2


def test_c1_the_first_process_reaps_orphans(container):
    container.shell("(sleep 0.2 & sleep 0.1 &)")
    wait_until(lambda: "Z" not in container.status("State"), 10, lambda: container.status("State"))
    assert "sleep" not in container.shell("cat /proc/[0-9]*/comm")
    assert container.fetch()["said"] == ""


def test_c1_hup_reloads_and_winch_does_nothing(own_container):
    container = own_container()
    container.kill("WINCH")
    container.kill("HUP")
    wait_until(lambda: "reload done" in container.logs(), 20, container.logs)
    assert container.is_ready() and container.fetch()["said"] == ""


@pytest.mark.parametrize("signal", ["TERM", "INT", "QUIT"])
def test_c2_a_signal_to_end_drains(own_container, signal):
    container = own_container()
    with RawConnection(container.port, seconds=30) as slow:
        slow.send_head("POST", "/", "Content-Length: 5")
        slow.send(b"he")
        wait_until(lambda: '"threads_busy":1' in container.shell("warpdrive-express status --json").replace(" ", ""), 10,
                   lambda: f"the request has begun\n{container.shell('warpdrive-express status')}")
        container.kill(signal)
        wait_until(lambda: container.probe("readyz") == 503, 5, lambda: f"it is not ready\n{container.logs()}")
        assert container.probe("livez") == 200
        # Who has not heard of it yet is still served.
        assert container.fetch()["said"] == ""
        slow.send(b"llo")
        assert json.loads(slow.read_response().body)["said"] == "hello"
    wait_until(lambda: container.exit_status() == "0 false", 25, container.logs)


def test_c3_probes_are_on_a_port_of_their_own(container):
    assert [container.probe(page) for page in ("startupz", "livez", "readyz")] == [200, 200, 200]
    assert container.shell("warpdrive ready") == ""
    assert "/readyz" not in container.logs(), "probes are not logged"


def test_c4_any_user_without_account_in_group_0(container):
    found = container.fetch()
    assert (found["uids"], found["gids"]) == ([images.UID] * 3, [0] * 3)
    assert str(images.UID) not in container.shell("cat /etc/passwd")
    assert set(container.status("Uid")) == {str(images.UID)} and set(container.status("Gid")) == {"0"}
    assert (found["home"], found["directory"]) == ("/opt/app-root", "/opt/app-root/src")
    # What a build writes is group 0's to change.
    assert container.shell("find /opt/app-root -not -type l -not -perm -g=w -print | head -n 3") == ""


def test_c5_no_capabilities_and_no_new_privileges(container):
    for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb"):
        assert {int(mask, 16) for mask in container.status(name)} == {0}, name
    assert set(container.status("NoNewPrivs")) == {"1"}


def test_c5_a_read_only_root_where_all_state_is_in_one_folder(container):
    for folder in ("/opt/app-root/src", "/tmp", "/run"):
        assert "Read-only file system" in container.shell(f"touch {folder}/x 2>&1 || :")
    assert container.shell("ls -A /dev/shm") == f"warpdrive-all:{container.port}:{images.UID}"


@pytest.mark.skipif(not cgroups.are_possible(), reason="no cgroups with limits of CPU and memory can be made here")
def test_a_limit_of_memory_and_cpu_decides_how_many_processes_there_are(own_container):
    container = own_container("--memory", "400m", "--cpus", "2")
    said = container.logs()
    assert "Sizing                  : 1 process: 2 for 2 CPUs" in said, said
    assert "memory for 1: (400 MiB of memory." in said, said
