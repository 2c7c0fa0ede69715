"""The module `warp` in a real worker: facts, events, and the order of the end."""
import ast
import importlib.util
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from support.httpd import mounts
from support.waiting import wait_until

pytestmark = pytest.mark.sanitizer

CHECKED = """
import logging
from typing import Any, Dict, Optional
import warp

@warp.subscribe_events
def on_event(name: str, **payload: Any) -> Optional[Dict[str, Any]]:
    return None

def application(environ: Dict[str, Any], start_response: Any) -> Any:
    identity: Optional[str] = warp.request_id()
    warp.request_data()["key"] = identity
    major: int = warp.version[0]
    handler: logging.Handler = warp.LogHandler(logging.INFO)
    for request, data in warp.active_requests.items():
        print(request.upper(), data.keys(), major, handler)
    try:
        return warp.FileWrapper(open("x", "rb"), 4096)
    except warp.ClientDisconnected as error:
        print(error.errno)
"""


@pytest.fixture
def site(unstarted_httpd):
    prepared = unstarted_httpd(mounts("watched", threads=2))
    prepared.order = prepared.scratch / "order"
    yield prepared.start()
    if prepared.main.poll() is None:
        prepared.stop()


def order(site):
    return site.order.read_text().splitlines() if site.order.exists() else []


def test_application_knows_its_process_and_request(site):
    assert site.fetch("/watched/says").body == b"said"
    wait_until(lambda: len(order(site)) == 2)
    assert order(site) == ["says True watched 2 1 True", "finished /says 200"]


def test_failure_is_an_event_too(site):
    site.log.allow("exception in the application method=GET uri=/watched/fails")
    assert site.fetch("/watched/fails").status == 500
    wait_until(lambda: order(site) == ["finished /fails 500"])


def test_end_comes_in_order(site):
    asking = threading.Thread(target=site.fetch, args=("/watched/slow",))
    asking.start()
    wait_until((site.scratch / "slow").exists)
    (worker,) = site.workers()
    os.kill(worker.pid, signal.SIGTERM)
    wait_until(lambda: "atexit" in order(site))
    asking.join()
    # The supervisor did not ask for it.
    site.log.allow("worker exited")
    assert order(site) == ["stopping shutdown_signal with 1 requests", "finished /slow 200",
                           "shutdown process_stopping shutdown_signal", "background thread ends", "atexit"]


def test_graceful_restart_has_its_reason(site):
    assert site.fetch("/watched/says").status == 200
    # Else the group goes on.
    site.write_config(mounts("watched", threads=3))
    site.restart_gracefully()
    wait_until(lambda: "shutdown process_stopping graceful_restart" in order(site))


class TestStub:
    """The stubs, as installed."""

    @pytest.fixture
    def stub(self, prefix):
        return Path(prefix.root) / "share/warpdrive/stubs/warp/__init__.pyi"

    def test_is_installed_and_documents_everything(self, stub):
        for file in (stub, stub.with_name("metrics.pyi")):
            tree = ast.parse(file.read_text())
            assert ast.get_docstring(tree)
            for node in tree.body:
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                    assert ast.get_docstring(node), node.name

    def test_checks_an_application(self, stub, tmp_path):
        if importlib.util.find_spec("mypy") is None:
            pytest.skip("mypy is not installed")
        (tmp_path / "wsgi.py").write_text(CHECKED)
        done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--cache-dir=/dev/null", "wsgi.py"],
                              cwd=tmp_path, env={"MYPYPATH": str(stub.parent.parent)}, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
