"""Several applications, groups and virtual hosts in one httpd; which of them a URL belongs to."""
import json

import pytest

from support.waiting import wait_until

CONFIG = """
WarpDaemonProcess outer processes=2
WarpDaemonProcess inner
WarpDaemonProcess module python-path=${APPS}
WarpDaemonProcess shared
WarpDaemonProcess factory python-path=${APPS}
WarpDaemonProcess factory-script
WarpDaemonProcess host-a
WarpDaemonProcess host-b

WarpScriptAlias /outer ${APPS}/environ.py process-group=outer
WarpScriptAlias /outer/in ${APPS}/whoami.py process-group=inner
WarpScriptAlias /module environ:application process-group=module
WarpScriptAlias /also-module environ:application process-group=module
WarpScriptAlias /factory callables:create_app() process-group=factory
WarpScriptAlias /factory-script ${APPS}/callables.py callable-object=create_app() process-group=factory-script
WarpScriptAlias /one ${APPS}/environ.py process-group=shared
WarpScriptAlias /two ${APPS}/environ.py process-group=shared

Alias /outer/static ${SCRATCH}
<Directory ${SCRATCH}>
    Require all granted
</Directory>

<VirtualHost 127.0.0.1:*>
    ServerName main.example
</VirtualHost>
<VirtualHost 127.0.0.1:*>
    ServerName a.example
    WarpProcessGroup host-a
    WarpScriptAlias / ${APPS}/callables.py callable-object=first
</VirtualHost>
<VirtualHost 127.0.0.1:*>
    ServerName b.example
    WarpProcessGroup host-b
    WarpCallableObject second
    WarpScriptAlias / ${APPS}/callables.py
</VirtualHost>
"""


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(CONFIG)


def environ(site, path):
    return json.loads(site.fetch(path).body)


def test_gives_the_url_to_the_longest_mount(site):
    assert environ(site, "/outer/x")["SCRIPT_NAME"] == "/outer"
    assert "pid" in environ(site, "/outer/in/x")


@pytest.mark.parametrize("path", ["/outerx", "/", "/one-more", "/Outer"])
def test_matches_whole_segments_only(site, path):
    assert site.fetch(path).status in (403, 404)


def test_gives_a_url_of_mod_alias_to_httpd(site):
    (site.scratch / "file.txt").write_text("from httpd")
    assert site.fetch("/outer/static/file.txt").body == b"from httpd"


def test_serves_a_module(site):
    assert environ(site, "/module/x")["SCRIPT_NAME"] == "/module"


@pytest.mark.parametrize("path", ["/factory", "/factory-script"])
def test_serves_what_a_factory_makes(site, path):
    assert site.fetch(path).body == b"made by the factory"


def test_serves_one_application_at_two_mounts(site):
    assert environ(site, "/one")["SCRIPT_NAME"] == "/one"
    assert environ(site, "/two")["SCRIPT_NAME"] == "/two"
    assert environ(site, "/also-module")["SCRIPT_NAME"] == "/also-module"


@pytest.mark.parametrize("host, answer", [("a.example", b"first"), ("b.example", b"second")])
def test_gives_each_virtual_host_its_own_application(site, host, answer):
    with site.connect() as connection:
        connection.send(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert connection.read_response().body == answer


def test_inherits_mounts_of_the_server_in_a_virtual_host(site):
    with site.connect() as connection:
        connection.send(b"GET /outer HTTP/1.1\r\nHost: main.example\r\n\r\n")
        assert connection.read_response().status == 200


def test_has_one_supervisor_for_each_group_and_as_many_workers_as_told(site):
    names = sorted(each.command.split()[1] for each in site.supervisors())
    assert names == ["factory", "factory-script", "host-a", "host-b", "inner", "module", "outer", "shared"]
    assert len(site.workers()) == 9


def hold(site, names):
    """A request for each name that lasts until the file of that name exists; returns their connections."""
    connections = []
    for name in names:
        connections.append(site.connect())
        connections[-1].send_head("GET", f"/?{name}")
    for name in names:
        wait_until((site.scratch / f"{name}.started").exists, 10, f"request {name} runs although the others are held")
    return connections


def test_uses_every_worker_of_a_group(httpd):
    site = httpd("WarpDaemonProcess site processes=3 threads=1\nWarpScriptAlias / ${APPS}/held.py\n")
    wait_until(lambda: site.log.count("worker ready") == 3, 10, "all workers are ready")
    connections = hold(site, ["one", "two", "three"])
    for name in ("one", "two", "three"):
        (site.scratch / name).touch()
    assert len({connection.read_response().body for connection in connections}) == 3
    for connection in connections:
        connection.close()


def test_does_not_wait_for_a_busy_worker_while_another_is_starting(httpd):
    # The first is ready at once, the second when the test says so.
    site = httpd("WarpDaemonProcess site processes=2 threads=1\nWarpScriptAlias / ${APPS}/second_later.py\n")
    site.log.expect("worker ready")
    with site.connect() as busy, site.connect() as waiting:
        busy.send_head("GET", "/?busy")
        wait_until((site.scratch / "busy.started").exists, 10, "the first worker is busy")
        waiting.send_head("GET", "/?next")
        (site.scratch / "second").touch()
        wait_until((site.scratch / "next.started").exists, 10, "the second worker has the next request")
        for name in ("busy", "next"):
            (site.scratch / name).touch()
        assert busy.read_response().body != waiting.read_response().body


def test_queues_what_exceeds_the_threads(httpd):
    site = httpd("WarpDaemonProcess site processes=1 threads=1\nWarpScriptAlias / ${APPS}/held.py\n")
    connections = [site.connect() for _ in range(5)]
    for connection in connections:
        connection.send_head("GET", "/?release")
    (site.scratch / "release").touch()
    assert [connection.read_response().status for connection in connections] == [200] * 5
    for connection in connections:
        connection.close()
