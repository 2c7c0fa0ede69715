"""Uses what a worker may be kept from; the path names it. The body is what came of it."""
import os
import signal
import sys


def reads_stdin(environ):
    return sys.stdin.read()


def iterates_stdin(environ):
    return list(sys.stdin)


def reads_stdin_bytes(environ):
    return sys.stdin.buffer.read()


def asks(environ):
    return input("what? ")


def looks_at_stdin(environ):
    return sys.stdin.isatty(), sys.stdin.closed, sys.stdin.encoding


def prints(environ):
    print("printed")
    return "printed"


def prints_bytes(environ):
    return sys.stdout.buffer.write(b"printed as bytes\n")


def prints_to_stderr(environ):
    return print("printed to stderr", file=sys.stderr)


def sets_signal(environ):
    return signal.signal(signal.SIGTERM, signal.SIG_IGN)


def sets_signal_in_main_thread(environ):
    return at_import


def sets_signal_in_child(environ):
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGUSR1, lambda *_: os._exit(7))
            os.kill(os.getpid(), signal.SIGUSR1)
            os._exit(1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


signal.signal(signal.SIGUSR2, lambda *_: None)
at_import = callable(signal.getsignal(signal.SIGUSR2))


def application(environ, start_response):
    try:
        text = repr(globals()[environ["PATH_INFO"].strip("/")](environ))
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]
