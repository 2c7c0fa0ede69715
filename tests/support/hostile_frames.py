"""Bytes that a worker may send, and many that it may not (src/wire/PROTOCOL.md). Used by the hostile worker and by its tests."""
import struct

(HEAD_REQUEST, BODY_REQUEST, ABORT, CREDIT, HEAD, BODY, BROKEN, REJECTED, FILE, INTERIM, LOG, MEMORY,
 SHARED) = range(1, 14)
END = 1


def frame(kind, payload=b"", flags=0, version=1, length=None, reserved=0):
    return struct.pack("<BBBBI", version, kind, flags, reserved, len(payload) if length is None else length) + payload


def field(name, value):
    return struct.pack("<H", len(name)) + name + struct.pack("<I", len(value)) + value


def head(status=200, reason=b"OK", fields=((b"Content-Type", b"text/plain"),), count=None):
    return (struct.pack("<HH", status, len(reason)) + reason + struct.pack("<H", len(fields) if count is None else count)
            + b"".join(field(*each) for each in fields))


def sized(*lengths):
    return frame(HEAD, head(fields=[(b"Content-Length", length) for length in lengths]))


def credit(size):
    return frame(CREDIT, struct.pack("<I", size))


def interim(fields=((b"Link", b"</style.css>; rel=preload"),), status=103):
    return frame(INTERIM, head(status, b"Early Hints", fields))


def log(level, text):
    return frame(LOG, bytes([level]) + text)


def part(length, offset=0, flags=END):
    return frame(FILE, struct.pack("<QQ", offset, length), flags)


def shared(length, offset=0, flags=END):
    return frame(SHARED, struct.pack("<QQ", offset, length), flags)


GOOD_HEAD = frame(HEAD, head())
GOOD_BODY = frame(BODY, b"good", END)
GOOD = GOOD_HEAD + GOOD_BODY

# What is sent before the channel is closed. These arrive before a head that could be used: the client gets 502.
BEFORE_HEAD = {
    "nothing": b"",
    "noise": bytes(range(7, 250)),
    "text": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
    "version-0": frame(HEAD, head(), version=0),
    "version-2": frame(HEAD, head(), version=2),
    "reserved-byte": frame(HEAD, head(), reserved=1),
    "type-0": frame(0, b"x"),
    "type-14": frame(14, b"x"),
    "type-255": frame(255, b"x"),
    "childs-head": frame(HEAD_REQUEST, b"x" * 40),
    "childs-body": frame(BODY_REQUEST, b"x" * 40),
    "childs-abort": frame(ABORT),
    "unknown-flag": frame(HEAD, head(), flags=0x80),
    "end-on-credit": frame(CREDIT, b"\1\0\0\0", flags=END),
    "end-on-log": frame(LOG, b"\3text", flags=END),
    "end-on-interim": frame(INTERIM, head(103), flags=END),
    "huge-length": frame(HEAD, b"", length=0xFFFFFFFF),
    "oversized-head": frame(HEAD, head(fields=((b"X-Large", b"x" * 300_000),))),
    "body-first": frame(BODY, b"body"),
    "end-first": frame(BODY, flags=END),
    "broken-first": frame(BROKEN),
    "payload-on-broken": frame(BROKEN, b"x"),
    "half-a-frame-head": frame(HEAD, head())[:5],
    "half-a-head": frame(HEAD, head())[:20],
    "short-payload": frame(HEAD, head()[:9]),
    "long-payload": frame(HEAD, head() + b"more"),
    "empty-head": frame(HEAD),
    **{f"status-{status}": frame(HEAD, head(status=status)) for status in (0, 99, 100, 101, 103, 199, 1000, 65535)},
    "split-reason": frame(HEAD, head(reason=b"OK\r\nX-Injected: yes")),
    "split-value": frame(HEAD, head(fields=((b"X-A", b"b\r\nX-Injected: yes"),))),
    "split-by-lf": frame(HEAD, head(fields=((b"X-A", b"b\nX-Injected: yes"),))),
    "nul-in-value": frame(HEAD, head(fields=((b"X-A", b"b\0c"),))),
    "empty-name": frame(HEAD, head(fields=((b"", b"value"),))),
    "space-in-name": frame(HEAD, head(fields=((b"X A", b"value"),))),
    "colon-in-name": frame(HEAD, head(fields=((b"X:A", b"value"),))),
    "too-many-fields": frame(HEAD, head(count=60_000)),
    "negative-length": sized(b"-1"),
    "hexadecimal-length": sized(b"0x10"),
    "two-lengths": sized(b"3", b"4"),
    "length-over-63-bits": sized(b"9223372036854775808"),
    "credit-without-body": credit(100),
    "short-credit": frame(CREDIT, b"x"),
    "interim-200": interim(status=200) + GOOD,
    "interim-100": interim(status=100) + GOOD,
    "interim-split": interim(((b"Link", b"</a>\r\nX-Injected: yes"),)) + GOOD,
    "interims-17": interim() * 17 + GOOD,
    "log-level-1": log(1, b"text") + GOOD,
    "log-level-8": log(8, b"text") + GOOD,
    "log-empty": frame(LOG) + GOOD,
    "log-oversized": log(3, b"x" * 70_000) + GOOD,
}

# These follow a good head: the client gets a broken response, or 502 if nothing had gone out.
AFTER_HEAD = {
    "cut-off": GOOD_HEAD + frame(BODY, b"some"),
    "cut-off-sized": sized(b"10") + frame(BODY, b"some"),
    "short": sized(b"10") + frame(BODY, b"some", END),
    "second-head": GOOD_HEAD + GOOD_HEAD,
    "noise-after-head": GOOD_HEAD + b"\xff" * 64,
    "huge-body": GOOD_HEAD + frame(BODY, b"", length=0x7FFFFFFF),
    "oversized-body": GOOD_HEAD + frame(BODY, b"x" * 131_065, END),
    "broken": GOOD_HEAD + frame(BODY, b"some") + frame(BROKEN),
    "rejected-after-head": GOOD_HEAD + frame(REJECTED),
    "interim-after-head": GOOD_HEAD + interim(),
    "log-garbage-after-head": GOOD_HEAD + log(0, b"text"),
    "file-without-descriptor": GOOD_HEAD + part(4),
    "file-of-no-bytes": GOOD_HEAD + part(0),
    "memory-without-descriptor": GOOD_HEAD + frame(MEMORY),
    "shared-without-memory": GOOD_HEAD + shared(4),
    "file-short-payload": GOOD_HEAD + frame(FILE, b"\0" * 15, END),
}

# These are whole responses with more behind: what belongs to the next request must never come from here.
AFTER_END = {
    "surplus": GOOD + frame(BODY, b"surplus"),
    "surplus-log": GOOD + log(3, b"too late"),
    "surplus-noise": GOOD + b"\xff\xff",
    "next-response": GOOD + frame(HEAD, head(fields=((b"X-Injected", b"yes"),))) + frame(BODY, b"evil", END),
}

# These are unusual, but within the rules: the client gets "good".
ALLOWED = {
    "good": GOOD,
    "interims-16": interim() * 16 + GOOD,
    "interim-empty": interim(()) + GOOD,
    "interim-describing": interim(((b"Content-Length", b"99"), (b"Transfer-Encoding", b"chunked"), (b"Set-Cookie", b"a=b"))) + GOOD,
    "empty-pieces": GOOD_HEAD + frame(BODY) * 100 + GOOD_BODY,
    "end-by-itself": GOOD_HEAD + frame(BODY, b"good") + frame(BODY, flags=END),
    "more-than-declared": sized(b"4") + frame(BODY, b"good and more", END),
    "hop-by-hop": frame(HEAD, head(fields=((b"Connection", b"close"), (b"Transfer-Encoding", b"chunked"), (b"Upgrade", b"x")))) + GOOD_BODY,
    "logs-everywhere": b"".join(log(level, b"text\n") for level in range(2, 8)) + GOOD_HEAD + log(7, b"\0\x1b\xff") + GOOD_BODY,
    "log-of-newlines": log(7, b"\n" * 65_536) + GOOD,
}
