"""An application that configures logging with the server's handler."""
import logging.config

logging.config.dictConfig({
    "version": 1,
    "formatters": {"short": {"format": "dict %(name)s %(request_id)s %(message)s"}},
    "handlers": {"server": {"class": "warp.LogHandler", "formatter": "short"}},
    "root": {"handlers": ["server"], "level": "INFO"},
})


def application(environ, start_response):
    logging.debug("hidden")
    logging.getLogger("a.b").info("informed")
    logging.getLogger("a.b").error("failed")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["warp.request_id"].encode()]
