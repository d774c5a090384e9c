"""The answer to somebody who opens a colleague's story: that it exists, and who may open it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.models import Article
from articles.states import name_of


def describe_who_may_open(story: Article) -> str:
    """Return a sentence that names the story's authors and the person who created it, and nothing of its text."""
    names = [byline.author.name for byline in story.authors_in_order] or [name_of(story.created_by)]
    if not any(names):
        return _("This story belongs to a colleague. Editors may open it.")
    return _("This story belongs to %(names)s. They and the editors may open it.") % {"names": ", ".join(names)}
