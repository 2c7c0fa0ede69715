"""Packages of our own, made without a network: as wheels, and as an index that pip can ask."""
import contextlib
import functools
import hashlib
import http.server
import threading
import zipfile
from base64 import urlsafe_b64encode


def write_wheel(folder, name, version="1.0", requires=(), source=None, files=None):
    """A wheel with one module of that name; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" + "".join(f"Requires-Dist: {each}\n" for each in requires)
    contents = {
        f"{name}/__init__.py": source or f"version = {version!r}\n",
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    } | (files or {})
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, text in contents.items():
            wheel.writestr(member, text)
        wheel.writestr(f"{info}/RECORD", record_of({member: text.encode() for member, text in contents.items()}, info))
    return path


def record_of(contents, info):
    """The text of RECORD, which is in the folder `info`, for {"package/__init__.py": bytes, …}."""
    record = ""
    for member, content in contents.items():
        digest = urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{member},sha256={digest},{len(content)}\n"
    return record + f"{info}/RECORD,,\n"


@contextlib.contextmanager
def index_of(folder):
    """Serves FOLDER/NAME/*.whl as an index (PEP 503); gives its URL."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass
