"""Sends a file of SCRATCH through wsgi.file_wrapper; the query names it. /tail starts in its middle, /memory has no descriptor,
/tagged has an ETag, /first_ten declares ten bytes."""
import io
import os


class Noisy(io.BytesIO):
    def close(self):
        print("file_wrapper: closed", flush=True)
        super().close()


def application(environ, start_response):
    more = {"/tagged": [("ETag", '"tag"')], "/first_ten": [("Content-Length", "10")]}.get(environ["PATH_INFO"], [])
    start_response("200 OK", [("Content-Type", "application/octet-stream")] + more)
    path = os.path.join(os.environ["WARP_TEST_SCRATCH"], environ["QUERY_STRING"])
    source = open(path, "rb")
    if environ["PATH_INFO"] == "/tail":
        source.seek(os.path.getsize(path) // 2)
    if environ["PATH_INFO"] == "/memory":
        with source:
            source = Noisy(source.read())
    return environ["wsgi.file_wrapper"](source, 8192)
