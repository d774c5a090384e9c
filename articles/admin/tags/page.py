"""What stands below a tag's form: where it is used, the tags beside it, its addresses, and what was done to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.tags.history import entries
from articles.models import Article, Tag, TagChange
from articles.models.former_address import plain_path

STORIES = 8
ADDRESSES = 100
CHANGES = 50


def parts_of(tag: Tag, user: Any) -> dict[str, Any]:
    """What templates/desk/admin/articles/tag/_about.html is given."""
    may_open_stories = user.has_perm("articles.view_any_article")
    counts = tag.stories_by_state()
    if not may_open_stories:
        counts = {state: count for state, count in counts.items() if state == "published"}
    stories = Article.objects.visible().tagged(tag).select_related("section").with_bylines().defer("body")
    return {
        "tag": tag,
        "newest": stories[:STORIES],
        "counts": in_states(counts),
        "used": sum(counts.values()),
        "may_open_stories": may_open_stories,
        "beside": tag.beside(),
        "is_public": Tag.objects.public().filter(pk=tag.pk).exists(),
        "path": plain_path(tag),
        "addresses": addresses_of(tag)[:ADDRESSES],
        "entries": entries(TagChange.objects.about(tag).told().newest_first()[:CHANGES], user),
    }


def addresses_of(tag: Tag) -> list[str]:
    """Every path that leads to the page of this tag."""
    former = tag.former_addresses.order_by("path").values_list("path", flat=True)
    return list(dict.fromkeys([*(alias.path for alias in tag.aliases.all()), *former]))


def in_states(counts: dict[str, int]) -> str:
    """“12 published, 2 scheduled, 1 draft”; "" for no story."""
    words = [
        (counts.get("published", 0), lambda n: _("%(count)d published") % {"count": n}),
        (counts.get("scheduled", 0), lambda n: _("%(count)d scheduled") % {"count": n}),
        (counts.get("review", 0), lambda n: _("%(count)d in review") % {"count": n}),
        (counts.get("draft", 0), lambda n: ngettext("%(count)d draft", "%(count)d drafts", n) % {"count": n}),
        (counts.get("withdrawn", 0), lambda n: _("%(count)d withdrawn") % {"count": n}),
    ]
    return ", ".join(say(count) for count, say in words if count)
