"""HTML as a strict reader sees it: every element that is opened is closed, in order, and nothing is left over."""
from html.parser import HTMLParser

# Elements without an end.
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Markup(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.elements = []  # (name, attributes), in order
        self.rows = {}  # data-rows: texts of its cells
        self._rows = None
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, name, attributes):
        attributes = dict(attributes)
        self.elements.append((name, attributes))
        if name in VOID:
            return
        self.open.append(name)
        if "data-rows" in attributes:
            self._rows = self.rows.setdefault(attributes["data-rows"], [])
        elif name == "tr" and self._rows is not None:
            self._rows.append([])

    def handle_endtag(self, name):
        assert self.open and self.open.pop() == name, f"</{name}> ends nothing"
        if name in ("tbody", "div"):
            self._rows = None

    def handle_data(self, text):
        if self.open and self.open[-1] == "td" and self._rows:
            self._rows[-1].append(text)

    def names(self):
        return {name for name, _ in self.elements}
