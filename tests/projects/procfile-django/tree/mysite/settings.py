SECRET_KEY = "not a secret"
ROOT_URLCONF = "mysite.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
WSGI_APPLICATION = "mysite.wsgi.application"
STATIC_URL = "static/"
