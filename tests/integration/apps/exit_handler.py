"""Has something to do at the end of the process."""
import atexit
from wsgiref.validate import validator

atexit.register(print, "exit_handler: ran", flush=True)


@validator
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
