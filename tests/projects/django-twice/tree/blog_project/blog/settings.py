SECRET_KEY = "not a secret"
ROOT_URLCONF = "blog.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
WSGI_APPLICATION = "blog.wsgi.application"
STATIC_URL = "static/"
