"""What the applications share, and leave for the test's next request to see."""

PLAIN = [("Content-Type", "text/plain")]
kept = []
closed = []


class Closing:
    def __init__(self, items, error=None):
        self.items = iter(items)
        self.error = error

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.items)

    def close(self):
        closed.append(True)
        if self.error:
            raise self.error
