SECRET_KEY = "not a secret"
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
WSGI_APPLICATION = "shop.wsgi.application"
STATIC_URL = "static/"
