"""The addresses that a story may link to.

A link to one of our own stories names it by its number, `<a href="/story/12/">`: where the story is today, or that
nobody may see it, is known when a page is rendered.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape

from articles.markup import quoted

URL_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
MAX_LINK_LENGTH = 2000  # characters; longer ones break in browsers and mail

# Browsers leave these out when they read an address, so `java\nscript:` must be read without them too.
IGNORED = re.compile(r"[\x00-\x1F\x7F-\x9F\xAD\u200B-\u200F\u2028-\u202E\u2060\uFEFF]")
ABSOLUTE = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.DOTALL)
WITH_HOST = re.compile(r"//[^/\\?#@\s]+(?:[/?#].*)?", re.DOTALL)

# In clean HTML, where links are never nested.
LINK_PATTERN = re.compile(r'<a href="([^"]*)"(?: rel="noopener")?>')
MAX_LINKED_STORIES = 200  # different ones that a text links to; the words of further links stand without one
STORY_LINK_PATTERN = re.compile(r'<a href="/story/(\d{1,18})/">(.*?)</a>', re.DOTALL)


def clean_address(address: str) -> str:
    """Return `address` ready for a link: http, https, mailto, tel or a path of this site; "" for everything else.

    >>> clean_address(" HTTPS://example.org/a b "), clean_address("www.example.org"), clean_address("/tag/mali/")
    ('https://example.org/a%20b', 'https://www.example.org', '/tag/mali/')
    >>> clean_address("java\\nscript:alert(1)"), clean_address("page.html"), clean_address("#top")
    ('', '', '')
    """
    address = re.sub(r"\s", "%20", IGNORED.sub("", address).strip())
    if address.lower().startswith("www."):
        address = f"https://{address}"
    elif address.startswith("//"):
        address = f"https:{address}"
    if len(address) > MAX_LINK_LENGTH:
        return ""
    if absolute := ABSOLUTE.fullmatch(address):
        scheme, rest = absolute[1].lower(), absolute[2]
        is_whole = WITH_HOST.fullmatch(rest) if is_external(f"{scheme}:") else rest
        return f"{scheme}:{rest}" if scheme in URL_SCHEMES and is_whole else ""
    is_path = address.startswith("/") and not address.startswith("/\\")
    return address if is_path else ""


def is_external(address: str) -> bool:
    """Return whether a safe address leads to a page that may be another site's."""
    return address.startswith(("http:", "https:"))


def story_link(number: int) -> str:
    """Return the address that stands for a story of our own in stored text."""
    return f"/story/{number}/"


def find_addresses(html: str) -> list[str]:
    """Return the addresses that a clean body links to, in order, each once."""
    return list(dict.fromkeys(unescape(address) for address in LINK_PATTERN.findall(html)))


def find_story_links(html: str) -> list[tuple[int, str]]:
    """Return (number of the story, the linked HTML) for each link to a story of our own in a clean body, in order."""
    return [(int(number), words) for number, words in STORY_LINK_PATTERN.findall(html)]


def find_story_ids(html: str) -> list[int]:
    """Return the ids of the stories of our own that a clean body links to, in order, each once."""
    return list(dict.fromkeys(number for number, _words in find_story_links(html)))[:MAX_LINKED_STORIES]


def replace_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """Return a clean body with other addresses, paths of this site, in place of those that are named."""

    def replace(link: re.Match[str]) -> str:
        address = addresses.get(unescape(link[1]))
        return f'<a href="{quoted(address)}">' if address else link[0]

    return LINK_PATTERN.sub(replace, html) if addresses else html


def replace_story_links(html: str, address_of: Callable[[int], str | None]) -> str:
    """Return a clean body in which links to stories lead to `address_of(number)`; without an address, words stay.

    >>> body = '<p><a href="/story/1/">Un</a>, <a href="/story/2/">deux</a></p>'
    >>> replace_story_links(body, {1: "/2026/02/01/port/"}.get)
    '<p><a href="/2026/02/01/port/">Un</a>, deux</p>'
    """

    def replace(link: re.Match[str]) -> str:
        address = address_of(int(link[1]))
        return f'<a href="{quoted(address)}">{link[2]}</a>' if address else link[2]

    return STORY_LINK_PATTERN.sub(replace, html)
