"""Applications that send files: by wsgi.file_wrapper and X-Sendfile."""
import gzip
import io
import os
import tempfile

from common import PLAIN, closed, kept

FILES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "files")
CONTENT = b"0123456789" * 10_000


class LoudFile(io.FileIO):
    """Its read() does not give what its descriptor gives."""

    def read(self, size=-1):
        return super().read(size).replace(b"0", b"O")


class Proxy:
    """As Django's File: a class of its own before a real file."""

    def __init__(self, file):
        self.file = file
        self.fileno, self.tell, self.read = file.fileno, file.tell, file.read

    def close(self):
        closed.append("proxy")
        self.file.close()


class NoNumber(Proxy):
    def __init__(self, file):
        super().__init__(file)
        self.fileno = lambda: "three"


def content_file(mode="rb", **options):
    file = tempfile.TemporaryFile()
    file.write(CONTENT)
    file.seek(0)
    kept[:] = [file]
    return open(os.dup(file.fileno()), mode, **options)


def unwritten():
    """Its last bytes are in Python's buffer only."""
    file = tempfile.TemporaryFile()
    file.write(b"0123456789")
    file.seek(4)
    file.write(b"xy")
    file.seek(0)
    file.write(b"ab")
    return file


def compressed():
    file = tempfile.NamedTemporaryFile()
    with gzip.open(file.name, "wb") as target:
        target.write(CONTENT)
    kept[:] = [file]
    return gzip.open(file.name, "rb")


def loud_file():
    file = content_file()
    return LoudFile(os.dup(file.fileno()))


def pipe():
    reading, writing = os.pipe()
    os.write(writing, b"from a pipe")
    os.close(writing)
    return open(reading, "rb")


def moved(file, position):
    file.seek(position)
    return file


def closed_file():
    file = content_file()
    file.close()
    return file


KINDS = {
    "file": content_file,
    "raw": lambda: content_file(buffering=0),
    "both_ways": lambda: moved(content_file("r+b"), 0),
    "tail": lambda: moved(content_file(), 99_990),
    "past_the_end": lambda: moved(content_file(), len(CONTENT) + 5),
    "unwritten": unwritten,
    "proxy": lambda: Proxy(content_file()),
    "no_number": lambda: NoNumber(content_file()),
    "memory": lambda: io.BytesIO(CONTENT),
    "compressed": compressed,
    "pipe": pipe,
    "loud": loud_file,
    "text": lambda: content_file("r"),
    "closed": closed_file,
}


def wrap_kind(environ, start_response):
    """`kind` or `kind,declared length`."""
    kind, _, length = environ["QUERY_STRING"].partition(",")
    start_response("200 OK", PLAIN + ([("Content-Length", length)] if length else []))
    return environ["wsgi.file_wrapper"](KINDS[kind](), 65_536)


def wrap_after_write(environ, start_response):
    start_response("200 OK", PLAIN)(b"first ")
    return environ["wsgi.file_wrapper"](moved(content_file(), 99_995))


def wrap_without_start(environ, start_response):
    return environ["wsgi.file_wrapper"](content_file())


def wrap_and_close(environ, start_response):
    del closed[:]
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](Proxy(content_file()))


def wrap_no_content(environ, start_response):
    start_response("204 Nothing", [])
    return environ["wsgi.file_wrapper"](content_file())


class NeverIterated:
    def __iter__(self):
        raise AssertionError("iterated over")

    def close(self):
        closed.append("not iterated")


def name_file(environ, start_response):
    """The query is `kind of body,path below files/`, or an absolute path."""
    del closed[:]
    body, _, path = environ["QUERY_STRING"].partition(",")
    start_response("200 OK", PLAIN + [("x-sendfile", os.path.join(FILES, path)), ("Content-Length", "0")])
    if body == "generator":
        return (item for item in [b"", b"dropped", b"dropped, too"])
    return {"list": lambda: [b"dropped"], "object": NeverIterated}[body]()


def name_file_and_write(environ, start_response):
    write = start_response("200 OK", PLAIN + [("X-Sendfile", os.path.join(FILES, "report.txt"))])
    write(b"dropped")
    return []


def name_no_file(environ, start_response):
    start_response("200 OK", PLAIN + [("X-Sendfile", "")])
    return [b"usual"]


def name_file_of_nothing(environ, start_response):
    start_response("304 Not Modified", [("X-Sendfile", os.path.join(FILES, "missing"))])
    return []
