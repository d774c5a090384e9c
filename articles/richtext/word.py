"""Word writes a list as paragraphs with a level and a bullet or number in the text; here they become lists."""

import re

from articles.richtext.structure import HTMLWriter

ITEM = re.compile(r"mso-list:[^;:]*?level([1-9])")
LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-z]|[ivxlcdm]{1,6})[.)]", re.IGNORECASE)


class WordLists:
    """The lists that are open because of such paragraphs."""

    def __init__(self, writer: HTMLWriter) -> None:
        self._writer = writer
        self._levels: list[tuple[int, str]] = []
        self._level = 0  # of the paragraph at hand; 0 when it is no item
        self.marker = ""

    def start(self, style: str) -> None:
        """Begin a paragraph."""
        item = ITEM.search(style) if "mso-list" in style else None
        self._level, self.marker = int(item[1]) if item else 0, ""

    def place(self) -> None:
        """Open the item of the paragraph that is about to be written, or end the lists before it."""
        if not self._level:
            self.end()
            return
        item = (self._level, "ol" if LIST_NUMBER.match(self.marker) else "ul")
        while self._levels and self._levels[-1][0] >= self._level and self._levels[-1] != item:
            self._end_one()
        if self._levels[-1:] != [item] and not self._writer.has_deep_lists():
            self._writer.open(item[1])
            self._levels.append(item)
        self._writer.open_item()
        self._level = 0

    def end(self) -> None:
        while self._levels:
            self._end_one()

    def _end_one(self) -> None:
        _, name = self._levels.pop()
        self._writer.close(name)
