"""Which files are the project's code, as far as it has been imported: what reloading looks at.

Compiled into the program and run beside bootstrap.py. Python 3.8 and later.
"""
import os
import site
import sys
import types

_known = ([], [])  # the names of the modules that were looked at, and their files


def imported_files(own_folders):
    """Absolute paths. Not of Python's own and installed modules, unless a folder of the project's within is named."""
    global _known
    modules = dict(sys.modules)
    names = list(modules)
    if names != _known[0]:
        paths = {os.path.abspath(path) for path in map(_file_of, modules.values()) if path}
        owners = _owners(own_folders)
        own = {folder for folder in set(map(os.path.dirname, paths)) if _is_own(folder, owners)}
        _known = (names, sorted(path for path in paths if os.path.dirname(path) in own))
    return _known[1]


def _file_of(module):
    # Past a lazy module's own way, which would import it.
    if not isinstance(module, types.ModuleType):
        return None
    path = types.ModuleType.__getattribute__(module, "__dict__").get("__file__")
    return path if isinstance(path, str) and not path.startswith("<") else None


def _owners(own_folders):
    """Whether a folder is the project's; where one is both, it has been named and is."""
    foreign = [sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), site.USER_SITE]
    owners = {os.path.realpath(folder): False for folder in foreign if folder}
    owners.update({os.path.realpath(folder): True for folder in own_folders})
    return owners


def _is_own(folder, owners):
    """As the innermost folder has it: an environment may be within the project, and the other way round."""
    folder = os.path.realpath(folder)
    while folder not in owners and folder != "/":
        folder = os.path.dirname(folder)
    return owners.get(folder, True)
