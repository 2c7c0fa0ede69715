"""Compiles the file of an application's entry, without running it.

Run by warpdrive-express in the project's own Python, so that a slip of the pen is an error at the
start. Argument: the file.
"""
import sys
import tokenize


def main():
    path = sys.argv[1]
    with tokenize.open(path) as source:
        compile(source.read(), path, "exec", dont_inherit=True)


main()
