"""Applications that do not come to an end, or to a bad one; the path names one."""
import ctypes
import faulthandler
import os
import signal
import sys
import threading
import time

import warp

PLAIN = [("Content-Type", "text/plain")]
SCRATCH = os.environ["WARP_TEST_SCRATCH"]
# Its functions are called with the interpreter's lock held.
HOLDING = ctypes.PyDLL(None)


def note(name, text=""):
    with open(os.path.join(SCRATCH, name), "w") as file:
        file.write(text)


def fine(environ, start_response):
    start_response("200 OK", PLAIN)
    return [str(os.getpid()).encode()]


def sleeps_for_long(environ, start_response):
    note("started")
    time.sleep(60)


def sleeps_in_pieces(environ, start_response):
    """What an exception can end."""
    note("started")
    try:
        while True:
            time.sleep(0.01)
    finally:
        note("unwound", type(sys.exc_info()[1]).__name__)


def swallows_the_exception(environ, start_response):
    note("started")
    while True:
        try:
            while True:
                time.sleep(0.01)
        except warp.RequestTimeout:
            note("swallowed")


def holds_the_lock(environ, start_response):
    note("started")
    HOLDING.sleep(60)


def waits_for_release(environ, start_response):
    note("released.started")
    while not os.path.exists(os.path.join(SCRATCH, "release")):
        time.sleep(0.01)
    start_response("200 OK", PLAIN)
    return [b"released"]


def crashes_here(environ, start_response):
    faulthandler._sigsegv()


def aborts_here(environ, start_response):
    os.abort()


def overflows_the_stack(environ, start_response):
    """As a C extension does that calls itself for ever."""
    sys.setrecursionlimit(10_000_000)

    def nest(depth):
        return list(map(nest, [depth + 1]))

    nest(0)


def takes_the_signals(environ, start_response):
    taken = []
    for number in (signal.SIGUSR1, signal.SIGUSR2):
        taken.append(signal.signal(number, signal.SIG_IGN))
    start_response("200 OK", PLAIN)
    return [b"tried"]


def forks(environ, start_response):
    """A forked process that stays a while; gives its pid."""
    pid = os.fork()
    if pid == 0:
        time.sleep(30)
        os._exit(0)
    start_response("200 OK", PLAIN)
    return [str(pid).encode()]


def waits_for_the_client(environ, start_response):
    note("started")
    deadline = time.monotonic() + 20
    while warp.is_client_connected() and time.monotonic() < deadline:
        time.sleep(0.01)
    note("client", str(warp.is_client_connected()))
    start_response("200 OK", PLAIN)
    return [b"late"]


def settings(environ, start_response):
    sizes = []

    def measure():
        libc = ctypes.CDLL(None)
        libc.pthread_self.restype = ctypes.c_void_p
        attributes = ctypes.create_string_buffer(256)
        libc.pthread_getattr_np(ctypes.c_void_p(libc.pthread_self()), attributes)
        size = ctypes.c_size_t()
        libc.pthread_attr_getstacksize(attributes, ctypes.byref(size))
        sizes.append(size.value)

    thread = threading.Thread(target=measure)
    thread.start()
    thread.join()
    measure()
    import resource
    start_response("200 OK", PLAIN)
    facts = (os.getpriority(os.PRIO_PROCESS, 0), *sizes, resource.getrlimit(resource.RLIMIT_AS)[0], sys.getswitchinterval())
    return [" ".join(map(str, facts)).encode()]


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](environ, start_response)
