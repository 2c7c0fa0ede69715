"""HTTP/1.1 byte by byte: requests as they may be and as they may not, to a server as start-server configures it."""
import json

import pytest

from support import http_corpus
from support.express import Express
from support.raw_http import Broken, Response

APPLICATION = '''
import itertools, json

numbers = itertools.count()


def report(environ):
    fields = {name: value for name, value in environ.items() if name.startswith("HTTP_") and name != "HTTP_HOST"}
    return {"method": environ["REQUEST_METHOD"], "target": environ["REQUEST_URI"], "path": environ["PATH_INFO"],
            "query": environ["QUERY_STRING"], "protocol": environ["SERVER_PROTOCOL"], "host": environ.get("HTTP_HOST"),
            "type": environ.get("CONTENT_TYPE") or None, "length": environ.get("CONTENT_LENGTH") or None, "fields": fields,
            "path_length": len(environ["PATH_INFO"]), "longest": max(map(len, fields.values()), default=0),
            "number": next(numbers)}


def application(environ, start_response):
    seen = report(environ)
    if seen["path"] != "/unread":
        seen["body"] = environ["wsgi.input"].read().decode("latin-1")
    for name in [name for name in seen if len(str(seen[name])) > 3000]:
        del seen[name]
    folder, _, status = environ["PATH_INFO"][1:].partition("/")
    start_response((status if folder == "status" else "200") + " Said",
                   [("Content-Type", "text/plain"), ("X-Report", json.dumps(seen))])
    return iter([b"un" * 300_000, b"sized" * 100_000]) if folder == "unsized" else [b"seen\\n"]
'''
PROBE = b"GET /probe HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n"
CASES = http_corpus.all_cases()


@pytest.fixture(scope="module")
def site(prefix):
    made = Express(prefix, "--processes", "1").write_project({"wsgi.py": APPLICATION})
    try:
        yield made.start()
        # What httpd says of a path that it does not decode, and of bodies that are damaged or end early.
        made.log.allow("AH00026|AH10244|AH01592|request body|ClientDisconnected")
        made.stop()
    finally:
        made.discard()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_answers(site, case):
    before = calls(site)
    with site.connect() as connection:
        send(connection, case)
        for answer in case.answers:
            check_answer(connection, answer)
        if case.ending == "kept":
            assert report_of(receive(connection))["path"] == "/probe"
        if case.ending == "ended":
            check_end(connection)
        assert connection.is_closed_by_server() and not connection.has_bytes()
    called = sum(answer.report is not None for answer in case.answers) + (case.ending == "kept")
    # Of a request that the client does not finish, the application may have seen the beginning.
    assert case.ending == "ended" or calls(site) - before == called + 1


def test_each_case_has_a_name_of_its_own_and_its_place_in_the_standard():
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) > 150
    assert [name for name in names if ": RFC " not in name] == []


def send(connection, case):
    """All at once, so that what stands behind the request is there when it is read."""
    if case.ending == "ended":
        connection.send(case.request)
        connection.send_end()
    else:
        connection.send(case.request + PROBE)


def check_answer(connection, answer):
    response = receive(connection)
    assert response.status == answer.status
    report = report_of(response)
    if answer.report is None:
        assert report is None, "the application was called"
        return
    wanted = answer.report | {"answer": answer.report.get("answer", {})}
    found = {name: report.get(name) for name in wanted} | {
        "answer": {name: response.head.get(name) for name in wanted["answer"]}}
    assert found == wanted


def check_end(connection):
    """Nobody may be left to be told, but if somebody is, then of an error."""
    try:
        assert receive(connection).status in (400, 499)
    except (Broken, ConnectionError):
        assert not connection.has_bytes()


def receive(connection):
    head = connection.read_head()
    said = head.get("X-Report")
    method = (json.loads(said) if said else {}).get("method", "GET")
    return Response(head, connection.read_body(head, method))


def report_of(response):
    said = response.head.get("X-Report")
    return json.loads(said) if said else None


def calls(site):
    """The number of the application's call that this makes."""
    return report_of(site.fetch("/calls"))["number"]
