"""What a template does before it forks workers, in which only the forking thread goes on.

Compiled into the program and run beside bootstrap.py. Python 3.8 and later.
"""
import gc
import os
import threading


def fork_obstacles(own_descriptors):
    """What the application has started that would not survive a fork, in words."""
    return _threads() + _sockets(set(own_descriptors))


def freeze():
    """Takes what is there now out of the collector's reach: its marks would be written into shared pages."""
    gc.collect()
    gc.freeze()


def _threads():
    named = [f"thread {each.name!r}" for each in threading.enumerate() if each is not threading.main_thread()]
    others = len(os.listdir("/proc/self/task")) - 1 - len(named)
    return named + ([f"{others} thread(s) started by C code"] if others > 0 else [])


def _sockets(own_descriptors):
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            is_socket = os.readlink(f"/proc/self/fd/{name}").startswith("socket:")
        except OSError:  # the listing's own
            continue
        if is_socket and int(name) not in own_descriptors:
            found.append(_describe_socket(int(name)))
    return found


def _describe_socket(descriptor):
    import socket  # costs a start-up milliseconds
    with socket.socket(fileno=os.dup(descriptor)) as copy:
        try:
            return f"socket connected to {copy.getpeername()!r}"
        except OSError:
            return f"socket at {copy.getsockname()!r}"
