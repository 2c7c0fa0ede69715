from flask import Flask


def create_app(config=None):
    app = Flask(__name__)
    from . import admin, pages

    app.register_blueprint(admin.blueprint, url_prefix="/admin")
    app.register_blueprint(pages.blueprint)
    return app
