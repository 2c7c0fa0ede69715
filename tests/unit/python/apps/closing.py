"""Iterables that end in every way; each says in `closed` that it was closed."""
import sys

from common import PLAIN, closed


class Closed:
    def close(self):
        closed.append(type(self).__name__)


class ClosedList(Closed, list):
    pass


class ClosedTuple(Closed, tuple):
    pass


class NoIterator(Closed):
    def __iter__(self):
        raise RuntimeError("from __iter__")


class Raising(Closed):
    def __init__(self, error):
        self.error = error

    def __iter__(self):
        yield b"some"
        raise self.error


class Wrong(Closed):
    def __iter__(self):
        return iter(["text"])


class NotStarted(Closed):
    def __iter__(self):
        return iter([b"body"])


class Endless(Closed):
    def __iter__(self):
        while True:
            yield b"x" * 10_000


class ByIndex(Closed):
    """Iterable as in the days before iterators."""

    def __getitem__(self, index):
        return (b"by ", b"index")[index]


class OneOfMany(Closed):
    """Says that it has one item."""

    def __len__(self):
        return 1

    def __iter__(self):
        yield b"only"


def plain_generator():
    try:
        yield b"some"
    finally:
        closed.append("generator")


WAYS = {
    "list": lambda: ClosedList([b"of ", b"list"]),
    "tuple": lambda: ClosedTuple([b"of tuple"]),
    "generator": plain_generator,
    "no_iterator": NoIterator,
    "raises": lambda: Raising(ValueError("from the iterator")),
    "exits": lambda: Raising(SystemExit(3)),
    "interrupts": lambda: Raising(KeyboardInterrupt()),
    "generator_exit": lambda: Raising(GeneratorExit()),
    "wrong": Wrong,
    "endless": Endless,
    "index": ByIndex,
    "one": OneOfMany,
}


def close_once(environ, start_response):
    del closed[:]
    query = environ["QUERY_STRING"]
    if query == "not_started":
        return NotStarted()
    start_response("200 OK", PLAIN)
    return WAYS[query]()


def whole_length(environ, start_response):
    """Bodies of one item, whose length the server can know."""
    start_response("200 OK", PLAIN)
    return {
        "tuple": lambda: (b"whole",),
        "list_subclass": lambda: ClosedList([b"whole"]),
        "list_iterator": lambda: iter([b"whole"]),
        "tuple_iterator": lambda: iter((b"whole",)),
        "has_len": OneOfMany,
        "empty_item": lambda: iter([b""]),
        "two_items": lambda: iter([b"not ", b"known"]),
        "generator": plain_generator,
    }[environ["QUERY_STRING"]]()


def end_by(environ, start_response):
    """Raises what a program ends with, before anything else."""
    kind = environ["QUERY_STRING"]
    if kind == "sys.exit":
        sys.exit("the end")
    raise {"KeyboardInterrupt": KeyboardInterrupt, "GeneratorExit": GeneratorExit, "StopIteration": StopIteration,
           "BaseException": BaseException}[kind]()
