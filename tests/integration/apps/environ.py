"""Answers with the environ: texts as they are, everything else by its repr."""
import json
from wsgiref.validate import validator


@validator
def application(environ, start_response):
    shown = {key: value if isinstance(value, str) else repr(value) for key, value in environ.items()}
    body = json.dumps(shown).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
