"""The folder that the site writes to. Settings import it, so it may use nothing of Django's that needs settings."""
import os
import pwd
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def prepare_data_directory(directory: Path, owner_like: Path) -> None:
    """Makes the folder and those in it, or says who can't write where and what to do about it."""
    try:
        for folder in (directory, directory / "uploads", directory / "incoming"):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _give_to_owner(folder, owner_like)
    except OSError as error:
        raise _unwritable(directory, error) from error


def stored_secret_key(directory: Path, owner_like: Path) -> str:
    """The signing key, made by whichever process comes first. All processes get the same one."""
    path = directory / "secret-key"
    if not path.exists():
        try:
            _write_once(path, secrets.token_urlsafe(50), owner_like)
        except OSError as error:
            raise _unwritable(directory, error) from error
    return path.read_text()


def _write_once(path: Path, text: str, owner_like: Path) -> None:
    # A link, unlike a rename, fails when another process was first; unlike O_EXCL it shows no
    # half-written file to a reader.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as draft:
        draft.write(text)
        draft.flush()
        _give_to_owner(Path(draft.name), owner_like)
        try:
            os.link(draft.name, path)
        except FileExistsError:
            pass


def _give_to_owner(path: Path, owner_like: Path) -> None:
    # A command run by root (manage.py, a look at the settings) must not lock out the user whom the
    # site runs as.
    if os.geteuid() == 0:
        owner = owner_like.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _unwritable(directory: Path, error: OSError) -> ImproperlyConfigured:
    try:
        user = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        user = f"uid {os.geteuid()}"
    return ImproperlyConfigured(
        f"{error.filename or directory}: {error.strerror}: the site keeps its data in {directory}, "
        f"and the user {user} can't write there; let that user own the folder, or set DATA_DIR to another one"
    )
