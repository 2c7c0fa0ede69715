"""HTTP/1.1 by hand: for what a good client library would not send, or would hide."""
import select
import socket
from dataclasses import dataclass, field

from support.waiting import SLOWNESS


class Broken(Exception):
    """The message ended before it was complete."""


@dataclass
class Head:
    status: int
    reason: str
    fields: list = field(default_factory=list)

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def get(self, name):
        return ", ".join(self.all(name)) or None


@dataclass
class Response:
    head: Head
    body: bytes

    @property
    def status(self):
        return self.head.status


class RawConnection:
    def __init__(self, port, seconds=15, receive_buffer=None):
        self.host = f"localhost:{port}"
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(seconds * SLOWNESS)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def send_end(self):
        """Nothing more comes from here."""
        self.socket.shutdown(socket.SHUT_WR)

    def send_head(self, method, path, *fields):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", *fields, "", ""]
        self.send("\r\n".join(lines).encode("latin-1"))

    def request(self, method, path, *fields, body=b""):
        """Sends a whole request, reads the whole response."""
        if body:
            fields += (f"Content-Length: {len(body)}",)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", *fields, "", ""]
        self.send("\r\n".join(lines).encode("latin-1") + body)
        return self.read_response(method)

    def send_chunk(self, data):
        self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def read_response(self, method="GET"):
        head = self.read_head()
        return Response(head, self.read_body(head, method))

    def read_head(self):
        lines = self.read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        _, status, reason = (lines[0] + "  ").split(" ", 2)
        return Head(int(status), reason.strip(),
                    [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if line])

    def read_body(self, head, method="GET"):
        if method == "HEAD" or head.status < 200 or head.status in (204, 304):
            return b""
        if head.get("Transfer-Encoding") == "chunked":
            return b"".join(iter(self.read_chunk, b""))
        if head.get("Content-Length") is not None:
            return self.read_exactly(int(head.get("Content-Length")))
        return self.read_to_end()

    def read_chunk(self):
        """One chunk's bytes; b"" for the last."""
        size = int(self.read_until(b"\r\n").split(b";")[0], 16)
        data = self.read_exactly(size)
        if self.read_exactly(2) != b"\r\n":
            raise Broken("no line end after a chunk")
        return data

    def read_exactly(self, size):
        while len(self._buffer) < size:
            self._fill()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def read_until(self, mark):
        while mark not in self._buffer:
            self._fill()
        data = self.read_exactly(self._buffer.index(mark))
        del self._buffer[:len(mark)]
        return data

    def read_to_end(self):
        while True:
            try:
                self._fill()
            except Broken:
                return self.read_exactly(len(self._buffer))

    def has_bytes(self):
        """Something of a message has arrived, and not been taken."""
        return bool(self._buffer)

    def is_readable(self):
        """The next bytes, or the end, are there already."""
        poll = select.poll()
        poll.register(self.socket, select.POLLIN | select.POLLRDHUP)
        return bool(poll.poll(0))

    def is_closed_by_server(self):
        """Waits for the next bytes or the end, whichever comes."""
        try:
            self._fill()
        except (Broken, ConnectionError):
            return True
        return False

    def has_silence(self, seconds=0.3):
        """Nothing arrives for this time."""
        before = self.socket.gettimeout()
        self.socket.settimeout(seconds)
        try:
            self._fill()
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(before)
        return False

    def _fill(self):
        data = self.socket.recv(262_144)
        if not data:
            raise Broken(f"connection closed after {bytes(self._buffer[:200])!r}")
        self._buffer += data


def fetch(port, path, method="GET", *fields, body=b""):
    """One request on a connection of its own."""
    with RawConnection(port) as connection:
        return connection.request(method, path, "Connection: close", *fields, body=body)
