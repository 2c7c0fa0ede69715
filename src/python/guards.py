"""Where a worker differs from a program started by hand: signals, standard input and output, warnings.

Run in the same module as bootstrap.py; `log(level, text)` is the module warp's.
"""
import io
import logging
import os
import signal
import sys
import warnings


class _RestrictedInput(io.TextIOBase):
    """In place of sys.stdin: there is nobody to type, and a debugger's prompt would wait for ever."""
    name = "<stdin>"
    mode = "r"
    encoding = "utf-8"
    errors = "strict"

    @property
    def buffer(self):
        return self

    def readable(self):
        return True

    def read(self, size=-1):
        raise OSError("sys.stdin can't be read in a worker (WarpRestrictStdin); does a debugger or input() wait for an answer?")

    readline = readlines = __next__ = read1 = readinto = read


class _RestrictedOutput(io.TextIOBase):
    """In place of sys.stdout where the administrator wants to know of every print."""
    name = "<stdout>"
    mode = "w"
    encoding = "utf-8"
    errors = "strict"

    @property
    def buffer(self):
        return self

    def writable(self):
        return True

    def write(self, text):
        raise OSError("sys.stdout can't be written in this worker (WarpRestrictStdout); use logging, or print(..., file=sys.stderr)")

    writelines = write


def restrict_input():
    sys.stdin = _RestrictedInput()


def restrict_output():
    sys.stdout = _RestrictedOutput()


def restrict_signals(log):
    """The main thread runs no Python code while requests are served, so a handler could never run; the worker's own
    handling of SIGTERM and others must stay. Child processes may do as they like."""
    original = signal.signal
    owner = os.getpid()

    def guarded(signalnum, handler):
        if os.getpid() != owner:
            return original(signalnum, handler)
        caller = sys._getframe(1)
        log(logging.WARNING, f"signal.signal({signalnum!r}) has no effect in a worker: signals belong to the server "
                             f"(WarpRestrictSignal); called at {caller.f_code.co_filename}:{caller.f_lineno}")
        return signal.getsignal(signalnum)

    guarded.__doc__ = original.__doc__
    guarded.__name__ = guarded.__qualname__ = "signal"
    signal.signal = guarded


def log_warnings(log):
    """Warnings are logged as such, and each as one record, unless the application has sys.stderr elsewhere."""
    original = warnings.showwarning

    def show(message, category, filename, lineno, file=None, line=None):
        if file is not None or not getattr(sys.stderr, "is_error_log", False):
            return original(message, category, filename, lineno, file, line)
        log(logging.WARNING, warnings.formatwarning(message, category, filename, lineno, line))

    warnings.showwarning = show
