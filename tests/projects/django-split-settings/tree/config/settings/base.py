SECRET_KEY = "not a secret"
ROOT_URLCONF = "config.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
WSGI_APPLICATION = "config.wsgi.application"
STATIC_URL = "static/"
STATIC_URL = "/static/"
