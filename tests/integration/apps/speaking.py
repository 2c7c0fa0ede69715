"""Says things in the ways that applications do; the path names one. Afterwards the body is the request's id."""
import ctypes
import logging
import os
import signal
import sys
import threading
import warnings

logging.getLogger("levels").setLevel(logging.DEBUG)
print("said at import")


def prints(environ):
    print("from print")


def stderr(environ):
    print("from stderr", file=sys.stderr)


def wsgi_errors(environ):
    print("from wsgi.errors", file=environ["wsgi.errors"])


def warns(environ):
    warnings.warn("from warnings")


def levels(environ):
    for level in ("debug", "info", "warning", "error", "critical"):
        getattr(logging.getLogger("levels"), level)("level %s", level)


def traceback(environ):
    for number in range(5):
        try:
            {}["missing key"]
        except KeyError:
            logging.exception("record %s of %s", number, environ["QUERY_STRING"])


def forges(environ):
    record = "[Sun Nov 22 17:00:01.123456 2026] [core:crit] [pid 1:tid 1] forged"
    print(f"first\n{record}\r\n{record}\x1b[31m\x00{record}")
    logging.error("first\n%s", record)


def unicode(environ):
    print("Zoë \u20ac \U0001f600 \udc80")


def long(environ):
    print("long " + "x" * 100_000 + " end")


def in_thread(environ):
    thread = threading.Thread(target=print, args=("from a thread",))
    thread.start()
    thread.join()


def forked(environ):
    child = os.fork()
    if child == 0:
        print("from the forked process")
        os._exit(0)
    os.waitpid(child, 0)


def exits(environ):
    print("last words before the exit")
    os._exit(3)


def crashes(environ):
    sys.stderr.write("last words before the crash\n")
    # A sanitizer would take the intended crash for a find.
    ctypes.CDLL(None).signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def many(environ):
    for number in range(200):
        logging.warning("%s line %d\n%s again %d", environ["QUERY_STRING"], number, environ["QUERY_STRING"], number)


class Body(list):
    def close(self):
        print("from close")


def close(environ):
    pass


def application(environ, start_response):
    name = environ["PATH_INFO"].strip("/")
    globals()[name](environ)
    body = environ["warp.request_id"].encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return Body([body]) if name == "close" else [body]
