"""New code that can't be loaded: the old code goes on serving, and nobody notices but the log."""
import os
import signal

import pytest

from support.patient import none_failed, wait_for
from support.waiting import wait_until

BROKEN = {
    "syntax-error": ("def application(environ, start_response:\n", "SyntaxError"),
    "hangs-at-import": ("import time\ntime.sleep(600)\n", "template ended: the application was not imported within startup-timeout"),
}


def touch_script(patient):
    """The file was written; the next request finds that."""


def signal_supervisor(patient):
    patient.site.supervisors()[0].kill(signal.SIGHUP)


TRIGGERS = {"touched-script": ("On", touch_script), "SIGHUP": ("Off", signal_supervisor)}


@pytest.mark.parametrize("trigger", TRIGGERS.values(), ids=TRIGGERS)
@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN)
def test_the_old_code_goes_on_serving(start, code, trigger):
    (text, complaint), (reloading, reload) = code, trigger
    patient = start("startup-timeout=2 shutdown-timeout=1", more=f"WarpScriptReloading {reloading}\n")
    patient.site.log.allow("application not loaded|warp-worker:  ")
    script = patient.site.directory / "apps/ledger.py"
    good, old = script.read_text(), {each.pid for each in patient.site.workers()}
    with patient.under_load() as load:
        write(script, text)
        reload(patient)
        patient.site.log.expect(complaint)
        patient.site.log.expect("reload failed: the running generation goes on serving")
        wait_for(load, 200)
        assert patient.serving() <= old
        write(script, good)
        reload(patient)
        wait_until(lambda: not old & patient.serving(), 20, lambda: f"the repaired code serves\n{patient.site.report()}")
    none_failed(load)


def write(path, text):
    """In one step, as an editor or a roll-out does."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.chmod(0o644)
    os.replace(new, path)
