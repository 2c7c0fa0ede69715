"""An application that writes nonsense over the scoreboard; the query is the seed."""

SCRIBBLING = """
import random

(BOARD,) = [line.split()[0] for line in open("/proc/self/maps") if "warp-scoreboard" in line]
START, END = [int(number, 16) for number in BOARD.split("-")]


def application(environ, start_response):
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(START + 64)
        memory.write(random.Random(int(environ["QUERY_STRING"])).randbytes(END - START - 64))
    start_response("200 OK", [])
    return [b""]
"""
