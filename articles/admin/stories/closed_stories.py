"""Why somebody who may read a story may not change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.models import Article, Section

if TYPE_CHECKING:
    from articles.users import User


def describe_why_closed(story: Article, user: User) -> str:
    """Return a sentence for somebody who changes stories, but not this one; "" for those who only read."""
    if not user.has_perm("articles.change_article"):
        return ""
    if not user.has_perm("articles.change_any_article"):
        return _("Only editors change it now.")
    sections = [section.label for section in Section.objects.edited_by(user)]
    words = {"section": getattr(story.section, "label", ""), "sections": get_text_list(sections, _("and"))}
    return _("This story is in %(section)s. You change stories in %(sections)s.") % words
