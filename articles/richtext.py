"""The one sanitiser of story bodies."""

import re
from collections.abc import Callable

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

_ATTRIBUTES = r'(?:\s[\w-]+="[^"]*")*'
_PICTURE = re.compile(
    rf'(?:<figure class="picture">\s*)?<img{_ATTRIBUTES}\sdata-image="(\d{{1,18}})"{_ATTRIBUTES}>'
    r"(?:\s*<figcaption>(.*?)</figcaption>)?(?:\s*</figure>)?",
    re.DOTALL,
)


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


def with_pictures(html: str, figure: Callable[[int, str], str]) -> str:
    """A clean body in which `figure(id, caption)` stands for each library picture; the caption is HTML, "" for none."""
    return _PICTURE.sub(lambda found: figure(int(found[1]), (found[2] or "").strip()), html)
