#!/usr/bin/python3
"""Stands in for warp-worker-X.Y: answers each request with the misdeed that its query names, `?do=NAME.`"""
import array
import fcntl
import mmap
import os
import re
import select
import socket
import struct
import sys
import termios
import threading
import time

# The program and its modules lie in one folder.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import hostile_frames as frames
from hostile_descriptors import (MIB, body_memory, descriptor_flood, many_files, memory_then, memory_twice, opened, pipe_end,
                                 regular_file, restless_memory, sends, shrinking_file, socket_end)
from hostile_frames import BODY, END, GOOD, GOOD_HEAD, HEAD_REQUEST, credit, frame, head, log, part, shared, sized

CONNECTOR, SCOREBOARD, STATUS = 5, 4, 6


class Channel:
    """The worker's end."""

    def __init__(self, end):
        self.socket = end

    def send(self, data, descriptors=()):
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        sent = self.socket.sendmsg([data], rights)
        self.socket.sendall(data[sent:])

    def _read(self, size):
        data = b""
        while len(data) < size:
            piece = self.socket.recv(size - len(data))
            if not piece:
                raise ConnectionError("the child has closed the channel")
            data += piece
        return data

    def read_frame(self):
        _, kind, flags, _, length = struct.unpack("<BBBBI", self._read(8))
        return kind, flags, self._read(length)

    def await_request(self):
        """The head, whose environ is not taken apart; what comes with it of the body is dropped."""
        kind, _, payload = self.read_frame()
        assert kind == HEAD_REQUEST
        preload, = struct.unpack_from("<I", payload, 34)
        while preload > 0:
            preload -= len(self.read_frame()[2])
        return payload

    def await_close(self):
        while self.socket.recv(65_536):
            pass


# Misdeeds with time.
def endless(data, pause=0):
    def misdeed(channel):
        while True:
            channel.send(data)
            time.sleep(pause)
    return misdeed


def trickle(data, pause):
    def misdeed(channel):
        for byte in data:
            channel.send(bytes([byte]))
            time.sleep(pause)
    return misdeed


def silence(channel):
    channel.await_close()


def after(data, misdeed):
    def both(channel):
        channel.send(data)
        misdeed(channel)
    return both


def half_closed(channel):
    channel.send(GOOD_HEAD)
    channel.socket.shutdown(socket.SHUT_WR)
    channel.await_close()


PIECE = 65_536


def fitting():
    """Bytes of pieces that a socket takes of which nobody reads."""
    sender, receiver = socket.socketpair()
    with sender, receiver:
        sender.setblocking(False)
        try:
            while True:
                sender.send(bytes(PIECE + 8))
        except BlockingIOError:
            return unread(receiver)


def unread(end):
    count = array.array("i", [0])
    fcntl.ioctl(end, termios.FIONREAD, count)
    return count[0]


def reads_no_body(channel):
    """As much of the body is asked for as fits, and with the head for a piece that does not."""
    room = fitting()
    while room - (before := unread(channel.socket)) > PIECE:
        channel.send(credit(PIECE))
        while unread(channel.socket) == before:
            time.sleep(0.001)
    channel.send(GOOD_HEAD + credit(PIECE))
    poll = select.poll()
    poll.register(channel.socket, select.POLLRDHUP)
    poll.poll(20_000)


# More than bytes: the client gets 502 or a broken response.
MISDEEDS = {
    "file-first": sends(part(4), regular_file),
    "file-is-directory": sends(GOOD_HEAD + part(4), opened("/")),
    "file-is-socket": sends(GOOD_HEAD + part(4), socket_end),
    "file-is-pipe": sends(GOOD_HEAD + part(4), pipe_end),
    "file-is-device": sends(GOOD_HEAD + part(4), opened("/dev/zero")),
    "file-is-empty-in-proc": sends(GOOD_HEAD + part(4), opened("/proc/self/status")),
    "file-for-writing": sends(GOOD_HEAD + part(4), lambda: regular_file(4, os.O_WRONLY)),
    "file-as-path": sends(GOOD_HEAD + part(4), opened("/etc/passwd", os.O_PATH)),
    "file-too-short": sends(GOOD_HEAD + part(5), regular_file),
    "file-past-its-end": sends(GOOD_HEAD + part(1, offset=4), regular_file),
    "file-overflow": sends(GOOD_HEAD + part(2**64 - 1, offset=2**64 - 1), regular_file),
    "file-negative": sends(GOOD_HEAD + part(1, offset=2**63), regular_file),
    "file-short-of-length": sends(sized(b"10") + part(4), regular_file),
    "file-two-descriptors": sends(GOOD_HEAD + part(4), regular_file, 2),
    "file-200-descriptors": sends(GOOD_HEAD + part(4), regular_file, 200),
    "many-files": many_files,
    "descriptor-with-body": sends(GOOD_HEAD + frame(BODY, b"some"), regular_file),
    "descriptor-with-head": sends(GOOD_HEAD, regular_file),
    "descriptor-with-log": sends(log(7, b"text"), regular_file),
    "descriptor-flood": descriptor_flood,
    "memory-is-file": sends(frame(frames.MEMORY), opened("/etc/passwd")),
    "memory-is-pipe": sends(frame(frames.MEMORY), pipe_end),
    "memory-can-shrink": memory_then(shared(4), regular_file),
    "memory-can-shrink-sealed": memory_then(shared(4), lambda: body_memory(fcntl.F_SEAL_GROW)),
    "memory-too-small": memory_then(shared(4), lambda: body_memory(size=4096)),
    "memory-too-large": memory_then(shared(4), lambda: body_memory(size=1 << 40)),
    "memory-twice": memory_twice,
    "shared-outside": memory_then(shared(2, offset=MIB - 1)),
    "shared-overflow": memory_then(shared(2**63 - 1, offset=1)),
    "shared-of-no-bytes": memory_then(shared(0)),
    "half-closed": half_closed,
    "credit-0": lambda channel: channel.send(credit(0) + GOOD),
    "credit-twice": lambda channel: channel.send(credit(10) + credit(10) + GOOD),
    "credit-of-3-bytes": lambda channel: channel.send(frame(frames.CREDIT, b"\1\0\0") + GOOD),
    "credit-unanswered": lambda channel: channel.send(credit(10)),
    **{f"cut-after-{size}": lambda channel, size=size: channel.send(GOOD[:size]) for size in range(1, len(GOOD))},
}

# The child would wait for ever: the client gets 504, or a broken response after a head.
WAITS = {
    "silence": silence,
    "silence-after-head": after(GOOD_HEAD, silence),
    "silence-in-head": after(GOOD[:20], silence),
    "silence-in-body": after(GOOD[:-2], silence),
    "log-flood": endless(log(7, b"flood " * 100)),
    "log-flood-after-head": after(GOOD_HEAD, endless(log(7, b"flood " * 100))),
    "log-trickle": endless(log(7, b"x"), 0.1),
    "byte-trickle": trickle(frame(frames.HEAD, head(fields=((b"X-Large", b"x" * 200_000),))), 0.05),
    "byte-trickle-after-head": after(GOOD_HEAD, trickle(frame(BODY, b"x" * 100_000), 0.05)),
}


# Behaviour within the rules that is easier shown from here than by an application.
def rest_of_body(channel, size):
    """What comes for the credit that is open and for those that follow, to the end."""
    count = 0
    while True:
        _, flags, piece = channel.read_frame()
        count += len(piece)
        if flags & END:
            return count
        channel.send(credit(size))


def takes_body(size):
    """The client gets the number of bytes that have arrived."""
    def behaviour(channel):
        channel.send(credit(size))
        channel.send(GOOD_HEAD + frame(BODY, b"%d" % rest_of_body(channel, size), END))
    return behaviour


def talks_while_it_listens(channel):
    """A credit is open all the time; pieces of the response, and lines for the log, do not wait for it."""
    channel.send(GOOD_HEAD + credit(65_536))
    for number in range(5):
        channel.send(frame(BODY, b"piece %d\n" % number) + log(6, b"said %d" % number))
        time.sleep(0.05)
    channel.send(frame(BODY, b"heard %d\n" % rest_of_body(channel, 65_536), END))


def ends_with_open_credit(channel):
    channel.send(credit(100) + GOOD)
    channel.await_close()


def whole_file(size, fields=(), flags=END):
    def behaviour(channel):
        sends(frame(frames.HEAD, head(fields=((b"Content-Type", b"text/plain"), *fields))) + part(size, flags=flags),
              lambda: regular_file(size))(channel)
    return behaviour


def two_files(channel):
    channel.send(sized(b"8"))
    sends(part(4, flags=0), regular_file)(channel)
    sends(part(4), regular_file)(channel)


def scoreboard_full_of_nonsense(channel):
    with mmap.mmap(SCOREBOARD, os.fstat(SCOREBOARD).st_size) as board:
        board[:] = b"\xff" * len(board)
    channel.send(GOOD)


LOG_RECORDS = {
    "lines": log(3, b"first\nsecond\r\nthird\n"),
    "levels": b"".join(log(level, b"at level %d" % level) for level in range(2, 8)),
    "forged": log(3, b"x\n[Mon Jan 01 00:00:00 2024] [core:crit] forged\r[y] \x1b[31mred\0hidden"),
    "long": log(3, b"<" + b"long " * 12_000 + b">"),
    "backslashes": log(3, b"\\" * 30_000),
}

BEHAVIOURS = {
    "credit-4-gib": takes_body(0xFFFFFFFF),
    "credit-100": takes_body(100),
    "duplex": talks_while_it_listens,
    "ends-with-open-credit": ends_with_open_credit,
    "credit-unread": reads_no_body,
    "shrinking-file": shrinking_file,
    "shared": memory_then(shared(4)),
    "restless-memory": restless_memory,
    "trickled-good": trickle(GOOD, 0.005),
    "file": whole_file(4),
    "file-validated": whole_file(100_000, ((b"ETag", b'"one"'), (b"Last-Modified", b"Mon, 01 Jan 2024 00:00:00 GMT"))),
    "file-ranged": whole_file(100_000, ((b"Content-Range", b"bytes 0-99999/200000"),)),
    "file-without-ranges": whole_file(100_000, ((b"Accept-Ranges", b"none"),)),
    "file-mib": whole_file(MIB),
    "file-large": whole_file(3 * 1024 * MIB),
    "two-files": two_files,
    "spoil": scoreboard_full_of_nonsense,
    **{f"log-{name}": lambda channel, data=data: channel.send(data + GOOD) for name, data in LOG_RECORDS.items()},
}

BYTES = {**frames.BEFORE_HEAD, **frames.AFTER_HEAD, **frames.AFTER_END, **frames.ALLOWED}
# After these the channel is kept, as a worker's is; after any other its end is the last thing.
KEPT = {*frames.AFTER_END, *frames.ALLOWED, *BEHAVIOURS} - {"ends-with-open-credit", "credit-unread", "shared", "restless-memory"}


def serve(channel):
    try:
        while True:
            name = re.search(rb"do=([\w-]+)\.", channel.await_request()).group(1).decode()
            if name in BYTES:
                channel.send(BYTES[name])
            else:
                {**MISDEEDS, **WAITS, **BEHAVIOURS}[name](channel)
            if name not in KEPT:
                break
    except OSError:
        pass
    finally:
        channel.socket.close()


def take_channel(connector):
    room = array.array("i")
    data, ancillary, _, _ = connector.recvmsg(64, socket.CMSG_SPACE(room.itemsize))
    if not data:
        os._exit(0)
    for _, _, content in ancillary:
        room.frombytes(content[:room.itemsize])
    return Channel(socket.socket(fileno=room[0]))


def main():
    os.write(STATUS, b"R")
    connector = socket.socket(fileno=CONNECTOR)
    connector.setblocking(True)
    while True:
        threading.Thread(target=serve, args=(take_channel(connector),), daemon=True).start()


if __name__ == "__main__":
    main()
