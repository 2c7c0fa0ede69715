"""What a developer has around the application: a debugger on the terminal, a profile, a coverage report.

Compiled into the program; run only where one of them is asked for. Python 3.8 and later.
"""
import atexit
import os
import sys
import threading
import time


class _Terminal:
    """Where pdb speaks and reads: a terminal by its name."""

    def __init__(self, path):
        # Now, and not later, when a module of the project's may have the name of one that it needs.
        import bdb
        import pdb
        self._pdb, self._quit = pdb.Pdb, bdb.BdbQuit
        try:
            # Of the session that has started the server: within it, only its foreground may read.
            os.setsid()
        except PermissionError:
            pass  # a session of its own already
        self._path = path
        self._turn = threading.RLock()  # two threads would take each other's lines

    def _debugger(self):
        reading = open(self._path, opener=self._open)
        writing = open(self._path, "w", buffering=1, opener=self._open)
        return self._pdb(stdin=reading, stdout=writing, nosigint=True)

    @staticmethod
    def _open(path, flags):
        return os.open(path, flags | os.O_NOCTTY)

    def break_here(self, *arguments, **named):
        """In place of sys.breakpointhook."""
        self._debugger().set_trace(sys._getframe(1))

    def look_at(self, error):
        if isinstance(error, self._quit):
            return
        with self._turn:
            debugger = self._debugger()
            debugger.message(f"\n{type(error).__name__}: {error}\npdb looks at where it was raised; q ends it and lets the request go on")
            debugger.reset()
            debugger.interaction(None, error.__traceback__)


class _Profile:
    """One file of a process, for pstats: what its requests have done."""

    def __init__(self, folder):
        import cProfile
        os.makedirs(folder, exist_ok=True)
        self._folder = folder
        self._profile = cProfile.Profile()
        self._has_requests = False
        atexit.register(self._write)

    def begin(self):
        self._has_requests = True
        self._profile.enable()

    def end(self):
        self._profile.disable()

    def begin_import(self):
        pass

    end_import = begin_import

    def _write(self):
        if self._has_requests:
            # Named here: a template forks the processes that have requests.
            name = f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}.pstats"
            self._profile.dump_stats(os.path.join(self._folder, name))


class _Coverage:
    """A report of HTML in a folder: which lines of the project were run, by the import and by requests."""

    def __init__(self, folder, project):
        try:
            import coverage
        except ImportError:
            raise RuntimeError("the coverage report needs the package coverage in the project's Python: pip install coverage") from None
        os.makedirs(folder, exist_ok=True)
        self._folder = folder
        self._coverage = coverage.Coverage(data_file=os.path.join(folder, ".coverage"), source=project)
        atexit.register(self._write)

    def begin(self):
        self._coverage.start()

    def end(self):
        self._coverage.stop()

    begin_import = begin
    end_import = end

    def _write(self):
        try:
            self._coverage.html_report(directory=self._folder, ignore_errors=True)
        except Exception as error:
            print(f"coverage report in {self._folder} not written: {error}", file=sys.stderr)


class Instruments:
    """Empty texts: not wanted."""

    def __init__(self, terminal, profile_folder, coverage_folder, project):
        self._terminal = _Terminal(terminal) if terminal else None
        if self._terminal:
            sys.breakpointhook = self._terminal.break_here
        # The profile is the innermost, so that it shows nothing of the other.
        self._gauges = ([_Coverage(coverage_folder, project)] if coverage_folder else []) + (
            [_Profile(profile_folder)] if profile_folder else [])
        self._turn = threading.RLock()  # there is one profile, and one record of coverage

    def begin_import(self):
        for gauge in self._gauges:
            gauge.begin_import()

    def end_import(self):
        for gauge in reversed(self._gauges):
            gauge.end_import()

    def look_at(self, error):
        if self._terminal:
            self._terminal.look_at(error)

    def measured(self, application):
        """The application with the gauges around what it does for a request."""
        if not self._gauges:
            return application

        def call(environ, start_response):
            body = self._run(application, environ, start_response)
            # What is no iterator does nothing more, and the server has its own ways with it.
            return _Body(self._run, body) if hasattr(body, "__next__") else body

        return call

    def _run(self, function, *arguments):
        with self._turn:
            for gauge in self._gauges:
                gauge.begin()
            try:
                return function(*arguments)
            finally:
                for gauge in reversed(self._gauges):
                    gauge.end()


class _Body:
    """What a generator does is the application's work, too."""

    def __init__(self, run, body):
        self._run = run
        self._body = body

    def __iter__(self):
        return self

    def __next__(self):
        return self._run(next, self._body)

    def close(self):
        close = getattr(self._body, "close", None)
        if close is not None:
            self._run(close)
