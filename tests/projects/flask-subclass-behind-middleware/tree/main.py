from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


class Shop(Flask):
    pass


app = Shop(__name__)
app = ProxyFix(app, x_for=1)
