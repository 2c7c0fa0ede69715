"""Debian's prometheus, which scrapes one page and is asked what it has seen."""
import json
import shutil
import subprocess
import time
import urllib.parse

from support.ports import free_port
from support.raw_http import fetch
from support.waiting import wait_until

_CONFIG = """
global: {{scrape_interval: 1s, scrape_timeout: 1s}}
scrape_configs:
  - job_name: warpdrive
    metrics_path: {path}
    static_configs: [{{targets: ["127.0.0.1:{port}"]}}]
"""


def is_installed():
    return shutil.which("prometheus") is not None


class Prometheus:
    """with Prometheus(folder, port, "/-/metrics") as prometheus: …"""

    def __init__(self, folder, port, path):
        self._folder = folder
        self._port = free_port()
        folder.mkdir()
        (folder / "prometheus.yml").write_text(_CONFIG.format(port=port, path=path))

    def __enter__(self):
        self._log = open(self._folder / "log", "w")
        self._process = subprocess.Popen(
            ["prometheus", f"--config.file={self._folder}/prometheus.yml", f"--storage.tsdb.path={self._folder}/data",
             f"--web.listen-address=127.0.0.1:{self._port}", "--log.level=warn"],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        try:
            wait_until(self._has_scraped, 60, lambda: f"prometheus has scraped: {(self._folder / 'log').read_text()}")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)
        self._log.close()

    def _has_scraped(self):
        assert self._process.poll() is None, (self._folder / "log").read_text()
        try:
            is_ready = fetch(self._port, "/-/ready").status == 200
        except OSError:
            return False
        return is_ready and self.ask('up{job="warpdrive"} == 1')

    def ask(self, query):
        """[(labels, value)] of an instant vector."""
        response = fetch(self._port, "/api/v1/query?" + urllib.parse.urlencode({"query": query}))
        answer = json.loads(response.body)
        assert answer["status"] == "success", answer
        return [(each["metric"], float(each["value"][1])) for each in answer["data"]["result"]]

    def sum(self, query):
        return sum(value for _, value in self.ask(query))

    def wait_for_scrapes(self, count=2):
        """So many that begin from now on."""
        seen = time.time()
        wait_until(lambda: self.sum(f'count_over_time(up{{job="warpdrive"}}[{int(time.time() - seen) + 1}s])') > count, 30,
                   "prometheus scrapes")
