"""Where settings come from: files, variables of ours and of other tools; show-config and explain tell it."""
import json
import re
import subprocess

import pytest

APPLICATION = '''
import json


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    names = ("REMOTE_ADDR", "wsgi.url_scheme", "wsgi.multiprocess", "GREETING")
    return [json.dumps({name: environ.get(name) for name in names}).encode()]
'''
ALL_PROXY_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Client-IP", "X-Real-IP", "X-Forwarded-Host", "X-Host", "X-Forwarded-Server",
                     "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Scheme", "X-Forwarded-HTTPS",
                     "X-Forwarded-SSL", "X-HTTPS", "X-Script-Name", "X-Forwarded-Script-Name", "X-Forwarded-Prefix")


@pytest.fixture
def site(express):
    return express().write_project({"wsgi.py": APPLICATION})


def ask(site, command, *arguments, environment=None):
    """What a command that does not start anything prints, and what it warns of."""
    done = subprocess.run([str(site.prefix.launcher), command, *arguments], cwd=site.project, stdin=subprocess.DEVNULL,
                          env=site.environment() | (environment or {}), capture_output=True, text=True, timeout=60, check=True)
    return done.stdout, done.stderr


def settings_of(site, *arguments, environment=None):
    printed, _ = ask(site, "show-config", "--json", *arguments, environment=environment)
    return {row["option"]: row for row in json.loads(printed)["settings"]}


def start(site, **variables):
    site.more_environment = variables
    return site.start()


def answer(site, *fields):
    response = site.fetch("/", "GET", *fields)
    assert response.status == 200
    return json.loads(response.body)


def test_serves_by_the_variables_of_a_platform_and_its_proxies(site):
    start(site, WEB_CONCURRENCY="2", FORWARDED_ALLOW_IPS="127.0.0.1", HOST="workstation")
    found = answer(site, "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https")
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"], found["wsgi.multiprocess"]) == ("192.0.2.7", "https", True)
    assert "2 processes * 5 threads), processes by WEB_CONCURRENCY" in site.output()


def test_believes_no_proxy_that_is_not_named(express):
    site = express("--trust-proxy-header", "X-Forwarded-For", "--trust-proxy", "192.0.2.0/24")
    start(site.write_project({"wsgi.py": APPLICATION}))
    assert answer(site, "X-Forwarded-For: 192.0.2.7")["REMOTE_ADDR"] == "127.0.0.1"


def test_httpd_knows_every_header_field_that_can_be_trusted(express):
    site = express("--trust-proxy", "*", *(word for name in ALL_PROXY_HEADERS for word in ("--trust-proxy-header", name)))
    start(site.write_project({"wsgi.py": APPLICATION}))
    config = (site.root / "httpd.conf").read_text()
    assert f"WarpTrustedProxyHeaders {' '.join(ALL_PROXY_HEADERS)}\n" in config and "WarpTrustedProxies" not in config
    assert answer(site, "X-Real-IP: 192.0.2.7")["REMOTE_ADDR"] == "192.0.2.7"


def test_lists_the_header_fields_that_can_be_trusted(site):
    _, said = site.run_to_failure("--trust-proxy-header", "none")
    assert ", ".join(ALL_PROXY_HEADERS) in said


def test_serves_by_pyproject_below_its_own_file(site):
    site.write_project({"pyproject.toml": '[tool.warpdrive]\nprocesses = 2\nsetenv = { GREETING = "from pyproject" }\n',
                        "warpdrive.toml": '[setenv]\nGREETING = "from warpdrive"\n'})
    start(site)
    found = answer(site)
    assert (found["GREETING"], found["wsgi.multiprocess"]) == ("from warpdrive", True)
    assert "a key of warpdrive.toml wins" in site.output()


def test_shows_who_said_what_in_the_order_of_strength(site):
    site.write_project({"warpdrive.toml": "threads = 2\n", "pyproject.toml": "[tool.warpdrive]\nthreads = 3\n"})
    threads = settings_of(site, "--threads", "7", environment={"WARPDRIVE_THREADS": "6", "MOD_WSGI_THREADS": "5"})["threads"]
    assert (threads["value"], threads["source"], threads["from"]) == (7, "flag", "--threads")
    assert [(each["value"], each["source"], each["from"]) for each in threads["overrode"]] == [
        (6, "environment", "WARPDRIVE_THREADS"), (5, "environment", "MOD_WSGI_THREADS"),
        (2, "file", f"{site.project}/warpdrive.toml:1:11"), (3, "file", f"{site.project}/pyproject.toml:2:11")]


def test_shows_what_is_detected_and_what_is_the_default(site):
    settings = settings_of(site)
    assert (settings["entry-point"]["value"], settings["entry-point"]["source"]) == (f"{site.project}/wsgi.py", "detected")
    assert (settings["port"]["value"], settings["port"]["source"]) == (8000, "default")


def test_shows_the_settings_of_a_folder_without_a_project(express):
    site = express().write_project({"README": ""})
    printed, _ = ask(site, "show-config", environment={"PORT": "5000"})
    assert re.search(r"^  port +5000 +PORT$", printed, re.MULTILINE) and "Nothing is detected\n  WARP1009: no project found" in printed


def test_shows_no_secret(site):
    site.write_project({"warpdrive.toml": '[setenv]\nGREETING = "geheim"\n'})
    for arguments in ([], ["--json"]):
        for command in ("show-config", "explain"):
            assert "geheim" not in "".join(ask(site, command, *arguments))
    assert "GREETING=(hidden)" in ask(site, "show-config")[0]


def test_shows_what_was_set_in_vain_and_warns_of_it(site):
    printed, said = ask(site, "show-config", environment={"WARPDRIVE_PROCESES": "2", "MOD_WSGI_THREAD": "2", "HOST": "workstation"})
    assert "did you mean WARPDRIVE_PROCESSES?" in said and "did you mean MOD_WSGI_THREADS?" in said
    assert "HOST" not in said and "HOST: Used only when it is an address" in printed


def test_explains_on_what_evidence(site):
    printed, _ = ask(site, "explain")
    assert f"Application  {site.project}/wsgi.py:application (wsgi.py)\n" in printed
    assert re.search(r"- application: .* \[wsgi.py:5\]\n", printed), printed
    evidence = json.loads(ask(site, "explain", "--json")[0])["evidence"]
    assert {"what", "where"} == set(evidence[0])


def test_explains_a_django_project(express):
    site = express().copy_example("django")
    printed, _ = ask(site, "explain")
    assert re.search(r"- sets DJANGO_SETTINGS_MODULE mysite.settings \[mysite/wsgi.py:\d+\]", printed), printed
    assert re.search(r"- static files: STATIC_URL is /static/, .* \[\S+/mysite/settings.py:\d+\]", printed)


def test_tells_all_that_is_wrong_at_once_with_line_and_column(site):
    site.write_project({"warpdrive.toml": 'threads = "many"\nmount-point = "x"\n',
                        "pyproject.toml": "[tool.warpdrive]\n  proceses = 2\n"})
    status, said = site.run_to_failure("--acces-log", "--log-level", "loud", environment={"WARPDRIVE_PROCESSES": "none"})
    assert status == 2
    for part in ("unknown option --acces-log; did you mean --access-log?", "--log-level: 'loud' is none of",
                 "WARPDRIVE_PROCESSES: 'none'", "warpdrive.toml:1:11: threads: 'many'",
                 "warpdrive.toml:2:15: mount-point: 'x' does not start with /",
                 "pyproject.toml:2:3: unknown key 'proceses'; did you mean processes?"):
        assert part in said
    assert len(said.splitlines()) == 6 + said.count("warning:")
