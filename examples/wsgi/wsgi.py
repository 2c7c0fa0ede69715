"""A WSGI application without a framework: one page that shows what the server tells about a request."""
from html import escape

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>WSGI environment</title>
  <style>
    :root {{ color-scheme: light dark; --line: #8884; --muted: #777; }}
    body {{ margin: 0 auto; max-width: 60rem; padding: 1.25rem; font: 1rem/1.5 system-ui, sans-serif; }}
    table {{ width: 100%; border-collapse: collapse; table-layout: fixed; }}
    th, td {{ padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }}
    th {{ width: 32%; font: .85rem/1.6 ui-monospace, monospace; }}
    td {{ font: .85rem/1.6 ui-monospace, monospace; }}
    p {{ color: var(--muted); }}
  </style>
</head>
<body>
  <h1>WSGI environment</h1>
  <p>{method} {path}: {body_length} bytes of body were read.</p>
  <table>
{rows}
  </table>
</body>
</html>
"""

# Credentials of the visitor stay out of the page.
PRIVATE = {"HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_PROXY_AUTHORIZATION"}


def application(environ, start_response):
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD", "POST"):
        start_response("405 Method Not Allowed", [("Allow", "GET, HEAD, POST"), ("Content-Type", "text/plain")])
        return [b"Only GET, HEAD and POST are answered here.\n"]
    page = render(environ, body_length=count_body(environ)).encode()
    start_response("200 OK", [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Cache-Control", "no-store"),
    ])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]


def count_body(environ):
    # Not every server ends the stream where the body ends; the ones that do say so.
    left = float("inf") if environ.get("wsgi.input_terminated") else int(environ.get("CONTENT_LENGTH") or 0)
    total = 0
    while left > 0 and (block := environ["wsgi.input"].read(min(left, 65536))):
        total += len(block)
        left -= len(block)
    return total


def render(environ, body_length):
    rows = "\n".join(
        f"    <tr><th>{escape(name)}</th><td>{escape(shown(name, value))}</td></tr>"
        for name, value in sorted(environ.items())
    )
    path = shown("", environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""))
    return PAGE.format(method=escape(environ["REQUEST_METHOD"]), path=escape(path),
                       body_length=body_length, rows=rows)


def shown(name, value):
    if name in PRIVATE:
        return "(not shown)"
    # PEP 3333: header text comes as latin-1; show what its bytes mean.
    if isinstance(value, str):
        return value.encode("latin-1", "replace").decode("utf-8", "replace")
    return repr(value)
