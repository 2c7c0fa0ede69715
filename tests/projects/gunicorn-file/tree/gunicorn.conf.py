wsgi_app = "shop.web:app"
workers = 4
threads = 2
bind = "0.0.0.0:8000"
