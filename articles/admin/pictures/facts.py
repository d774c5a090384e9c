"""What the form of a picture shows and nobody can type: the picture with its focal point, its size, what uses it."""

from __future__ import annotations

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import renditions
from articles.admin.pictures.uses import usage_links
from articles.models import Image
from articles.pictures import markup

MAX_USES_SHOWN = 20  # stories named on a picture's page


class ImageFacts:
    @admin.display(description=_("size"))
    def measures(self, obj: Image) -> str:
        return f"{obj.width} × {obj.height}, {filesizeformat(obj.byte_size)}"

    @admin.display(description=_("used by"))
    def used_by(self, obj: Image) -> SafeString | str:
        uses = obj.uses(MAX_USES_SHOWN + 1)
        if not uses:
            return gettext("No story or author.")
        links = usage_links(uses[:MAX_USES_SHOWN], obj.viewer)  # type: ignore[attr-defined]  # see get_object
        more = gettext("and others") if len(uses) > MAX_USES_SHOWN else ""
        return format_html("<ul>{}</ul>{}", format_html_join("", "<li>{}</li>", ((link,) for link in links)), more)

    @admin.display(description=_("picture"))
    def picture(self, obj: Image) -> SafeString:
        """Show the picture on which the focal point is set, and how each crop will look."""
        whole = markup(obj, sizes="(min-width: 48em) 30rem, 100vw", lazy=False) if obj.pk else ""
        return format_html(
            '<div class="focal" data-focal{} data-label="{}"><div class="focal-picture">{}</div>'
            '<div class="focal-crops">{}</div><p class="focal-help" id="focal-help">{}</p></div>',
            "" if obj.pk else SafeString(" hidden"),
            gettext("Focal point"),
            whole,
            format_html_join(
                "",
                '<figure class="focal-card"><div class="focal-crop" data-ratio="{}"></div>'
                "<figcaption>{}</figcaption></figure>",
                ((f"{ratio:.4f}", label) for ratio, label in _crops()),
            ),
            gettext(
                "Click on what must stay visible when the picture is cropped, or move the point by the arrow keys."
            ),
        )


def _crops() -> list[tuple[float, str]]:
    """Return width to height, and the name, of each crop that pages use."""
    return [
        (renditions.RATIOS["card"], gettext("As a card")),
        (renditions.RATIOS["share"], gettext("When it is shared")),
    ]
