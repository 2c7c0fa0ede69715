"""Flask's own logger, used before and in requests."""
from flask import Flask

application = Flask(__name__)
early = application.logger  # to which Flask gives a handler of its own, as nobody else has one yet
early.error("flask at import")


@application.route("/says")
def says():
    application.logger.warning("flask warned")
    return "said"


@application.route("/fails")
def fails():
    raise KeyError("flask failed")
