from pyramid.config import Configurator


def make_app():
    with Configurator() as config:
        config.add_static_view(name="files", path="shop:static")
        config.add_static_view("more", "more", cache_max_age=60)
        config.add_static_view("inner", "shop:inner", permission="staff")
        return config.make_wsgi_app()
