"""A list of one piece, without a Content-Length: the server can tell it. (wsgiref.validate would hide that it is a list.)"""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"just this"]
