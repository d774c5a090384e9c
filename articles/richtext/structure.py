"""Writes blocks as well-formed HTML: a list, row or quotation opens when something comes to stand in it."""

import re
from dataclasses import dataclass, field

LIST_ELEMENTS = ("ul", "ol")
TABLE_PARTS = ("thead", "tbody")
CELL_ELEMENTS = ("td", "th")
SPAN = re.compile(r"[2-9]|[1-9]\d")  # columns or rows of a cell
SCOPES = ("row", "col", "rowgroup", "colgroup")
MAX_NESTED_LISTS = 8  # lists in lists; a level more than people write


@dataclass(slots=True)
class OpenContainer:
    """An open element; `paragraphs` are the places of its own paragraphs in the output."""

    name: str
    tag: str
    is_written: bool = False
    paragraphs: list[int] = field(default_factory=list)


class HTMLWriter:
    """A writer of blocks and containers whose HTML is always balanced, with each element where it is allowed."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[OpenContainer] = []

    def html(self) -> str:
        """Return all that was written, with everything closed."""
        while self._open:
            self._close_last()
        return "".join(self._out)

    @property
    def top(self) -> str:
        """Return the innermost open container's name; "" outside of all."""
        return self._open[-1].name if self._open else ""

    def innermost(self, *names: str) -> str:
        """Return which of `names` is the innermost that is open; "" when none is."""
        return next((container.name for container in reversed(self._open) if container.name in names), "")

    def has_deep_lists(self) -> bool:
        return sum(container.name in LIST_ELEMENTS for container in self._open) >= MAX_NESTED_LISTS

    def write(self, html: str) -> None:
        """Write a finished block; outside of all containers it begins a line."""
        self._make_room()
        if self._out and not (self._open and self._open[0].is_written):
            self._out.append("\n")
        for container in self._open:
            if not container.is_written:
                self._out.append(container.tag)
                container.is_written = True
        self._out.append(html)

    def paragraph(self, html: str) -> None:
        """Write a paragraph; alone in an item or a cell it needs no <p>."""
        self.write("<p>")
        if self.top in ("li", *CELL_ELEMENTS):
            self._open[-1].paragraphs.append(len(self._out) - 1)
        self._out += [html, "</p>"]

    def open(self, name: str, attributes: str = "") -> None:
        """Open a list, quotation or table; it is written when it gets content."""
        self._make_room()
        self._push(name, attributes)

    def open_item(self) -> None:
        scope = self.innermost("li", *LIST_ELEMENTS, *CELL_ELEMENTS)
        if scope == "li":
            self.close("li")
        elif scope not in LIST_ELEMENTS:
            self.open("ul")
        self._push("li")

    def open_section(self, name: str) -> None:
        self.close(*TABLE_PARTS)
        self._push(name)

    def open_row(self) -> None:
        self.close("tr")
        if self.top == "table":
            self._push("tbody")
        self._push("tr")

    def open_cell(self, name: str, attributes: str = "") -> None:
        """Open a cell of the open table; it is written even when it stays empty."""
        self.close(*CELL_ELEMENTS)
        if self.top != "tr":
            self.open_row()
        self._push(name, attributes)
        self.write("")

    def close(self, *names: str) -> None:
        """Close the innermost open one of `names` with all that is open inside it; nothing when none is open."""
        if name := self.innermost(*names):
            while self._close_last() != name:
                pass

    def _make_room(self) -> None:
        """Open an item or a cell where a paragraph is about to be written directly into a list or row."""
        if self.top in LIST_ELEMENTS:
            self._push("li")
        elif self.top in ("table", *TABLE_PARTS, "tr"):
            self.open_cell("td")

    def _push(self, name: str, attributes: str = "") -> None:
        self._open.append(OpenContainer(name, f"<{name}{attributes}>"))

    def _close_last(self) -> str:
        container = self._open.pop()
        if len(container.paragraphs) == 1:
            start = container.paragraphs[0]
            self._out[start] = self._out[start + 2] = ""
        if container.is_written:
            self._out.append(f"</{container.name}>")
        return container.name


def cell_attributes(name: str, attributes: dict[str, str]) -> str:
    """Return, as it stands in the tag, which of these attributes a cell of a table keeps: its spans and its scope."""
    spans = [(key, attributes[key]) for key in ("colspan", "rowspan") if SPAN.fullmatch(attributes.get(key, ""))]
    scope = attributes.get("scope", "").lower()
    if name == "th" and scope in SCOPES:
        spans.append(("scope", scope))
    return "".join(f' {key}="{value}"' for key, value in spans)
