"""Says in the log when the iterable is closed."""


class Iteration:
    def __init__(self, pieces):
        self._pieces = pieces

    def __iter__(self):
        return iter(self._pieces)

    def close(self):
        print("closing: closed", flush=True)


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return Iteration([b"a", b"", b"b"])
