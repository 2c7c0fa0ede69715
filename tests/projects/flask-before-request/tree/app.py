from flask import Flask, abort, request

app = Flask(__name__)


@app.before_request
def ask_for_login():
    if "session" not in request.cookies:
        abort(401)
