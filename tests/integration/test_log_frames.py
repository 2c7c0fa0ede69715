"""What a worker sends for the log is in the error log of the request's virtual host, line by line, and forges nothing."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.hostile_site import directives, program_folder, url
from support.httpd import modules_directory

_LINE = re.compile(r"\[[^]]+\] \[warp:(\w+)\] \[pid [^]]+\] \[client [^]]+\] \[([0-9a-f]+)\] (.*)")

HOST = """
<VirtualHost *:{port}>
  ServerName other
  ErrorLog {directory}/other.log
  LogLevel warp:debug
</VirtualHost>
"""


@pytest.fixture(scope="module")
def programs(prefix):
    with program_folder(prefix) as folder:
        yield folder


@pytest.fixture
def site(httpd, programs):
    started = httpd(directives(programs))
    started.log.allow(r"\[warp:(warn|error|crit)\].*\] \[[0-9a-f]+\] ")
    return started


def logged(site, name):
    """What the request has left in the log: [(level, id, text)]"""
    mark = site.log.mark()
    assert site.fetch(url(name)).body == b"good"
    lines = [line for line in site.log.since(mark).splitlines() if "[client " in line]
    return [_LINE.match(line).groups() for line in lines]


def test_logs_each_line_of_a_record_with_the_id_of_the_request(site):
    lines = logged(site, "log-lines")
    assert [text for _, _, text in lines] == ["first", "second", "third"]
    assert len({identity for _, identity, _ in lines}) == 1


def test_gives_another_request_another_id(site):
    assert logged(site, "log-lines")[0][1] != logged(site, "log-lines")[0][1]


def test_keeps_the_level_and_what_log_level_says(site):
    assert [(level, text) for level, _, text in logged(site, "log-levels")] == [
        ("crit", "at level 2"), ("error", "at level 3"), ("warn", "at level 4"), ("notice", "at level 5"), ("info", "at level 6")]


def test_forges_no_line(site):
    lines = [text for _, _, text in logged(site, "log-forged")]
    assert len(lines) == 2
    assert lines[0] == "x"
    # What follows a line end of the text is text, and control characters are escapes.
    assert re.fullmatch(r"\[Mon Jan 01 00:00:00 2024\] \[core:crit\] forged\\r\[y\] \\x1b\[31mred\\\\x00hidden", lines[1])


@pytest.mark.parametrize("name, text", [("log-long", "<" + "long " * 12_000 + ">"), ("log-backslashes", "\\\\" * 30_000)], ids=["long", "backslashes"])
def test_splits_a_long_line_without_losing_a_byte(site, name, text):
    lines = [line for _, _, line in logged(site, name)]
    assert len(lines) > 1
    assert "".join(lines) == text


def test_keeps_the_lines_of_a_record_together(site):
    mark = site.log.mark()
    with ThreadPoolExecutor(8) as clients:
        list(clients.map(lambda _: site.fetch(url("log-lines")), range(80)))
    identities = re.findall(r"\] \[([0-9a-f]+)\] (?:first|second|third)$", site.log.since(mark), re.MULTILINE)
    assert len(identities) == 240
    for first in range(0, 240, 3):
        assert len(set(identities[first:first + 3])) == 1


def test_uses_the_log_and_level_of_the_virtual_host(unstarted_httpd, programs):
    site = unstarted_httpd("")
    site.write_config(directives(programs) + HOST.format(port=site.port, directory=site.directory))
    site.start()
    with site.connect() as connection:
        connection.host = "other"
        assert connection.request("GET", url("log-levels")).body == b"good"
    site.stop()
    assert "at level" not in site.log.text()
    assert "at level 7" in (site.directory / "other.log").read_text()


@pytest.mark.parametrize("module", ["", "LoadModule unique_id_module {}/mod_unique_id.so"], ids=["httpd", "unique_id"])
def test_repeats_the_id_that_httpd_logs(httpd, programs, module):
    site = httpd('ErrorLogFormat "[%t] [%-m:%l] [pid %P] [%L] %M"\n' + module.format(modules_directory()) + "\n" + directives(programs))
    site.log.allow("first|second|third")
    assert site.fetch(url("log-lines")).body == b"good"
    assert re.search(r"\[([\w@-]+)\] \[\1\] first", site.log.text())
