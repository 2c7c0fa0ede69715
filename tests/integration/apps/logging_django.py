"""A project of Django's in one file, with the logging that Django configures by default; DEBUG as the file is named."""
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(DEBUG="debug" in __file__, SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


def hello(request):
    return HttpResponse("hello")


def fails(request):
    raise KeyError("django failed")


urlpatterns = [path("hello", hello), path("fails", fails)]
django.setup()
application = get_wsgi_application()
