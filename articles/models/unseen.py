"""Related stories that a person may not see: they stay chosen as they are, and are shown without their headline.

An editor pins a story before it is public to a story that a reporter writes. The reporter's form saves in every
way, and neither the form nor a version tells the other story's headline.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext

from articles.models.content import RELATED_PLACES, Content
from articles.models.related_choice import RelatedChoice

if TYPE_CHECKING:
    from articles.users import User

Row = TypeVar("Row")


def unseen_stories(user: User | None, *contents: Content) -> set[int]:
    """Return the ids of the related stories in these contents that `user` may not see. At most one query."""
    ids = {pk for content in contents for name in RELATED_PLACES for pk, _name in content.get(name) or ()}
    if not ids or user is None or _sees_everything(user):
        return set()
    return ids - _readable(user, ids).keys()


def keep_unseen(typed: list[Row], saved: list[Row], unseen: Collection[int], pk_of: Callable[[Row], int]) -> list[Row]:
    """Return what was typed without unseen stories, with those that were saved at their places.

    >>> keep_unseen([3, 9, 1], [1, 2, 3], {2, 9}, int)
    [3, 2, 1]
    """
    kept = [row for row in typed if pk_of(row) not in unseen]
    for place, row in enumerate(saved):
        if pk_of(row) in unseen:
            kept.insert(place, row)
    return kept


def with_unseen_stories(content: Content, saved: Content, by: User | None) -> Content:
    """Return the content with the related stories that `by` may not see chosen exactly as in `saved`.

    Nobody pins, moves or takes out a story that they may not see. `by` None is a command, which sees everything.
    """
    unseen = unseen_stories(by, content, saved)
    if not unseen:
        return content
    kept = {name: keep_unseen(content[name], saved[name], unseen, lambda pair: pair[0]) for name in RELATED_PLACES}
    return {**content, **kept}


def as_seen_by(user: User | None, *contents: Content) -> list[Content]:
    """Return these contents for the eyes of `user`: a related story that they may not see is a number.

    Others have their headline of today: an old version may hold the one from before the story was public.
    """
    if user is None or _sees_everything(user):
        return list(contents)
    ids = {pk for content in contents for name in RELATED_PLACES for pk, _name in content.get(name) or ()}
    headlines = _readable(user, ids) if ids else {}
    words = gettext("A story that you may not open (%(number)d)")

    def seen(pairs: list[list[Any]] | None) -> list[list[Any]]:
        return [[pk, headlines.get(pk) or words % {"number": pk}] for pk, _name in pairs or ()]

    return [
        {**content, **{name: seen(content[name]) for name in RELATED_PLACES if name in content}} for content in contents
    ]


def _sees_everything(user: User) -> bool:
    return user.has_perm("articles.view_any_article")


def _readable(user: User, ids: Collection[int]) -> dict[int, str]:
    """Return {id: headline} of those that this person may see."""
    stories = RelatedChoice.stories().readable_by(user).filter(pk__in=ids)
    return {story.pk: str(story) for story in stories.only("headline")}
