"""For WarpHandlerScript: answers with the environ, from handle_request and from another callable."""
import json


def _answer(environ, start_response, callable_name):
    shown = {key: value for key, value in environ.items() if isinstance(value, str)} | {"callable": callable_name}
    body = json.dumps(shown).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def handle_request(environ, start_response):
    return _answer(environ, start_response, "handle_request")


def application(environ, start_response):
    return _answer(environ, start_response, "application")
