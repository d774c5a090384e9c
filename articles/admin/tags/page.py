"""The part below a tag's form: where it is used, related tags, its addresses and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.tags.history import list_entries
from articles.models import Article, Tag, TagChange
from articles.models.former_address import plain_path

if TYPE_CHECKING:
    from articles.users import User

MAX_STORIES_SHOWN = 8
MAX_ADDRESSES_SHOWN = 100
MAX_CHANGES_OF_TAG = 50


def tag_page_context(tag: Tag, user: User) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/tag/_about.html."""
    may_open_stories = user.has_perm("articles.view_any_article")
    counts = tag.stories_by_state()
    if not may_open_stories:
        counts = {state: count for state, count in counts.items() if state == "published"}
    stories = Article.objects.visible().tagged(tag).select_related("section").with_bylines().defer("body")
    return {
        "tag": tag,
        "newest": stories[:MAX_STORIES_SHOWN],
        "counts": describe_states(counts),
        "used": sum(counts.values()),
        "may_open_stories": may_open_stories,
        "beside": tag.co_occurring(),
        "is_public": Tag.objects.public().filter(pk=tag.pk).exists(),
        "path": plain_path(tag),
        "addresses": list_tag_paths(tag)[:MAX_ADDRESSES_SHOWN],
        "entries": list_entries(TagChange.objects.about(tag).with_details().newest_first()[:MAX_CHANGES_OF_TAG], user),
    }


def list_tag_paths(tag: Tag) -> list[str]:
    """Return every path that leads to the page of this tag."""
    former = tag.former_addresses.order_by("path").values_list("path", flat=True)
    return list(dict.fromkeys([*(alias.path for alias in tag.aliases.all()), *former]))


def describe_states(counts: dict[str, int]) -> str:
    """Return “12 published, 2 scheduled, 1 draft”; "" for no story."""
    words = [
        (counts.get("published", 0), lambda n: _("%(count)d published") % {"count": n}),
        (
            counts.get("scheduled", 0),
            lambda n: ngettext("%(count)d scheduled", "%(count)d scheduled", n) % {"count": n},
        ),
        (counts.get("review", 0), lambda n: _("%(count)d in review") % {"count": n}),
        (counts.get("draft", 0), lambda n: ngettext("%(count)d draft", "%(count)d drafts", n) % {"count": n}),
        (
            counts.get("withdrawn", 0),
            lambda n: ngettext("%(count)d withdrawn", "%(count)d withdrawn", n) % {"count": n},
        ),
    ]
    return ", ".join(say(count) for count, say in words if count)
