"""Other servers behind this one: by URL and by name, with WebSockets."""
import socket

import pytest

from support import curl
from support.upgrade_server import UpgradeServer

APPLICATION = '''
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"from the application"]
'''


@pytest.fixture
def other():
    with UpgradeServer() as server:
        yield server


def start(express, *arguments):
    return express(*arguments).write_project({"wsgi.py": APPLICATION}).start()


def receive_until(connection, is_enough):
    received = b""
    while not is_enough(received):
        piece = connection.recv(65536)
        assert piece, f"the connection ended after {received}"
        received += piece
    return received


def talk_over_websocket(site, path, host="localhost"):
    with socket.create_connection(("127.0.0.1", site.port), 20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode())
        received = receive_until(connection, lambda so_far: b"\r\n\r\n" in so_far)
        assert received.startswith(b"HTTP/1.1 101 "), received
        assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in received
        for message in (b"\x81\x05hello", b"\x82\x03abc"):
            connection.sendall(message)
            assert receive_until(connection, lambda so_far: len(so_far) >= len(message)) == message


@pytest.mark.parametrize("target", ["", "/"])
def test_hands_a_url_to_another_server(express, other, target):
    site = start(express, "--proxy-mount-point", "/chat", f"http://127.0.0.1:{other.port}{target}")
    head = curl.get(site.url("/chat/a%20b?c=d"), "--header", "X-Forwarded-Proto: https").body.decode()
    assert head.startswith("GET /a%20b?c=d HTTP/1.1\r\n")
    for field in ("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http\r\n", f"X-Forwarded-Port: {site.port}", "X-Forwarded-Prefix: /chat",
                  f"Host: 127.0.0.1:{site.port}"):
        assert field in head
    for path in ("/", "/chatter"):
        assert curl.get(site.url(path)).body == b"from the application"
    site.stop()


def test_hands_a_host_to_another_server(express, other):
    site = start(express, "--proxy-virtual-host", "chat.example.org", f"http://127.0.0.1:{other.port}")
    head = curl.get(site.url("/x"), "--header", "Host: chat.example.org").body.decode()
    assert head.startswith("GET /x HTTP/1.1\r\n") and "Host: chat.example.org" in head
    assert curl.get(site.url("/x")).body == b"from the application"
    site.stop()


def test_passes_websockets_on(express, other):
    target = f"http://127.0.0.1:{other.port}"
    site = start(express, "--proxy-mount-point", "/chat", target, "--proxy-virtual-host", "chat.example.org", target, "--proxy-timeout", "20")
    talk_over_websocket(site, "/chat/room")
    talk_over_websocket(site, "/", "chat.example.org")
    site.stop()


def test_answers_503_when_the_other_server_is_away(express):
    with UpgradeServer() as gone:
        port = gone.port
    site = express("--proxy-mount-point", "/chat", f"http://127.0.0.1:{port}").write_project({"wsgi.py": APPLICATION})
    site.log.allow("AH00957|AH01114")
    site.start()
    assert curl.get(site.url("/chat")).status == 503
    site.stop()
