"""A picture as a page shows it: one <picture> with every format and size, put together without asking anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.renditions import ImageShape

if TYPE_CHECKING:
    from articles.models import Image

FALLBACK_WIDTH = 960  # pixels; the one JPEG, for the few browsers that know neither AVIF nor WebP
BODY_SIZES = "(min-width: 46em) 42rem, 100vw"  # the text column's width


def markup(
    image: Image,
    *,
    sizes: str = "100vw",
    variant: ImageShape = "natural",
    lazy: bool = True,
    priority: bool = False,
    instead: str = "",
) -> SafeString:
    """Return a <picture> that reserves its place. `sizes` as in HTML: how wide the page shows it.

    `priority` is for the one picture that readers see first: it is loaded at once and before others.
    `instead` is for who cannot see it, where a decorative picture means something too.
    """
    copies = image.sizes(variant)
    if not copies:  # none were made yet
        copies = [(image.width, image.height)]
        sources, src = SafeString(""), image.file.url
    else:
        fallback = max((width for width, _ in copies if width <= FALLBACK_WIDTH), default=copies[0][0])
        sources, src = _sources(image, variant, sizes), image.copy_url(variant, fallback)
    if priority:
        loading = mark_safe(' fetchpriority="high"')
    else:
        loading = mark_safe(' loading="lazy" decoding="async"' if lazy else ' decoding="async"')  # noqa: S308
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        sources,
        src,
        *copies[-1],
        instead or image.text_instead,
        loading,
    )


def thumbnail(image: Image, width: int, height: int) -> SafeString:
    """Return the smallest copy in a box of these pixels, for a list of the desk whose words name what it belongs to."""
    shapes: tuple[ImageShape, ...] = ("thumb", "card")  # an older picture has no “thumb” until `manage.py renditions`
    copies = [image.copy_url(shape, size[0], "webp") for shape in shapes for size in image.sizes(shape)[:1]]
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">',
        next(iter(copies), image.file.url),
        width,
        height,
    )


def figures(images: Iterable[Image]) -> Callable[[int, str], SafeString]:
    """Return what a story's body shows for a library picture, by its id and the caption that the story gives it.

    The caption is clean HTML; without one it is the picture's own. The credit always follows. "" for a picture
    that is gone.
    """
    known = {image.pk: image for image in images}

    def figure(number: int, caption: str) -> SafeString:
        image = known.get(number)
        if image is None:
            return SafeString("")
        words = mark_safe(caption) if caption else image.caption  # noqa: S308 - the sanitiser's output
        credit = format_html('<span class="credit">{}</span>', image.credit) if image.credit else ""
        below = format_html("<figcaption>{} {}</figcaption>", words, credit) if words or credit else ""
        return format_html('<figure class="picture">{}{}</figure>', markup(image, sizes=BODY_SIZES), below)

    return figure


def _sources(image: Image, variant: ImageShape, sizes: str) -> SafeString:
    """Return a <source> for browsers that know AVIF, where a copy is, and one for those that know WebP.

    A browser that knows AVIF knows WebP: of each width, its source names the smaller of the two.
    """
    widths = [width for width, _height in image.sizes(variant)]
    webp = [image.copy_url(variant, width, "webp") for width in widths]
    addresses = {"image/webp": webp}
    if any(image.has_avif(variant, width) for width in widths):
        smallest = [
            image.copy_url(variant, width, "avif") if image.has_avif(variant, width) else address
            for width, address in zip(widths, webp, strict=True)
        ]
        addresses = {"image/avif": smallest} | addresses
    rows = [
        format_html(
            '<source type="{}" srcset="{}" sizes="{}">',
            media_type,
            ", ".join(f"{address} {width}w" for address, width in zip(found, widths, strict=True)),
            sizes,
        )
        for media_type, found in addresses.items()
    ]
    return mark_safe("".join(rows))  # noqa: S308 - of safe parts
