"""Where a picture is used, as its page and the page of its deletion say it: no more than the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.models import Article
from articles.states import state_of

if TYPE_CHECKING:
    from articles.users import User


def usage_links(uses: Iterable[Model], viewer: User) -> list[SafeString | str]:
    """Return “Story: headline” for each use, linked to its form, or to its page where the viewer may not open the form.

    A story that they may open has its state. Of stories that they may not read at all, one line says that there are
    some, not how many.
    """
    uses = list(uses)
    stories = Article.objects.filter(pk__in=[use.pk for use in uses if isinstance(use, Article)])
    opened = {story.pk: story for story in stories.seen_by(viewer).with_state().defer("body")}
    read = set(stories.readable_by(viewer).values_list("pk", flat=True))
    links = (_usage_link(use, opened, read) for use in uses)
    return list(dict.fromkeys(links))


def _usage_link(use: Model, opened: dict[int, Article], read: set[int]) -> SafeString | str:
    opts = use._meta
    address, state = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[use.pk]), SafeString("")
    if isinstance(use, Article):
        if story := opened.get(use.pk):
            found = state_of(story)
            state = format_html(' <span class="state state-{}">{}</span>', found.name, found.word)
        elif use.pk in read:
            address = use.get_absolute_url()
        else:
            return gettext("Stories that you may not open")
    kind = gettext("%(kind)s:") % {"kind": capfirst(opts.verbose_name)}
    return format_html('<span class="use">{} <a href="{}">{}</a>{}</span>', kind, address, use, state)
