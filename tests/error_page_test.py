#!/usr/bin/env python3
"""The error page of development: well-formed, bounded and without secrets, whatever the exception and the request are.

Run by ctest, and by hand from anywhere: /usr/bin/python3 tests/error_page_test.py
"""
import pathlib
import unittest
import xml.etree.ElementTree

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "src/python/development/error_page.py"
page = {"__file__": "<warpdrive>"}
exec(compile(SOURCE.read_text(), "<warpdrive>", "exec"), page)


class Hostile(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def raised(function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:
        return error
    raise AssertionError("it has not raised")


def fail(error):
    raise error


def descend(depth):
    return descend(depth - 1) if depth else fail(ValueError("deep"))


def chain(length):
    try:
        if length:
            chain(length - 1)
        raise ValueError("first")
    except (ValueError, KeyError) as error:
        raise KeyError(length) from error


def text_in(html):
    tree = xml.etree.ElementTree.fromstring(html.decode().split("\n", 1)[1])
    return "".join(tree.itertext())


def shown(error, environ=None):
    """The text of the page, after both forms have been made."""
    page["text_page"](error, environ, "event").decode()
    return text_in(page["html_page"](error, environ, "event"))


class ErrorPage(unittest.TestCase):
    def test_is_well_formed_whatever_it_shows(self):
        hostile = "<script>alert(1)</script>&\"'\x00\x1b\x7f\x9f\udc80\ud800\uffff</pre>]]>"
        environ = {name: hostile for name in ("PATH_INFO", "REQUEST_METHOD", "HTTP_X", hostile)}
        text = shown(raised(fail, ValueError(hostile)), environ)
        self.assertIn("<script>alert(1)</script>", text)
        self.assertIn("\\x00\\x1b\\x7f\\x9f\\udc80\\ud800\\uffff", text)
        self.assertNotIn(b"<script", page["html_page"](raised(fail, ValueError(hostile)), environ, "event"))

    def test_shows_an_exception_without_a_text(self):
        self.assertIn("(its text can't be made)", shown(raised(fail, Hostile())))

    def test_shows_the_line_of_wrong_syntax(self):
        self.assertIn("/srv/site.py:1", shown(raised(compile, "def (:\n", "/srv/site.py", "exec")))

    def test_shows_both_ends_of_a_deep_traceback(self):
        text = shown(raised(descend, 900))
        self.assertIn("calls that are not shown", text)
        self.assertIn("raised", text)
        self.assertIn("fail", text)

    def test_names_the_causes(self):
        text = shown(raised(chain, 2))
        self.assertEqual(text.count("The cause of that"), 3)

    def test_is_bounded(self):
        large = "\"'<" * 10_000
        environ = {f"NAME_{number}_{large}": large for number in range(1000)}
        try:
            chain(300)
        except KeyError as error:
            for make in (page["html_page"], page["text_page"]):
                self.assertLess(len(make(error, environ, "event")), 3_000_000)
        self.assertLess(len(page["html_page"](raised(fail, ValueError(large)), None, "event")), 600_000)

    def test_hides_secrets(self):
        environ = {"HTTP_COOKIE": "geheim", "HTTP_AUTHORIZATION": "geheim", "HTTP_X_API_KEY": "geheim", "MY_PASSWORD": "geheim",
                   "HTTP_X_CSRFTOKEN": "geheim", "client.secret": "geheim",
                   "QUERY_STRING": "a=1&access_token=geheim&b=2", "REQUEST_URI": "/x?password=geheim#c",
                   "HTTP_REFERER": "http://host/?my-api-key=geheim", "BROKER": "amqp://user:geheim@host/queue",
                   "LONG": "x" * 390 + "?token=geheim"}
        for make in (page["html_page"], page["text_page"]):
            text = make(raised(fail, ValueError("x")), environ, "event").decode()
            self.assertNotIn("geheim", text)
            self.assertIn("a=1", text)
            self.assertIn("amqp://user:(hidden)@host/queue", text)

    def test_asks_no_object_of_the_request_for_its_text(self):
        class Loud:
            def __repr__(self):
                raise AssertionError("asked")

        text = shown(raised(fail, ValueError("x")), {"app.loud": Loud(), "wsgi.version": (1, 0), "wsgi.multithread": True})
        self.assertIn("Loud>", text)
        self.assertIn("(1, 0)", text)


if __name__ == "__main__":
    unittest.main()
