"""Collects a Django project's static files into a folder of the server's.

Run by warpdrive-express in the project's own Python for a project that has no STATIC_ROOT. The
project's files are not touched. Arguments: the folder, then what goes first on sys.path.
"""
import sys


def main():
    sys.path[0:1] = sys.argv[2:]
    from django.conf import settings

    settings.STATIC_ROOT = sys.argv[1]
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


main()
