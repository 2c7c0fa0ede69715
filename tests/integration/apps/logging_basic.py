"""An application that configures logging in the shortest way."""
import logging

logging.basicConfig(level=logging.INFO, format="basic %(levelname)s %(message)s")


def application(environ, start_response):
    logging.info("informed")
    logging.getLogger("a.b").error("failed")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"said"]
