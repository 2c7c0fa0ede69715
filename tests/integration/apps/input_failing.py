"""Reads the whole body; writes to the error log how that ended when the client leaves in the middle."""


def application(environ, start_response):
    try:
        while environ["wsgi.input"].read(65_536):
            pass
    except OSError as error:
        print(f"input_failing: {type(error).__name__}", file=environ["wsgi.errors"])
        raise
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"all"]
