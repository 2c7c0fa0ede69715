"""What an empty data folder needs before the site can answer: tables, and somebody who may log in."""
import fcntl
import os
import secrets
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection


def prepare_database() -> None:
    """Brings the database up to date. Several processes may call it at the same time."""
    with open(settings.DATA_DIR / "first-start.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Readers then do not wait for writers, in any process.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
        call_command("migrate", interactive=False, verbosity=0)
        if not get_user_model().objects.filter(is_superuser=True).exists():
            _create_administrator()
    connection.close()


def _create_administrator() -> None:
    name = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "admin"
    password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    if not password:
        password = secrets.token_urlsafe(9)
        path = settings.DATA_DIR / "admin-password"
        _write_private(path, password)
        print(f"mysite: created the user {name} for /admin/, password {password} (also in {path})",
              file=sys.stderr)
    get_user_model().objects.create_superuser(name, password=password)


def _write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
