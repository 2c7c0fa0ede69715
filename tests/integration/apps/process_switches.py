"""Answers with what the process's switches have made of stdin, stdout, signals and imports; told by its path."""
import signal
import sys


def _attempt(action):
    try:
        return repr(action())
    except OSError as error:
        return type(error).__name__


_ANSWERS = {
    "/stdin": lambda: _attempt(sys.stdin.read),
    "/stdout": lambda: _attempt(lambda: print("printed by process_switches")),
    "/signal": lambda: str(signal.signal(signal.SIGUSR2, signal.SIG_IGN) is signal.getsignal(signal.SIGUSR2)),
    "/imports": lambda: ",".join(getattr(sys, "warp_imports", [])),
}


def application(environ, start_response):
    body = _ANSWERS[environ["PATH_INFO"]]().encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
