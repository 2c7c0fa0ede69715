"""As many bytes as `size` says, in pieces of `piece` bytes, which tell `seed` at every place."""
from urllib.parse import parse_qs

LINE = 256  # at least so many bytes


def content(seed, size):
    lines = (b"%s:%07d".ljust(LINE, b".") % (seed.encode(), number) for number in range(size // LINE + 1))
    return b"".join(lines)[:size]


def application(environ, start_response):
    query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    body = content(query["seed"], int(query["size"]))
    piece = int(query.get("piece", len(body)))
    headers = [("Content-Type", "text/plain")]
    if "sized" in query:
        headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return (body[start:start + piece] for start in range(0, len(body), piece))
