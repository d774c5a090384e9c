"""The format of the text at a point of pasted HTML, by its elements and their styles."""

import re
from collections import defaultdict

from articles.richtext.links import clean_address
from articles.richtext.runs import TextFormat

INLINE_ELEMENTS = frozenset(("a", "b", "strong", "i", "em", "span", "font", "sub", "sup"))
MAX_NESTED_FORMATS = 50  # formats inside each other

BOLD_STYLE = re.compile(r"(?<![\w-])font-weight:(?:bold|[6-9]00)")
NOT_BOLD_STYLE = re.compile(r"(?<![\w-])font-weight:(?:normal|[1-5]00)")
ITALIC = re.compile(r"(?<![\w-])font-style:(?:italic|oblique)")
UPRIGHT_STYLE = re.compile(r"(?<![\w-])font-style:normal")
RAISED = re.compile(r"(?<![\w-])vertical-align:(sub|sup)(?:er)?\b")


class InlineReader:
    """A reader of opening and closing inline elements, well nested or not."""

    def __init__(self) -> None:
        self.format = TextFormat()
        self._count = 0
        self._opened: defaultdict[str, list[int]] = defaultdict(list)
        self._active: dict[int, TextFormat] = {}

    def open(self, name: str, attributes: dict[str, str], style: str) -> None:
        """Open an inline element; `style` is in lower case without spaces."""
        self._count += 1
        self._opened[name].append(self._count)
        added = _format(name, attributes, style)
        if added != TextFormat() and len(self._active) < MAX_NESTED_FORMATS:
            self._active[self._count] = added
            self._combine()

    def close(self, name: str) -> None:
        opened = self._opened[name]
        if self._active.pop(opened.pop() if opened else 0, None):
            self._combine()

    def end_links(self) -> None:
        """End open links: a link does not go on in the next paragraph."""
        if self.format.link:
            self._active = {key: added._replace(link="") for key, added in self._active.items()}
            self._combine()

    def _combine(self) -> None:
        formats = list(self._active.values())
        self.format = TextFormat(
            link=next((added.link for added in reversed(formats) if added.link), ""),
            strong=any(added.strong for added in formats),
            em=any(added.em for added in formats),
            script=next((added.script for added in reversed(formats) if added.script), ""),
        )


def _format(name: str, attributes: dict[str, str], style: str) -> TextFormat:
    """Return what one element adds. Google Docs wraps a whole paste into <b style="font-weight:normal">."""
    raised = RAISED.search(style) if style else None
    return TextFormat(
        link=clean_address(attributes.get("href", "")) if name == "a" else "",
        strong=bool(BOLD_STYLE.search(style)) or name in ("b", "strong") and not NOT_BOLD_STYLE.search(style),
        em=bool(ITALIC.search(style)) or name in ("i", "em") and not UPRIGHT_STYLE.search(style),
        script=name if name in ("sub", "sup") else raised[1] if raised else "",
    )
