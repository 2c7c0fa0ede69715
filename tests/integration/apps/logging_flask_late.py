"""Flask's own logger, used in requests only."""
from flask import Flask

application = Flask(__name__)


@application.route("/says")
def says():
    application.logger.warning("late flask warned")
    return "said"
