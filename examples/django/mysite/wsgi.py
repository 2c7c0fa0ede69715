"""The WSGI entry point; settings.WSGI_APPLICATION names it."""
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
application = get_wsgi_application()

# An example should start with one command. A site in production migrates when it is deployed instead.
from mysite.first_start import prepare_database  # noqa: E402  (its models need the set-up above)

prepare_database()
