"""WarpRestrictStdin, -Stdout and -Signal: what a worker keeps its application from, and what it does where it is let."""
import pytest

from support.httpd import mounts

pytestmark = pytest.mark.sanitizer

OFF = "WarpRestrictStdin Off\nWarpRestrictSignal Off\n"
STDOUT = "WarpRestrictStdout On\n"


@pytest.fixture(scope="module")
def usual(module_httpd):
    return _with_log(module_httpd(mounts("restricted")))


@pytest.fixture(scope="module")
def free(module_httpd):
    return _with_log(module_httpd(OFF + mounts("restricted")))


@pytest.fixture(scope="module")
def silent(module_httpd):
    return _with_log(module_httpd(STDOUT + mounts("restricted")))


def _with_log(site):
    site.log.allow(r"signal\.signal\(.*has no effect|printed|what\?")
    return site


def ask(site, what):
    return site.fetch(f"/restricted/{what}").body.decode()


@pytest.mark.parametrize("way", ["reads_stdin", "iterates_stdin", "reads_stdin_bytes", "asks"])
def test_standard_input_raises_on_reading(usual, way):
    assert ask(usual, way).startswith("OSError: sys.stdin can't be read in a worker (WarpRestrictStdin)")


def test_standard_input_can_be_looked_at(usual):
    assert ask(usual, "looks_at_stdin") == "(False, False, 'utf-8')"


@pytest.mark.parametrize("way, result", [("reads_stdin", "''"), ("iterates_stdin", "[]"), ("reads_stdin_bytes", "b''"),
                                         ("asks", "EOFError: EOF when reading a line")])
def test_standard_input_is_empty_where_it_may_be_read(free, way, result):
    assert ask(free, way) == result


def test_standard_output_is_the_log(usual):
    assert ask(usual, "prints") == "'printed'"
    usual.log.expect(r"\[warp:warn\] .*\] printed$")


@pytest.mark.parametrize("way", ["prints", "prints_bytes"])
def test_restricted_standard_output_raises_on_writing(silent, way):
    assert ask(silent, way).startswith("OSError: sys.stdout can't be written in this worker (WarpRestrictStdout)")


def test_restricted_standard_output_leaves_standard_error(silent):
    assert ask(silent, "prints_to_stderr") == "None"
    silent.log.expect(r"\[warp:error\] .*\] printed to stderr$")


def test_signal_handlers_are_ignored_with_a_line(usual):
    assert ask(usual, "sets_signal_in_main_thread") == "False"
    usual.log.expect(r"\[warp:warn\] .*signal\.signal\(<Signals\.SIGUSR2: 12>\) has no effect in a worker.*restricted\.py:\d+")
    assert ask(usual, "sets_signal") == "<Handlers.SIG_DFL: 0>"


def test_signal_handlers_are_a_forked_process_own_affair(usual):
    # Python refuses them outside a main thread, which the thread of the request is in its child.
    assert ask(usual, "sets_signal_in_child") == "7"


def test_signal_handlers_can_be_let(free):
    assert ask(free, "sets_signal_in_main_thread") == "True"
    assert ask(free, "sets_signal").startswith("ValueError: signal only works in main thread")
    assert free.log.count("has no effect") == 0
