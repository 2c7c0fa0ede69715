"""An httpd whose worker is the hostile one."""
import contextlib
import os
import shutil
import tempfile

from support import hostile_descriptors, hostile_frames, hostile_worker


@contextlib.contextmanager
def program_folder(prefix):
    """WarpLibexecDirectory with the real supervisor and the hostile worker."""
    with tempfile.TemporaryDirectory(prefix="warp-libexec-") as folder:
        os.chmod(folder, 0o755)
        shutil.copy(prefix.libexec / "warp-supervisor", folder)
        for module in (hostile_descriptors, hostile_frames):
            shutil.copy(module.__file__, folder)
        shutil.copy(hostile_worker.__file__, os.path.join(folder, prefix.debian_worker().name))
        yield folder


def directives(folder, options="", more=""):
    return (f"WarpLibexecDirectory {folder}\nWarpDaemonProcess site {options}\n"
            f"WarpScriptAlias / ${{APPS}}/hello.py\n{more}\n")


def url(name):
    return f"/?do={name}."


def final_head(connection):
    """The head of the response, behind those of interim ones."""
    while True:
        head = connection.read_head()
        if head.status >= 200:
            return head


@contextlib.contextmanager
def unharmed(site):
    """Whatever is done meanwhile, the same child serves the next request, and keeps no descriptor of it."""
    # An answer first: then every process has become what it is called.
    site.fetch(url("good"))
    children, supervisors = site.httpd_children(), site.supervisors()
    before = _descriptors(children)
    yield
    for _ in range(2):
        assert site.fetch(url("good")).body == b"good"
    assert (site.httpd_children(), site.supervisors()) == (children, supervisors)
    # The connection of a client that has just gone may still linger.
    assert _descriptors(children) <= before + 2


def _descriptors(children):
    return sum(len(child.descriptors()) for child in children)
