"""The one sanitiser of story bodies."""

import re
from collections.abc import Mapping

import nh3

TAGS = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br", "sub", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
}
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"data-image", "src", "alt"},
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}


def clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"figure": {"pullquote", "picture"}},
        url_schemes=URL_SCHEMES,
        link_rel="noopener",
    )


def picture_ids(html: str) -> list[int]:
    """Ids of the library pictures in a clean body, in order."""
    return [int(number) for number in re.findall(r'data-image="(\d{1,18})"', html)]


def with_pictures(html: str, markup: Mapping[int, str]) -> str:
    """A clean body with each library picture replaced by its markup; a picture that is gone leaves nothing."""
    return re.sub(r'<img data-image="(\d{1,18})"[^>]*>', lambda found: markup.get(int(found[1]), ""), html)
