"""The one sanitiser of story bodies: every path in, from form, import or command, goes through `clean`.

The vocabulary: p, h2, h3, ul, ol, li, strong, em, a, blockquote, hr, br, table and its parts, sub, sup, and two
figures:

    <figure class="pullquote"><blockquote><p>…</p></blockquote><figcaption>Who said it</figcaption></figure>
    <figure class="picture"><img data-image="12" src="…" alt="…"><figcaption>…</figcaption></figure>

A link to one of our own stories names it by its number, as in `<a href="/story/12/">` (articles/richtext/links.py).
"""

import nh3

from articles.richtext.figures import drop_pictures, find_picture_ids, replace_pictures
from articles.richtext.links import (
    MAX_LINKED_STORIES,
    URL_SCHEMES,
    find_addresses,
    find_story_ids,
    find_story_links,
    replace_addresses,
    replace_story_links,
    story_link,
)
from articles.richtext.paste import convert_html

__all__ = [
    "MAX_LINKED_STORIES",
    "URL_SCHEMES",
    "clean",
    "drop_pictures",
    "find_addresses",
    "find_picture_ids",
    "find_story_ids",
    "find_story_links",
    "replace_addresses",
    "replace_pictures",
    "replace_story_links",
    "story_link",
]

SANITISER = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br", "sub", "sup"),
        *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
    },
    attributes={
        "*": set(),
        "a": {"href"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "img": {"data-image", "src", "alt"},
    },
    tag_attribute_values={
        "a": {"rel": {"noopener"}},
        "th": {"scope": {"row", "col", "rowgroup", "colgroup"}},
        "figure": {"class": {"pullquote", "picture"}},
    },
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
)

# One turn is enough, unless an address that `links` lets pass is none for the sanitiser: the next drops the link.
TURNS = 3


def clean(html: str) -> str:
    """Return `html` in the vocabulary above, safe to show; "" when nothing can be read. Cleaning again changes nothing.

    Each block is on a line of its own; no-break spaces are kept as characters. An element outside of the vocabulary
    leaves its text, in paragraphs of its own.
    """
    for _ in range(TURNS):
        mapped = convert_html(html)
        html = SANITISER.clean(mapped).replace("&nbsp;", "\u00a0")
        if html == mapped:
            break
    return html
