"""Parts of pasted HTML that are not text or not for readers, and where they end."""

import re
from dataclasses import dataclass

# No text, or what Word keeps as deleted.
OMITTED_ELEMENTS = frozenset(
    ("script", "style", "title", "template", "noscript", "iframe", "object", "video", "audio", "canvas", "svg")
    + ("math", "xml", "select", "textarea", "button", "del")
)
EMBEDS = OMITTED_ELEMENTS - {"script", "style", "title", "template", "xml", "del"}  # words before and after stand apart
VOID_OR_EMPTY_ELEMENTS = frozenset(
    ("img", "br", "hr", "input", "meta", "link", "col", "embed", "source", "wbr", "area", "base", "param")
)
# Word's hidden text and comments, and the bullet or number that it types before an item.
STYLE = re.compile(r"display:none|mso-hide:all|mso-element:comment|mso-list:ignore")
MARKER = "mso-list:ignore"
CLASS = re.compile(r"\bMso(?:ComAnchor|CommentReference|CommentText|ComTxt)\b", re.IGNORECASE)


@dataclass
class Omission:
    """An element that is left out with its content; `marker` is Word's bullet or number."""

    name: str
    is_marker: bool
    ends_with_block: bool
    depth: int = 1
    marker: str = ""

    def read(self, text: str) -> None:
        if self.is_marker:
            self.marker += text

    def goes_on(self, name: str, is_block: bool) -> bool:
        """Return whether the element that begins is inside the omission."""
        self.depth += name == self.name
        return not (is_block and self.ends_with_block)

    def is_over(self, name: str) -> bool:
        """Return whether the element that ends is the one that is left out."""
        self.depth -= name == self.name
        return not self.depth


def find_omission(name: str, classes: str, style: str) -> Omission | None:
    """Return the omission that begins with this element, if it is to be left out; `style` is without spaces.

    A paragraph, or an inline element that nobody closed, ends where the next block begins.
    """
    is_marked = style and STYLE.search(style) or classes and CLASS.search(classes)
    if name in VOID_OR_EMPTY_ELEMENTS or not (name in OMITTED_ELEMENTS or is_marked):
        return None
    return Omission(name, is_marker=MARKER in style, ends_with_block=name in ("p", "span", "font", "a"))
