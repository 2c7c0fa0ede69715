"""How the worker looks into the interpreter from outside: the stacks of its threads, now and at a crash.

Run in the same module as bootstrap.py.
"""
import faulthandler
import sys
import threading
import traceback

_MOST_FRAMES = 100


def report_crashes(descriptor):
    """Before the application is imported, which may do it otherwise, as PYTHONFAULTHANDLER may have done."""
    if not faulthandler.is_enabled():
        faulthandler.enable(file=descriptor, all_threads=True)


def prepare_dump(signalnum, descriptor):
    """The signal, raised by whatever thread, writes all stacks without the interpreter's lock."""
    faulthandler.register(signalnum, file=descriptor, all_threads=True, chain=False)


def stacks():
    """(thread, name, lines) of every other thread that runs Python, most recent call last."""
    frames = sys._current_frames()
    frames.pop(threading.get_ident(), None)
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return [(ident, names.get(ident, ""), _lines(frame)) for ident, frame in frames.items()]


def _lines(frame):
    try:
        return "".join(traceback.format_stack(frame, _MOST_FRAMES))
    except Exception as error:
        return f"  (its stack can't be formatted: {type(error).__name__})\n"
