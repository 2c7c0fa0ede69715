"""Sends early hints; the query is a header name for them."""


def application(environ, start_response):
    environ["wsgi.early_hints"]([(environ["QUERY_STRING"] or "Link", "</style.css>; rel=preload")])
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"later"]
