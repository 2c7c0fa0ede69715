"""Applications that do what none should; the path names one. What becomes of each is in test_hostile_applications.py."""
import ctypes
import os
import signal
import sys
import threading
import time

PLAIN = [("Content-Type", "text/plain")]
SCRATCH = os.environ["WARP_TEST_SCRATCH"]


def fine(environ, start_response):
    start_response("200 OK", PLAIN)
    return [str(os.getpid()).encode()]


def returns_none(environ, start_response):
    start_response("200 OK", PLAIN)


def returns_text(environ, start_response):
    start_response("200 OK", PLAIN)
    return "text"


def returns_number(environ, start_response):
    start_response("200 OK", PLAIN)
    return 200


def returns_itself(environ, start_response):
    start_response("200 OK", PLAIN)
    return application


def gives_bytearray(environ, start_response):
    start_response("200 OK", PLAIN)
    return [bytearray(b"mutable")]


def gives_none_after_bytes(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b"some"
    yield None


def never_starts(environ, start_response):
    return [b"body"]


def starts_too_late(environ, start_response):
    yield b"body"
    start_response("200 OK", PLAIN)


def starts_late(environ, start_response):
    yield b""
    start_response("200 OK", PLAIN)
    yield b"late"


def starts_twice(environ, start_response):
    start_response("200 OK", PLAIN)
    start_response("200 OK", PLAIN)
    return [b"body"]


def endless(environ, start_response):
    start_response("200 OK", PLAIN)

    def items():
        try:
            while True:
                yield b"x" * 4096
        finally:
            print("endless: ended", flush=True)

    return items()


def endless_nothing(environ, start_response):
    """Never gives a byte, so that nothing tells that the client has left; it stops by itself for the test's sake."""
    start_response("200 OK", PLAIN)
    end = time.monotonic() + 2
    while time.monotonic() < end:
        yield b""
        time.sleep(0.01)


def raises_at_import_of_nothing(environ, start_response):
    import no_such_module  # noqa: F401


def raises_group(environ, start_response):
    raise BaseException("of the lowest class")


def recurses(environ, start_response):
    return recurses(environ, start_response)


def out_of_memory(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"x" * (1 << 62)]


class RaisesWhenDeleted:
    def __del__(self):
        raise ValueError("from __del__")


def raises_in_del(environ, start_response):
    RaisesWhenDeleted()
    return fine(environ, start_response)


class BadException(Exception):
    def __str__(self):
        raise ValueError("from __str__")

    __repr__ = __str__


def raises_the_unprintable(environ, start_response):
    raise BadException


def exits(environ, start_response):
    sys.exit("exits: from sys.exit")


def exits_in_iteration(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b"some"
    sys.exit(1)


def interrupts(environ, start_response):
    raise KeyboardInterrupt


def dies(environ, start_response):
    os._exit(3)


def dies_in_iteration(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b"some"
    os._exit(3)


def crashes(environ, start_response):
    signal.signal = None
    # A sanitizer would take the intended crash for a find.
    ctypes.CDLL(None).signal(signal.SIGSEGV, signal.SIG_DFL)
    ctypes.string_at(0)


def aborts(environ, start_response):
    os.abort()


def closes_descriptors(environ, start_response):
    os.closerange(3, 100)
    return fine(environ, start_response)


def closes_standard_streams(environ, start_response):
    for stream in (sys.stdin, sys.stdout, sys.stderr, environ["wsgi.errors"], environ["wsgi.input"]):
        try:
            stream.close()
        except Exception:
            pass
    print("closes_standard_streams: said afterwards")
    return fine(environ, start_response)


def loses_standard_streams(environ, start_response):
    saved = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = sys.stdout = sys.stderr = None
    try:
        print("into nothing")
        return fine(environ, start_response)
    finally:
        sys.stdin, sys.stdout, sys.stderr = saved


def replaces_input(environ, start_response):
    environ.clear()
    return fine(environ, start_response)


def changes_headers_later(environ, start_response):
    headers = PLAIN + [("X-Given", "yes")]
    start_response("200 OK", headers)
    headers.clear()
    headers.append(("Broken\n", None))
    return [b"body"]


def changes_body_meanwhile(environ, start_response):
    """The list shrinks and grows while it is being sent."""
    start_response("200 OK", PLAIN)
    body = [b"x" * 300_000] * 4

    def change():
        for _ in range(200):
            del body[2:]
            body.extend([b"y" * 300_000] * 2)

    threading.Thread(target=change).start()
    return body


def forks_and_exits(environ, start_response):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return fine(environ, start_response)


def forks_and_returns(environ, start_response):
    """Both processes answer."""
    pid = os.fork()
    if pid == 0:
        start_response("200 OK", PLAIN)
        return [b"from the child"]
    with open(os.path.join(SCRATCH, "forked"), "w") as file:
        file.write(str(pid))
    start_response("200 OK", PLAIN)
    return [b"from the parent"]


def forks_and_writes(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(b"before, ")
    pid = os.fork()
    if pid == 0:
        try:
            write(b"from the child")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    write(b"after")
    return []


def forks_and_reads(environ, start_response):
    pid = os.fork()
    if pid == 0:
        try:
            environ["wsgi.input"].read()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    body = environ["wsgi.input"].read()
    start_response("200 OK", PLAIN)
    return [body]


def leaves_a_thread(environ, start_response):
    """It uses what belonged to the request."""
    write = start_response("200 OK", PLAIN)
    released = threading.Event()

    def run():
        released.wait()
        for name, use in (("input", environ["wsgi.input"].read), ("write", lambda: write(b"x")),
                          ("start_response", lambda: start_response("200 OK", [])),
                          ("early_hints", lambda: environ["wsgi.early_hints"]([("Link", "</a>")]))):
            try:
                use()
                print(f"leaves_a_thread: {name} worked")
            except RuntimeError as error:
                print(f"leaves_a_thread: {name} refused: {error}")

    class Body:
        def __iter__(self):
            return iter([b"body"])

        def close(self):
            threading.Timer(0.2, released.set).start()

    threading.Thread(target=run).start()
    return Body()


def writes_in_a_thread_for_ever(environ, start_response):
    write = start_response("200 OK", PLAIN)
    begun = threading.Event()

    def run():
        try:
            while True:
                write(b"x" * 1000)
                begun.set()
        except (RuntimeError, OSError) as error:
            print(f"writes_in_a_thread_for_ever: {type(error).__name__}")

    threading.Thread(target=run).start()
    begun.wait()
    return []


def reads_in_a_thread_for_ever(environ, start_response):
    begun = threading.Event()

    def run():
        begun.set()
        try:
            environ["wsgi.input"].read()
        except (RuntimeError, OSError) as error:
            print(f"reads_in_a_thread_for_ever: {type(error).__name__}")

    threading.Thread(target=run).start()
    begun.wait()
    time.sleep(0.1)
    return fine(environ, start_response)


def kills_its_threads_state(environ, start_response):
    """Raises in itself what only the interpreter should raise in a thread."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(threading.get_ident()), ctypes.py_object(SystemExit))
    for _ in range(1000):
        pass
    return fine(environ, start_response)


def sets_limits(environ, start_response):
    sys.setswitchinterval(1e-6)
    sys.setrecursionlimit(150)
    try:
        return fine(environ, start_response)
    finally:
        sys.setswitchinterval(0.005)
        sys.setrecursionlimit(1000)


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](environ, start_response)
