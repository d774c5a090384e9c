"""HTML as a stream of tags and text, for code that maps structure.

The standard library's parser takes quadratic time on `<a <a <a` and raises on a reference of 5,000 digits;
this one reads every input once. It makes nothing safe: `articles.richtext` does.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

# An attribute's value may hold `>` and, when quoted, `<`. Everything behind an open comment is comment.
TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?P<attributes>(?:[^<>"']++|"[^"]*"|'[^']*')*+)>
    | <!--(?:.*?-->|.*) | <[!?/][^<>]*+>""",
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
REFERENCE = re.compile(r"&(?:#\d{1,7}(?!\d)|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,31});?")


class StartTag(NamedTuple):
    """An opening tag; `source` is what stands between its name and `>`."""

    name: str
    source: str

    @property
    def attributes(self) -> dict[str, str]:
        """Return names in lower case with their decoded values; the first of a name counts, as in browsers."""
        found: dict[str, str] = {}
        for name, double, single, bare in ATTRIBUTE.findall(self.source):
            found.setdefault(name.lower(), decoded(double or single or bare))
        return found


class EndTag(NamedTuple):
    """A closing tag."""

    name: str


def tokens(source: str) -> Iterator[str | StartTag | EndTag]:
    """Yield text (decoded, never empty) and tags of `source` in order; comments and declarations are left out."""
    position = 0
    for match in TOKEN.finditer(source):
        if match.start() > position:
            yield decoded(source[position : match.start()])
        position = match.end()
        if name := match["name"]:
            yield EndTag(name.lower()) if match["end"] else StartTag(name.lower(), match["attributes"])
    if position < len(source):
        yield decoded(source[position:])


def decoded(text: str) -> str:
    """Return `text` with its character references decoded once."""
    return REFERENCE.sub(lambda reference: html.unescape(reference[0]), text) if "&" in text else text


def escaped(text: str) -> str:
    """Return `text` escaped for a place between tags."""
    return html.escape(text, quote=False)


def quoted(text: str) -> str:
    """Return `text` escaped for a place between the double quotes of an attribute."""
    return escaped(text).replace('"', "&quot;")
