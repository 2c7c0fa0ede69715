"""What the worker does once, in Python because it is about Python: paths, finding the application, explaining exceptions.

Compiled into the program and run in a module of its own, `_warp_bootstrap`. Python 3.8 and later.
"""
import importlib.util
import os
import site
import sys
import traceback
from importlib.machinery import SourceFileLoader


class LoadError(Exception):
    """The application can't be found; the text says why and what to do, a traceback would not help."""


def prepare_path(folders, entries):
    """Puts the project's folders and the python-path entries first, with what the .pth files in the entries name."""
    before = set(sys.path)
    for entry in entries:
        site.addsitedir(entry)
    named = [entry for entry in sys.path if entry not in before]
    first = list(dict.fromkeys(folders + entries + named))
    sys.path[:] = first + [entry for entry in sys.path if entry not in first]


def provide(module):
    """Makes our module importable, unless the project has one of that name."""
    found = importlib.util.find_spec(module.__name__)
    # A folder that merely has the name is found too, as a namespace package, which has no file.
    if found is None or found.origin is None:
        sys.modules[module.__name__] = module


def set_switch_interval(seconds):
    sys.setswitchinterval(seconds)


def import_scripts(paths):
    """What the administrator wants imported before the application."""
    for path in paths:
        _run_script(path, "the script to import")


def load_script(path, callable_name):
    return find_callable(_run_script(path, "the application's script"), callable_name, path)


def load_paste(path, name):
    """What a deployment file of Paste describes: its section main, unless another one is named."""
    try:
        from paste.deploy import loadapp
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("paste"):
            raise
        raise LoadError(f"{path} is a deployment file of Paste, and this Python has no paste.deploy to read it with; install "
                        "PasteDeploy there (Debian: python3-pastedeploy)") from None
    made = loadapp("config:" + path, name="main" if name == "application" else name)
    if not callable(made):
        raise LoadError(f"{name} in {path} gave no application that can be called but an object of type {type(made).__name__}")
    return made


def _run_script(path, what):
    """The module of a script file, which need not be named *.py; the same one for the same path. No byte code is written
    for it: site.wsgi and site.py would share a name."""
    name = _module_name(path)
    if name in sys.modules:
        return sys.modules[name]
    loader = SourceFileLoader(name, path)
    try:
        source = loader.get_data(path)
    except OSError as error:
        raise LoadError(f"can't read {what} {path}: {error.strerror}") from None
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    sys.modules[name] = module
    try:
        exec(loader.source_to_code(source, path), module.__dict__)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _module_name(path):
    stem = os.path.splitext(os.path.basename(path))[0]
    first = name = "_warp_script_" + "".join(c if c.isalnum() else "_" for c in stem)
    number = 1
    while name in sys.modules and sys.modules[name].__file__ != path:
        number += 1
        name = f"{first}_{number}"
    return name


def load_module(name, callable_name):
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        # A module that the application imports is the application's matter, and its traceback is wanted.
        if error.name is None or not (name + ".").startswith(error.name + "."):
            raise
        raise LoadError(f"no module named {error.name!r} to import the application {name} from; searched: "
                        + ", ".join(entry or os.getcwd() for entry in sys.path)) from None
    return find_callable(module, callable_name, name)


def find_callable(module, callable_name, where):
    """The object of that dotted name; what it returns, if the name ends in "()" as a factory's."""
    if not callable_name.endswith("()"):
        return _find_callable(module, callable_name, where)
    made = _call_factory(_find_callable(module, callable_name[:-2], where), callable_name, where)
    if not callable(made):
        raise LoadError(f"{callable_name} in {where} gave no application that can be called but an object of type "
                        f"{type(made).__name__}; let it return the application")
    return made


def _call_factory(factory, name, where):
    try:
        return factory()
    except TypeError as error:
        # Without a frame of the factory's own it was the call that failed.
        if error.__traceback__.tb_next is not None:
            raise
        raise LoadError(f"{name} in {where} can't be called without arguments: {error}; name a factory without "
                        "required arguments, or a module that calls this one with them") from None


def _find_callable(module, callable_name, where):
    found = module
    for part in callable_name.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            candidates = sorted(name for name, value in vars(module).items()
                                if callable(value) and not name.startswith("_") and not isinstance(value, type))
            listed = ", ".join(candidates[:20]) or "none"
            raise LoadError(f"{where} has no {callable_name!r} to call; the callables in it: {listed}; "
                            "set callable-object to the application's name") from None
    if not callable(found):
        raise LoadError(f"{callable_name!r} in {where} is not callable but of type {type(found).__name__}")
    return found


def describe(error):
    """The text for the log, ending without a newline."""
    if isinstance(error, LoadError):
        return str(error)
    try:
        lines = traceback.format_exception(type(error), error, _without_us(error.__traceback__))
    except Exception:
        lines = [f"{type(error).__name__} (its traceback can't be formatted)\n"]
    return "".join(lines).rstrip("\n")


def files_of(error, entries):
    """The files whose change may mend a failed start: the entries and all that the exception came through."""
    files = {}
    for entry in entries:
        files.update(dict.fromkeys([entry] if os.path.isabs(entry) else _files_of_module(entry)))
    seen = set()
    pending = [error]
    while pending:
        current = pending.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        pending += [current.__cause__, current.__context__]
        if isinstance(current, SyntaxError) and current.filename:
            files[current.filename] = None
        for frame, _ in traceback.walk_tb(current.__traceback__):
            files[frame.f_code.co_filename] = None
    return [name for name in files if os.path.isabs(name) and os.path.isfile(name)]


def _files_of_module(name):
    """The source files of a dotted name that can be found without importing it again."""
    files = []
    parts = name.split(".")
    for i in range(len(parts)):
        path = os.path.join(*parts[:i + 1])
        for folder in sys.path:
            files += [os.path.join(folder, path + ".py"), os.path.join(folder, path, "__init__.py")]
    return files


def _without_us(trace):
    """Our own frames and the import system's at the outer end say nothing to the application's author."""
    while trace is not None and (trace.tb_frame.f_code.co_filename == __file__
                                 or trace.tb_frame.f_code.co_filename.startswith("<frozen importlib")
                                 or trace.tb_frame.f_globals.get("__name__") == "importlib"):
        trace = trace.tb_next
    return trace
