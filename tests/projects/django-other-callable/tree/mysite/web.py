from .wsgi import application as site
