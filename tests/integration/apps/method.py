"""Answers with the request's method in a header field, and a text that is worth compressing; ?404 and its like choose the status."""


def application(environ, start_response):
    body = b"from the application " * 100
    status = environ["QUERY_STRING"] or "200"
    start_response(f"{status} Chosen", [("Content-Type", "text/plain"), ("X-Method", environ["REQUEST_METHOD"]),
                                        ("Content-Length", str(len(body)))])
    environ["wsgi.input"].read()
    return [body]
