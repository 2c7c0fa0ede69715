"""A TCP port on loopback that nobody listens on."""
import collections
import os
import random
import socket

# Below the range that the kernel takes for outgoing connections, so that none of those gets it.
_FIRST, _LANES, _LANE = 10_000, 16, 1_375
# Perhaps not listened on yet.
_given = collections.deque(maxlen=50)


def _range():
    """Each process of pytest-xdist has its own, so that no two of them choose the same port before either listens on it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        return _FIRST, _FIRST + _LANES * _LANE
    first = _FIRST + int(worker.removeprefix("gw")) % _LANES * _LANE
    return first, first + _LANE


def free_port():
    first, end = _range()
    for _ in range(200):
        port = random.randrange(first, end)
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.append(port)
        return port
    raise RuntimeError(f"no free port on 127.0.0.1 from {first} to {end}")


def is_listening(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
