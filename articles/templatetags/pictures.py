"""The tag that shows a picture: {% picture image sizes="(min-width: 40em) 20rem, 100vw" variant="card" %}."""

from django import template
from django.utils.safestring import SafeString

from articles import pictures
from articles.models import Image
from articles.renditions import Shape

register = template.Library()


@register.simple_tag
def picture(
    image: Image | None,
    sizes: str = "100vw",
    variant: Shape = "natural",
    lazy: bool = True,
    priority: bool = False,
) -> SafeString:
    """The <picture> of a library image, "" without one; see articles/pictures.py for the arguments.

    A part that is not told of `sizes` passes on "", which is 100vw.
    """
    if not image:
        return SafeString("")
    return pictures.markup(image, sizes=sizes or "100vw", variant=variant, lazy=lazy, priority=priority)
