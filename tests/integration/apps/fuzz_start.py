"""Calls start_response with the arguments that the request's body is the repr of."""
import ast


class Text(str):
    """A str that is not quite one."""


def application(environ, start_response):
    arguments = ast.literal_eval(environ["wsgi.input"].read().decode("ascii"))
    if environ["QUERY_STRING"] == "subclass" and arguments and isinstance(arguments[0], str):
        arguments = (Text(arguments[0]), *arguments[1:])
    try:
        start_response(*arguments)
    except (TypeError, ValueError) as error:
        start_response("200 OK", [("X-Refused", type(error).__name__)])
        return [str(error).encode("utf-8", "backslashreplace")]
    return [b"accepted"]
