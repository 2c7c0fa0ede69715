"""What the hostile worker does with descriptors: files that are none, memory for bodies that changes."""
import ctypes
import fcntl
import os
import socket
import sys
import time

# As in hostile_worker.py.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import hostile_frames as frames
from hostile_frames import END, GOOD, GOOD_HEAD, frame, log, part, shared, sized

MIB = 1 << 20
MEMORY_PARTS = 64
FALLOC_FL_KEEP_SIZE, FALLOC_FL_PUNCH_HOLE = 1, 2
LIBC = ctypes.CDLL(None)


def regular_file(size=4, mode=os.O_RDWR):
    number = os.memfd_create("hostile")
    os.write(number, (b"good" * (size // 4 + 1))[:min(size, MIB)])
    os.truncate(number, size)
    if mode == os.O_RDWR:
        return number
    again = os.open(f"/proc/self/fd/{number}", mode)
    os.close(number)
    return again


def pipe_end():
    reading, writing = os.pipe()
    os.close(writing)
    return reading


def socket_end():
    return socket.socketpair()[0].detach()


def opened(path, mode=os.O_RDONLY):
    return lambda: os.open(path, mode)


def sends(data, make, count=1):
    def misdeed(channel):
        descriptors = [make() for _ in range(count)]
        try:
            channel.send(data, descriptors)
        finally:
            for each in descriptors:
                os.close(each)
    return misdeed


def many_files(channel):
    channel.send(GOOD_HEAD)
    for _ in range(200):
        sends(part(1, flags=0), regular_file)(channel)


def shrinking_file(channel):
    size = 256 * MIB
    number = regular_file(size)
    channel.send(sized(b"%d" % size) + part(size), [number])
    # The client reads nothing yet: httpd waits for it in the middle of the file.
    time.sleep(0.5)
    os.truncate(number, MIB)
    os.close(number)


def body_memory(seals=fcntl.F_SEAL_SHRINK, size=MIB, flags=os.MFD_ALLOW_SEALING):
    number = os.memfd_create("hostile", flags)
    os.write(number, b"good")
    os.truncate(number, size)
    if flags & os.MFD_ALLOW_SEALING:
        fcntl.fcntl(number, fcntl.F_ADD_SEALS, seals)
    return number


def memory_then(data, make=body_memory):
    def misdeed(channel):
        sends(frame(frames.MEMORY), make)(channel)
        channel.send(GOOD_HEAD + data)
    return misdeed


def memory_twice(channel):
    for _ in range(2):
        sends(frame(frames.MEMORY), body_memory)(channel)
    channel.send(GOOD)


# While httpd reads it, the memory is written to, pages are taken out of it, and it is tried to make it shorter.
def restless_memory(channel):
    number = body_memory()
    channel.send(frame(frames.MEMORY), [number])
    channel.send(sized(b"%d" % (MEMORY_PARTS * MIB)) + b"".join(
        shared(MIB, flags=END if n == MEMORY_PARTS else 0) for n in range(1, MEMORY_PARTS + 1)))
    end = time.monotonic() + 2
    while time.monotonic() < end:
        os.pwrite(number, b"evil" * 4096, 0)
        LIBC.fallocate(number, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, ctypes.c_long(0), ctypes.c_long(MIB))
        try:
            os.truncate(number, 0)
        except PermissionError:
            pass
        else:
            raise AssertionError("the memory could be made shorter")
    os.close(number)


def descriptor_flood(channel):
    for _ in range(50):
        sends(log(7, b"x"), regular_file, 200)(channel)
