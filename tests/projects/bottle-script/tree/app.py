import os

from bottle import route, run


@route("/")
def hello():
    return "hello"


run(host="0.0.0.0", port=int(os.environ["PORT"]))
