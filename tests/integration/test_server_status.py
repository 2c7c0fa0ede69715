"""Our figures on httpd's own server-status."""
import pytest

from support.httpd import modules_directory
from support.waiting import wait_until

LOAD = f"LoadModule status_module {modules_directory()}/mod_status.so\n"


@pytest.fixture
def site(httpd):
    site = httpd(f"""{LOAD}
<Location "/server-status">
    SetHandler server-status
</Location>
WarpDaemonProcess one threads=2
WarpDaemonProcess two threads=3
WarpScriptAlias /one ${{APPS}}/hello.py process-group=one
WarpScriptAlias /two ${{APPS}}/hello.py process-group=two
""")
    wait_until(lambda: site.log.count("worker ready") == 2, 10)
    return site


def figures(site):
    response = site.fetch("/server-status?auto")
    assert response.status == 200
    return dict(line.split(": ", 1) for line in response.body.decode().splitlines() if ": " in line)


def test_has_our_figures_for_programs_also_after_a_restart(site):
    assert site.fetch("/two").status == 200
    for restart in (lambda: None, site.restart_gracefully):
        restart()
        wait_until(lambda: figures(site)["WarpGroup[1]Requests"] == "1", 5)
        found = figures(site)
        assert (found["WarpGroups"], found["WarpGroup[0]Name"], found["WarpGroup[1]Name"]) == ("2", "one", "two")
        assert (found["WarpGroup[1]Threads"], found["WarpGroup[1]WorkersReady"], found["WarpGroup[0]Requests"]) == ("3", "1", "0")
        assert "Total Accesses" in found or "ServerVersion" in found, "httpd's own are there too"


def test_has_our_figures_for_people(site):
    page = site.fetch("/server-status").body.decode()
    assert "<h1>Warpdrive process groups</h1>" in page
    assert "<td>one</td><td>1</td><td>2</td>" in page
    assert page.rstrip().endswith("</html>")
    assert "<dt>Group: two</dt>" in site.fetch("/server-status?notable").body.decode()
