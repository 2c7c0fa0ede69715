"""What an application says reaches the error log of the request's virtual host, with the request's id and the right level."""
import re

import pytest

from support.error_log import ErrorLog
from support.httpd import mounts
from support.load import Load
from support.waiting import wait_until

pytestmark = pytest.mark.sanitizer

SPEAKING = """
LogLevel debug
""" + mounts("speaking")
VIRTUAL_HOSTS = """
WarpDaemonProcess speaking processes=1 threads=4
{}
""".format("\n".join("""
<VirtualHost *>
  ServerName {name}.example
  ErrorLog ${{SCRATCH}}/../{name}.log
  LogLevel {level}
  WarpScriptAlias / ${{APPS}}/speaking.py process-group=speaking
</VirtualHost>""".format(name=name, level=level) for name, level in (("main", "warn"), ("one", "debug"), ("two", "error"))))


@pytest.fixture(scope="module")
def site(module_httpd):
    started = module_httpd(SPEAKING)
    started.log.allow(r"\[warp:(warn|error|crit)\] ")
    return started


@pytest.fixture
def lonely_site(httpd):
    """One whose worker may die."""
    started = httpd(SPEAKING)
    started.log.allow(r"\[warp:(warn|error|crit)\] ")
    return started


def records(log, request, mark=0):
    """(level, text) of each line of the request."""
    # Where LogLevel is debug, httpd tells the place in its source.
    return re.findall(rf"^\[[^\]]+\] \[warp:(\w+)\] \[pid [^\]]+\] (?:\S+\(\d+\): )?\[client [^\]]+\] \[{re.escape(request)}\] (.*)$",
                      log.since(mark), re.MULTILINE)


def say(site, path):
    """The request's records."""
    response = site.fetch(f"/speaking/{path}")
    assert response.status == 200
    return records(site.log, response.body.decode())


@pytest.mark.parametrize("way, level, text", [
    ("prints", "warn", "from print"),
    ("stderr", "error", "from stderr"),
    ("wsgi_errors", "error", "from wsgi.errors"),
])
def test_streams_have_their_levels(site, way, level, text):
    assert say(site, way) == [(level, text)]


def test_warnings_are_logged_as_warnings_with_their_line(site):
    (first, second) = say(site, "warns")
    assert first[0] == second[0] == "warn"
    assert first[1].endswith("UserWarning: from warnings")
    assert "warnings.warn" in second[1]


def test_levels_of_logging_are_httpds(site):
    assert say(site, "levels") == [("debug", "level debug"), ("info", "level info"), ("warn", "level warning"),
                                   ("error", "level error"), ("crit", "level critical")]


def test_nothing_that_is_said_can_look_like_another_record(site):
    mark = site.log.mark()
    assert len(say(site, "forges")) == 5
    for line in site.log.since(mark).splitlines():
        assert re.match(r"\[[^\]]+\] \[(warp|authz_core):(warn|error|debug)\] \[pid", line)
    assert "\x1b" not in site.log.since(mark)


def test_text_of_every_language_arrives(site):
    ((_, text),) = say(site, "unicode")
    # httpd writes what is not ASCII as \xNN.
    assert text.encode().decode("unicode_escape").encode("latin-1").decode() == "Zoë \u20ac \U0001f600 \\udc80"


def test_long_line_loses_nothing(site):
    lines = say(site, "long")
    assert len(lines) > 10
    assert "".join(text for _, text in lines) == "long " + "x" * 100_000 + " end"


def test_lines_of_a_record_stay_together(site):
    """Tracebacks of several threads at once, in the log one after the other."""
    mark = site.log.mark()
    with Load(site.port, "/speaking/traceback?secret", clients=6) as load:
        wait_until(lambda: load.finished >= 60)
    assert not load.failures()
    inside = None
    for level, request, text in re.findall(r"^\[[^\]]+\] \[warp:(\w+)\] .*?\[client [^\]]+\] \[(\S+)\] (.*)$", site.log.since(mark),
                                           re.MULTILINE):
        assert level == "error"
        if inside:
            assert request == inside
        inside = None if text.startswith("KeyError") else request
    assert inside is None


def test_a_thread_of_the_application_speaks_to_the_servers_log(site):
    mark = site.log.mark()
    assert say(site, "in_thread") == []
    wait_until(lambda: re.search(r"\[warp:warn\] \[pid \S+ \S+\] warp-worker: from a thread$|\] warp-worker: from a thread\n",
                                 site.log.since(mark)))


def test_a_forked_process_speaks_to_the_servers_log_with_the_request(site):
    mark = site.log.mark()
    request = site.fetch("/speaking/forked").body.decode()
    wait_until(lambda: f"] warp-worker: [{request}] from the forked process\n" in site.log.since(mark))


def test_close_speaks_to_the_servers_log_with_the_request(site):
    mark = site.log.mark()
    request = site.fetch("/speaking/close").body.decode()
    wait_until(lambda: f"[{request}] from close\n" in site.log.since(mark))


def test_import_speaks_to_the_servers_log(site):
    site.log.expect(r"\[warp:warn\] \[pid .*\] warp-worker: said at import$")


@pytest.mark.parametrize("way, words", [("exits", "last words before the exit"), ("crashes", "last words before the crash")])
def test_last_words_are_in_the_log(lonely_site, way, words):
    lonely_site.fetch(f"/speaking/{way}", "POST", body=b"x")
    lonely_site.log.expect(rf"\[client [^\]]+\] \[\S+\] {words}$")


def test_many_lines_of_many_requests_all_arrive(site):
    mark = site.log.mark()
    with Load(site.port, "/speaking/many?busy", clients=6) as load:
        wait_until(lambda: load.finished >= 12, 30)
    assert not load.failures()
    assert site.log.since(mark).count("busy line 199\n") == load.finished
    assert site.log.since(mark).count("busy again ") == 200 * load.finished


def test_each_virtual_host_has_its_own_log_and_level(httpd):
    site = httpd(VIRTUAL_HOSTS)
    site.log.allow("said at import")
    logs = {name: ErrorLog(site.directory / f"{name}.log") for name in ("main", "one", "two")}
    for name in ("one", "two"):
        with site.connect() as connection:
            connection.host = f"{name}.example"
            assert connection.request("GET", "/levels").status == 200
    assert [level for level, _ in records(logs["one"], first_id(logs["one"]))] == ["debug", "info", "warn", "error", "crit"]
    assert [level for level, _ in records(logs["two"], first_id(logs["two"]))] == ["error", "crit"]
    assert "level" not in logs["main"].text()
    assert "level warning" not in site.log.text()


def first_id(log):
    return wait_until(lambda: re.search(r"\[client [^\]]+\] \[([^\]]+)\] ", log.text()))[1]


def test_no_secret_of_the_request_is_logged(httpd):
    site = httpd(mounts("failing"))
    site.log.allow("exception in the application method=GET uri=/failing/raises")
    assert site.fetch("/failing/raises?token=geheim", "GET", "Cookie: session=geheim", "Authorization: Basic geheim").status == 500
    site.log.expect("ValueError: raised before the head")
    assert "geheim" not in site.log.text()


class TestApplicationsOwnConfiguration:
    """What the application configures is left alone, and nothing is said twice."""

    def test_basic_config(self, httpd):
        site = httpd(mounts("logging_basic"))
        site.log.allow("basic (INFO|ERROR)")
        assert site.fetch("/logging_basic").body == b"said"
        # A handler of the application's writes to sys.stderr, whose level is error.
        assert site.log.count(r"\[warp:error\] .*\] basic INFO informed$") == 1
        assert site.log.count(r"\[warp:error\] .*\] basic ERROR failed$") == 1
        assert site.log.count("informed|failed") == 2

    def test_dict_config_with_the_servers_handler(self, httpd):
        site = httpd("LogLevel debug\n" + mounts("logging_dict"))
        site.log.allow("dict a.b")
        request = site.fetch("/logging_dict").body.decode()
        assert records(site.log, request) == [("info", f"dict a.b {request} informed"), ("error", f"dict a.b {request} failed")]

    def test_flasks_logger_of_the_import(self, httpd):
        pytest.importorskip("flask")
        site = httpd(mounts("logging_flask"))
        site.log.allow("flask|_flask.py|dispatch_request|Traceback|KeyError|rv =|return ")
        assert site.fetch("/logging_flask/says").status == 200
        assert site.fetch("/logging_flask/fails").status == 500
        for text in ("flask at import", "flask warned", "KeyError: 'flask failed'"):
            assert site.log.count(text) == 1

    def test_flasks_logger_of_a_request(self, httpd):
        pytest.importorskip("flask")
        site = httpd(mounts("logging_flask_late"))
        site.log.allow("late flask warned")
        assert site.fetch("/logging_flask_late/says").status == 200
        assert site.log.count("late flask warned") == 1
        assert site.log.count(r"\[warp:warn\] .*\] late flask warned$") == 1

    @pytest.mark.parametrize("name, level", [("logging_django", "warn"), ("logging_django_debug", "error")])
    def test_djangos_default(self, unstarted_httpd, name, level):
        pytest.importorskip("django")
        site = unstarted_httpd(mounts(name))
        app = site.directory / "apps/logging_django.py"
        (site.directory / f"apps/{name}.py").write_bytes(app.read_bytes())
        site.log.allow("Not Found|Internal Server Error|Traceback|django|KeyError")
        site.start()
        assert site.fetch(f"/{name}/hello").status == 200
        assert site.fetch(f"/{name}/gone").status == 404
        assert site.fetch(f"/{name}/fails").status == 500
        # In debug mode Django writes to sys.stderr by a handler of its own.
        assert site.log.count(rf"\[warp:{level}\] .*\] Not Found: /{name}/gone$") == 1
        assert site.log.count("Not Found") == 1
        assert site.log.count(r"\[warp:error\] .*\] KeyError: 'django failed'$") == 1
        site.stop()
