import os

SECRET_KEY = "not a secret"
ROOT_URLCONF = "mysite.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
WSGI_APPLICATION = "mysite.wsgi.application"
STATIC_URL = "static/"
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]
WHITENOISE_ROOT = os.path.join(os.path.dirname(os.path.dirname(__file__)), "public")
