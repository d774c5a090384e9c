"""The grammar of a stored body, to hold any result against."""

import re
from html.parser import HTMLParser

INLINE = {"strong", "em", "sub", "sup", "a", "br"}
BLOCKS = {"p", "ul", "ol", "blockquote", "table", "figure"}
CHILDREN = {
    "": BLOCKS | {"h2", "h3", "hr"},
    **dict.fromkeys(("p", "h2", "h3", "figcaption", *INLINE), INLINE),
    **dict.fromkeys(("ul", "ol"), {"li"}),
    **dict.fromkeys(("li", "td", "th"), BLOCKS | INLINE),
    "blockquote": BLOCKS,
    "figure": {"blockquote", "img", "figcaption"},
    "table": {"thead", "tbody"},
    **dict.fromkeys(("thead", "tbody"), {"tr"}),
    "tr": {"td", "th"},
}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "img": {"data-image", "src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "figure": {"class"},
}
HREF = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\])).+", re.DOTALL)


class Grammar(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.faults = [], []

    def handle_starttag(self, tag, attrs):
        parent = self.open[-1] if self.open else ""
        if tag not in CHILDREN.get(parent, ()):
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag in {"a", "table", "figure"} and tag in self.open:
            self.faults.append(f"<{tag}> in itself")
        attributes = dict(attrs)
        if set(attributes) - ATTRIBUTES.get(tag, set()):
            self.faults.append(f"<{tag}> with {attributes}")
        if tag == "a" and not HREF.fullmatch(attributes.get("href") or ""):
            self.faults.append(f"link to {attributes.get('href')}")
        if tag == "figure" and attributes.get("class") not in {"picture", "pullquote"}:
            self.faults.append(f"figure {attributes}")
        if tag == "img" and not (attributes.get("data-image") or "").isdigit():
            self.faults.append(f"image {attributes}")
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data):
        if data != "\n" and not (self.open and "strong" in CHILDREN[self.open[-1]]):
            self.faults.append(f"bare text {data!r}")


def faults(html):
    """Return what in `html` is outside of the vocabulary of story bodies."""
    grammar = Grammar()
    grammar.feed(html)
    grammar.close()
    return grammar.faults + grammar.open
