#!/usr/bin/python3
"""Stands in for warp-worker-X.Y: takes channels and answers each request with the damage that its query names."""
import array
import mmap
import os
import select
import socket
import struct
import sys

CONNECTOR, SCOREBOARD, STATUS = 5, 4, 6

# src/wire/PROTOCOL.md
HEAD_REQUEST, BODY_REQUEST, CREDIT, HEAD, BODY, BROKEN, REJECTED = 1, 2, 4, 5, 6, 7, 8


def frame(kind, payload=b"", flags=0, version=1, length=None, reserved=0):
    return struct.pack("<BBBBI", version, kind, flags, reserved, len(payload) if length is None else length) + payload


def field(name, value):
    return struct.pack("<H", len(name)) + name + struct.pack("<I", len(value)) + value


def head(status=200, reason=b"OK", fields=((b"Content-Type", b"text/plain"),), count=None):
    return (struct.pack("<HH", status, len(reason)) + reason + struct.pack("<H", len(fields) if count is None else count)
            + b"".join(field(*each) for each in fields))


GOOD_HEAD = frame(HEAD, head())
GOOD = GOOD_HEAD + frame(BODY, b"good", flags=1)

# These arrive before a head that could be used: the client gets 502.
BEFORE_HEAD = {
    "nothing": b"",
    "noise": bytes(range(7, 250)),
    "text": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
    "other-version": frame(HEAD, head(), version=2),
    "reserved-byte": frame(HEAD, head(), reserved=1),
    "unknown-type": frame(99, b"x"),
    "childs-frame": frame(HEAD_REQUEST, b"x" * 40),
    "unknown-flag": frame(HEAD, head(), flags=0x80),
    "huge-length": frame(HEAD, b"", length=0xFFFFFFFF),
    "oversized-head": frame(HEAD, head(fields=((b"X-Large", b"x" * 300_000),))),
    "body-first": frame(BODY, b"body"),
    "broken-first": frame(BROKEN),
    "half-a-frame-head": frame(HEAD, head())[:5],
    "half-a-head": frame(HEAD, head())[:20],
    "short-payload": frame(HEAD, head()[:9]),
    "long-payload": frame(HEAD, head() + b"more"),
    "status-0": frame(HEAD, head(status=0)),
    "status-100": frame(HEAD, head(status=100)),
    "status-65535": frame(HEAD, head(status=65535)),
    "split-reason": frame(HEAD, head(reason=b"OK\r\nX-Injected: yes")),
    "split-value": frame(HEAD, head(fields=((b"X-A", b"b\r\nX-Injected: yes"),))),
    "nul-in-value": frame(HEAD, head(fields=((b"X-A", b"b\0c"),))),
    "empty-name": frame(HEAD, head(fields=((b"", b"value"),))),
    "space-in-name": frame(HEAD, head(fields=((b"X A", b"value"),))),
    "colon-in-name": frame(HEAD, head(fields=((b"X:A", b"value"),))),
    "too-many-fields": frame(HEAD, head(count=60_000)),
    "credit-without-body": frame(CREDIT, struct.pack("<I", 100)),
    "short-credit": frame(CREDIT, b"x"),
}

# These follow a good head: the client gets a broken response.
AFTER_HEAD = {
    "cut-off": GOOD_HEAD + frame(BODY, b"some"),
    "second-head": GOOD_HEAD + GOOD_HEAD,
    "noise-after-head": GOOD_HEAD + b"\xff" * 64,
    "huge-body": GOOD_HEAD + frame(BODY, b"", length=0x7FFFFFFF),
    "broken": GOOD_HEAD + frame(BODY, b"some") + frame(BROKEN),
    "rejected-after-head": GOOD_HEAD + frame(REJECTED),
}

# These are whole responses with more behind: what belongs to the next request must never come from here.
AFTER_END = {
    "surplus": GOOD + frame(BODY, b"surplus"),
    "next-response": GOOD + frame(HEAD, head(fields=((b"X-Injected", b"yes"),))) + frame(BODY, b"evil", flags=1),
}

ALL = {**BEFORE_HEAD, **AFTER_HEAD, **AFTER_END, "good": GOOD}


def damage_named_in(request):
    for name, data in ALL.items():
        if b"damage=" + name.encode() + b"." in request:
            return name, data
    return None, None


def spoil_scoreboard():
    with mmap.mmap(SCOREBOARD, os.fstat(SCOREBOARD).st_size) as board:
        board[:] = b"\xff" * len(board)


def take_channel(connector):
    room = array.array("i")
    data, ancillary, _, _ = connector.recvmsg(64, socket.CMSG_SPACE(room.itemsize))
    if not data:
        sys.exit(0)
    for _, _, content in ancillary:
        room.frombytes(content[:room.itemsize])
    return socket.socket(fileno=room[0])


def main():
    os.write(STATUS, b"R")
    connector = socket.socket(fileno=CONNECTOR)
    received = {}
    while True:
        for ready in select.select([connector, *received], [], [])[0]:
            if ready is connector:
                received[take_channel(connector)] = b""
                continue
            try:
                data = ready.recv(65_536)
            except ConnectionError:
                data = b""
            received[ready] += data
            name, damage = damage_named_in(received[ready])
            if not data or name:
                if name and b"spoil=yes" in received[ready]:
                    spoil_scoreboard()
                try:
                    ready.sendall(damage or b"")
                except ConnectionError:
                    pass
                # A good channel is kept, as a worker's is; on any other the last thing is its end.
                if data and name in ("good", *AFTER_END):
                    received[ready] = b""
                else:
                    received.pop(ready)
                    ready.close()


if __name__ == "__main__":
    main()
