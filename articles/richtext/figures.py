"""The two figures of a story's body: a picture of the library, and a pull quote."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from articles.characters import tidy
from articles.markup import quoted
from articles.richtext.links import clean_address

IMAGE = r'<img data-image="(\d{1,18})"(?: [a-z]+="[^"]*")*>'
PICTURE_FIGURE = re.compile(rf'<figure class="picture">{IMAGE}(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL)


def find_picture_ids(html: str) -> list[int]:
    """Return the ids of the library pictures in a clean body, in order."""
    return [int(found[1]) for found in PICTURE_FIGURE.finditer(html)]


def replace_pictures(html: str, figure: Callable[[int, str], str]) -> str:
    """Return a clean body with `figure(id, caption)` for each library picture; the caption is HTML, "" for none.

    What `figure` returns is trusted; "" for a picture that is gone from the library.
    """
    return PICTURE_FIGURE.sub(lambda found: figure(int(found[1]), found[2] or ""), html)


def drop_pictures(html: str, ids: Collection[int]) -> str:
    """Return a clean body without these library pictures."""
    return PICTURE_FIGURE.sub(lambda found: "" if int(found[1]) in ids else found[0], html)


def format_library_image(attributes: Mapping[str, str]) -> str:
    """Return the <img> of a library picture; "" for every other."""
    number = attributes.get("data-image", "")
    if not re.fullmatch(r"[0-9]{1,18}", number) or not int(number):
        return ""
    source = clean_address(attributes.get("src", ""))
    is_loadable = source.startswith(("http:", "https:", "/"))
    src = f' src="{quoted(source)}"' if is_loadable else ""
    return f'<img data-image="{int(number)}"{src} alt="{quoted(tidy(attributes.get("alt", "")))}">'


@dataclass
class Figure:
    """The content of a <figure> while it is read."""

    is_quote: bool = False
    image: str = ""
    has_foreign_image: bool = False
    in_caption: bool = False
    paragraphs: list[str] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)

    def html(self) -> str:
        """Return the figure as it is stored; "" when it is neither a picture nor a quotation."""
        caption = f"<figcaption>{' '.join(self.caption)}</figcaption>" if self.caption else ""
        if self.image:
            return f'<figure class="picture">{self.image}{caption}</figure>'
        if self.is_quote and self.paragraphs:
            quote = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
            return f'<figure class="pullquote"><blockquote>{quote}</blockquote>{caption}</figure>'
        return ""

    def other_text(self) -> list[str]:
        """Return the paragraphs that `html` leaves over; the caption of a picture that is not ours goes with it."""
        if self.image:
            return self.paragraphs
        if self.is_quote and self.paragraphs:
            return []
        return self.paragraphs + ([] if self.has_foreign_image else self.caption)
