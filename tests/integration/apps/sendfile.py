"""Names a file of SCRATCH in X-Sendfile, by a path that is given in the query after the kind of answer."""
import os

from wsgiref.validate import validator


@validator
def application(environ, start_response):
    kind, _, path = environ["QUERY_STRING"].partition(",")
    fields = [("Content-Type", "text/x-kept"), ("X-Sendfile", os.path.join(os.environ["WARP_TEST_SCRATCH"], path))]
    if kind == "etag":
        fields.append(("ETag", '"one"'))
    start_response("200 OK", fields)
    return [b"", b"in its place"]
