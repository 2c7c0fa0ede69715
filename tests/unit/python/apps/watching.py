"""Applications that look at their requests through the module `warp`."""
import logging
import threading

import warp

from common import PLAIN

events = []


def answer(start_response, *values):
    start_response("200 OK", PLAIN)
    return [" ".join(map(str, values)).encode()]


def warp_constants(environ, start_response):
    return answer(start_response, warp.version, warp.__version__, warp.process_group, warp.threads_per_process,
                  warp.maximum_processes, issubclass(warp.ClientDisconnected, ConnectionError),
                  warp.FileWrapper is environ["wsgi.file_wrapper"])


def request_facts(environ, start_response):
    other = []

    def look():
        other.append(warp.request_id())
        other.append(dict(warp.active_requests))
        try:
            warp.request_data()
        except RuntimeError as error:
            other.append(error)

    warp.request_data()["key"] = "value"
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return answer(start_response, warp.request_id(), warp.request_data(), other, len(warp.active_requests))


def request_data_is_new(environ, start_response):
    return answer(start_response, warp.request_data())


def watch(event, **payload):
    events.append((event, payload))


def wrap(event, application_object=None, **payload):
    def wrapped(environ, start_response):
        environ["wrapped"] = "yes"
        return application_object(environ, start_response)

    return {"application_object": wrapped} if event == "request_started" else None


def fail(event, **payload):
    raise LookupError("subscriber of " + event)


def subscribe(environ, start_response):
    subscriber = globals()[environ["QUERY_STRING"]]
    del events[:]
    return answer(start_response, warp.subscribe_events(subscriber) is subscriber)


def unsubscribe_all(environ, start_response):
    del warp._event_callbacks[:]
    return answer(start_response, "done")


def is_wrapped(environ, start_response):
    return answer(start_response, environ.get("wrapped", "no"))


def event_names(environ, start_response):
    names = [event for event, _ in events]
    return answer(start_response, *names)


def event_payload(environ, start_response):
    """Of the last event of that name."""
    (payload,) = [payload for event, payload in events if event == environ["QUERY_STRING"]][-1:]
    return answer(start_response, "\n".join("%s=%r" % item for item in sorted(payload.items())))


def reads_and_answers(environ, start_response):
    warp.request_data()["seen"] = environ["wsgi.input"].read().decode()
    start_response("201 Created", PLAIN)
    return [b"four", b"five5"]


def bad_subscriber(environ, start_response):
    try:
        warp.subscribe_events("text")
    except TypeError as error:
        return answer(start_response, error)


def log_handler(environ, start_response):
    handler = warp.LogHandler()
    handler.setFormatter(logging.Formatter("%(request_id)s %(request_data)s %(name)s %(message)s"))
    logger = logging.Logger("own")
    logger.addHandler(handler)
    warp.request_data()["user"] = 5
    logger.info("informed")
    logger.error("bad %s argument", "one", "two")
    return answer(start_response, "done")


def module_names(environ, start_response):
    import ast
    with open(environ["QUERY_STRING"]) as stub:
        tree = ast.parse(stub.read())
    described = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    described |= {node.target.id for node in tree.body if isinstance(node, ast.AnnAssign)}
    described |= {alias.asname for node in tree.body if isinstance(node, ast.ImportFrom) and node.level for alias in node.names}
    public = {name for name in vars(warp) if not name.startswith("_")} | {"__version__"}
    described = {name for name in described if not name.startswith("_") or name == "__version__"}
    undocumented = [name for name in public if name != "__version__" and callable(getattr(warp, name)) and not getattr(warp, name).__doc__]
    return answer(start_response, sorted(public ^ described), set(warp.__all__) ^ (public - {"__version__"}), undocumented)
