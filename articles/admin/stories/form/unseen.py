"""Related stories that the form does not show, because the person may not open them: they stay chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from articles.admin.fields.choosers import MAX_CHOICES
from articles.admin.fields.story_choosers import find_stories
from articles.models.content import RELATED_PLACES, Content
from articles.models.unseen import unseen_stories

if TYPE_CHECKING:
    from articles.admin.stories.form.article_form import ArticleForm

UNSEEN_FIELD = "unseen_at_opening"  # the hidden input that holds the ids of related stories that the form does not show


def find_unseen(form: ArticleForm, content: Content) -> set[int]:
    """Return the ids of the saved related stories that this person may not see now, or that this form never showed.

    A story that became public while somebody typed is missing from the lists that are sent, and stays chosen
    unless they name it.
    """
    hidden = unseen_stories(form.user, content)
    at_opening = set(form.data.get(UNSEEN_FIELD, "").split(","))
    saved = {pk for name in RELATED_PLACES for pk, _name in content.get(name) or ()}
    shown_now = {pk for pk in saved - hidden if str(pk) in at_opening}
    return hidden | (shown_now - _named_stories(form) if shown_now else set())


def describe_unseen(count: int) -> str:
    """Return what the form says of stories that this person may not see."""
    return ngettext(
        "A colleague selected %(count)d more story that you may not open. It stays selected.",
        "Colleagues selected %(count)d more stories that you may not open. They stay selected.",
        count,
    ) % {"count": count}


def _named_stories(form: ArticleForm) -> set[int]:
    """Return the ids of the stories that the lists of related stories name as they were sent."""
    widgets = {name: form.fields[name].widget for name in RELATED_PLACES}
    lists = [widget.value_from_datadict(form.data, {}, name) for name, widget in widgets.items()]
    words = [word for words in lists for word in words[:MAX_CHOICES]]
    return {story.pk for story in find_stories(words, form.user).values()}
