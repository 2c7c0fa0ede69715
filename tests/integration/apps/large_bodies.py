"""As many bytes as `size` says, in pieces of `piece` bytes, which tell `seed` at every place."""
from urllib.parse import parse_qs


def content(seed, size):
    line = b"".join(b"%s:%07d\n" % (seed.encode(), number) for number in range(size // (len(seed) + 9) + 1))
    return line[:size]


def application(environ, start_response):
    query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    body = content(query["seed"], int(query["size"]))
    piece = int(query.get("piece", len(body)))
    headers = [("Content-Type", "text/plain")]
    if "sized" in query:
        headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return (body[start:start + piece] for start in range(0, len(body), piece))
