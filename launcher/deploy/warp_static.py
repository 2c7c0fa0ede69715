"""The application with WhiteNoise around it, for a server that is not httpd.

warpdrive and warpdrive-express have gunicorn, uwsgi or waitress import this module in the place of an
application whose static files nobody else serves. The project is not touched. WARPDRIVE_STATIC_FILES is
JSON: {"application": "package.module:name", "files": [[url, path], ...]}.
"""
import importlib
import json
import os
import re

from whitenoise import WhiteNoise

# As httpd is told: a name with a hash of the content never gets another content.
HASHED = re.compile(r"\.[0-9a-f]{12}\.[^.]+$")
# What httpd never sends either.
HIDDEN = re.compile(r"^\.|\.py[a-z]?$", re.IGNORECASE)


class StaticFiles(WhiteNoise):
    def immutable_file_test(self, path, url):
        return bool(HASHED.search(url))

    def add_place(self, url, place):
        if not os.path.isdir(place):
            self.add_one(url, place)
            return
        for folder, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = os.path.join(folder, name)
                self.add_one(url.rstrip("/") + "/" + os.path.relpath(path, place), path)

    def add_one(self, url, path):
        # A link may lead out of the folder.
        if not HIDDEN.search(os.path.basename(path)) and os.path.isfile(path) and not os.path.islink(path):
            self.add_file_to_dictionary(url, path)


def load(name):
    """The object behind "package.module:name" or "package.module:factory()"."""
    module, _, path = name.partition(":")
    is_factory = path.endswith("()")
    found = importlib.import_module(module)
    for part in (path[:-2] if is_factory else path).split("."):
        found = getattr(found, part)
    return found() if is_factory else found


def wrap(wish):
    site = StaticFiles(load(wish["application"]), allow_all_origins=False)
    # The longest URL stands first, and wins.
    for url, place in reversed(wish["files"]):
        site.add_place(url, place)
    return site


application = wrap(json.loads(os.environ["WARPDRIVE_STATIC_FILES"]))
