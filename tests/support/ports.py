"""A TCP port on loopback that nobody listens on."""
import random
import socket


def free_port():
    # Below the range that the kernel takes for outgoing connections, so that none of those gets it.
    for _ in range(200):
        port = random.randint(10_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port on 127.0.0.1 from 10000 to 32000")


def is_listening(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
