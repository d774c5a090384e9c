"""Which version of a story somebody saw who acts on several: the list sends it, and so does the page that asks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.stories.numbers import parse_version
from articles.models import Article


def version_input(story: Article) -> SafeString:
    """Return the hidden input of a row; `confirm_action.html` has it, too."""
    return format_html('<input type="hidden" name="version-{}" value="{}">', story.pk, story.version)


def is_as_seen(request: HttpRequest, story: Article) -> bool:
    """Return whether nobody has saved the story since the person of this request saw it."""
    return parse_version(request.POST.get(f"version-{story.pk}", "")) == story.version


def changed_message(story: Article, name: str) -> SafeString:
    """Return the message about a story that was left out, with the way to it."""
    address = reverse("admin:articles_article_change", args=[story.pk])
    text = _("“{story}” was left out: it changed after you loaded the list. Check it, then do it again.")
    return format_html(text, story=format_html('<a href="{}">{}</a>', address, name))
