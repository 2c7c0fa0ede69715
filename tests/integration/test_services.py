"""--service-script: programs of the project's beside the server, kept for as long as it runs."""
import json
import os
import signal

import pytest

from support.waiting import wait_until

APPLICATION = '''
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"served"]
'''
# Says what it is in a file, then waits.
SERVICE = '''
import os, pathlib, signal, sys, time
import shop_settings

scratch = pathlib.Path(os.environ["WARP_TEST_SCRATCH"])
print("service speaks", shop_settings.NAME, os.getcwd(), os.geteuid(), flush=True)
with open(scratch / "starts", "a") as starts:
    starts.write(f"{os.getpid()}\\n")
{more}
while True:
    time.sleep(0.05)
'''
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
POLITE = "signal.signal(signal.SIGTERM, lambda *_: ((scratch / 'told').touch(), sys.exit(0)))"
PARENT = "import subprocess; subprocess.Popen(['sleep', '1000'])"


@pytest.fixture
def served(express):
    """make(more, *arguments): a started site with the service `queue`."""
    def make(more="", *arguments):
        site = express("--service-script", "queue", "jobs/queue.py", *arguments)
        site.write_project({"wsgi.py": APPLICATION, "shop_settings.py": "NAME = 'of the shop'\n",
                            "jobs/queue.py": SERVICE.replace("{more}", more)})
        site.start()
        wait_until(lambda: starts(site), 15, lambda: f"the service runs\n{site.report()}")
        return site

    return make


def starts(site):
    path = site.scratch / "starts"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_runs_beside_the_server_in_the_projects_python_and_folder(served):
    site = served(POLITE)
    assert site.fetch("/").body == b"served"
    log = site.root / "queue.log"
    line = wait_until(lambda: next((line for line in log.read_text().splitlines() if "service speaks" in line), None))
    owner = site.project.stat().st_uid
    assert line == f"service speaks of the shop {site.project} {owner}"
    site.stop()
    assert (site.scratch / "told").exists(), "it was told to end"
    assert "service ended service=queue" in log.read_text()


def test_is_started_anew_when_it_dies(served):
    site = served()
    os.kill(starts(site)[0], signal.SIGKILL)
    wait_until(lambda: len(starts(site)) == 2, 10, "it runs again")
    assert "by=SIGKILL" in (site.root / "queue.log").read_text()
    site.stop()


def test_is_killed_with_all_that_it_has_started_when_it_does_not_end(served):
    site = served(f"{PARENT}\n{STUBBORN}", "--shutdown-timeout", "1")
    wait_until(lambda: site.processes("sleep"), 10, "it has started a program")
    site.stop()
    assert "service killed: it did not stop in time" in (site.root / "queue.log").read_text()


def test_ends_when_the_launcher_is_killed(served):
    site = served(PARENT)
    site.log.allow("")
    site.main.kill()
    site.main.wait(10)
    wait_until(lambda: not site.processes(), 20, lambda: f"all ended: {site.processes()}")


def check_entries(lines):
    entries = [json.loads(line) for line in lines]
    assert {entry["service"] for entry in entries} == {"queue"}
    (said,) = [entry for entry in entries if entry["source"] == "service"]
    assert said["message"].startswith("service speaks of the shop") and said["time"].endswith("Z")
    kept = [entry for entry in entries if entry["source"] == "warp-service"]
    assert [entry["message"].split(" service=")[0] for entry in kept] == ["service started", "service ended"]
    assert {entry["level"] for entry in kept} == {"info"}


def test_its_log_is_json_when_the_others_are(served):
    site = served("", "--log-format", "json")
    site.log.allow("^{")
    assert len(site.processes("warp-json-log")) == 2
    site.stop()
    check_entries((site.root / "queue.log").read_text().splitlines())


def test_its_log_is_json_on_the_terminal_too(served):
    site = served("", "--log-format", "json", "--log-to-terminal")
    site.stop()
    check_entries(line for line in site.output().splitlines() if '"service": ' in line)


def test_what_it_leaves_elsewhere_does_not_hold_the_stop(served):
    site = served("import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)", "--log-format", "json",
                  "--shutdown-timeout", "1")
    site.log.allow("^{")
    wait_until(lambda: site.processes("sleep"), 10, "it has started a program")
    site.stop()


def test_writes_to_the_file_that_is_named(served):
    site = served("", "--service-log-file", "queue", "queue-of-mine.log")
    assert "service speaks" in (site.project / "queue-of-mine.log").read_text()
    site.stop()


def test_a_log_that_is_a_fifo_does_not_hold_the_start(express):
    site = express("--service-script", "queue", "jobs/queue.py", "--service-log-file", "queue", "pipe")
    site.write_project({"wsgi.py": APPLICATION, "jobs/queue.py": ""})
    os.mkfifo(site.project / "pipe")
    (site.project / "pipe").chmod(0o666)
    _, text = site.run_to_failure()
    assert f"service queue: open {site.project}/pipe" in text


@pytest.mark.parametrize("arguments, said", [
    (["--service-script", "queue", "nowhere.py"], "nowhere.py for queue: no such file"),
    (["--service-user", "queue", "nobody"], "service-user: there is no service queue")])
def test_says_what_is_wrong(express, arguments, said):
    site = express(*arguments).write_project({"wsgi.py": APPLICATION})
    status, text = site.run_to_failure()
    assert status == 2 and said in text
