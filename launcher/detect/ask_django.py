"""Asks a Django project's settings what the server has to know.

Run by warpdrive-express in the project's own Python. The answer is JSON on descriptor 3, so that
whatever the settings print does not get into it. Arguments: the mount point, then what goes first
on sys.path.
"""
import json
import os
import sys


def text_or_none(value):
    return None if value is None or value == "" else os.fspath(value)


def has_weak_key(settings):
    """By the rule of Django's own check W009. The key itself goes nowhere."""
    try:
        key = settings.SECRET_KEY
    except Exception:
        return True
    return not key or len(key) < 50 or len(set(key)) < 5 or str(key).startswith("django-insecure-")


def main():
    mount_point = sys.argv[1]
    sys.path[0:1] = sys.argv[2:]
    from django.conf import settings
    from django.urls import set_script_prefix

    # A relative STATIC_URL is below the mount point.
    set_script_prefix(mount_point)
    static_root = text_or_none(getattr(settings, "STATIC_ROOT", None))
    whitenoise_root = text_or_none(getattr(settings, "WHITENOISE_ROOT", None))
    has_whitenoise = any(name.startswith("whitenoise.") for name in settings.MIDDLEWARE or ())
    answer = {
        "wsgi_application": text_or_none(getattr(settings, "WSGI_APPLICATION", None)),
        "static_url": text_or_none(getattr(settings, "STATIC_URL", None)),
        "static_root": static_root and os.path.abspath(static_root),
        "whitenoise_root": whitenoise_root and has_whitenoise and os.path.abspath(whitenoise_root) or None,
        "has_whitenoise": has_whitenoise,
        "has_staticfiles": any(
            name == "django.contrib.staticfiles"
            or name.startswith("django.contrib.staticfiles.")
            or name.endswith(".StaticFilesConfig")
            for name in settings.INSTALLED_APPS
        ),
        "is_debugging": bool(settings.DEBUG),
        "has_weak_key": has_weak_key(settings),
        "allowed_hosts": [str(name) for name in settings.ALLOWED_HOSTS or ()],
    }
    with os.fdopen(3, "w", encoding="utf-8") as answers:
        json.dump(answer, answers)


main()
