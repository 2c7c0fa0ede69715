"""Collects a Django project's static files into a folder.

Run in the project's own Python, by warpdrive-express for a project that has no STATIC_ROOT and by
warpdrive build. The project's files are not touched. A SECRET_KEY that the settings do not have is
made up, and said on descriptor 3. Arguments: the folder, then what goes first on sys.path.
"""
import os
import secrets
import sys


def has_secret_key(settings):
    from django.core.exceptions import ImproperlyConfigured

    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False


def main():
    sys.path[0:1] = sys.argv[2:]
    from django.conf import settings

    settings.STATIC_ROOT = sys.argv[1]
    if not has_secret_key(settings):
        settings.SECRET_KEY = secrets.token_urlsafe(50)
        os.write(3, b"made up SECRET_KEY")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


main()
