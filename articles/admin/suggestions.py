"""Answers what is typed into a chooser, best match first, at most ten rows: JSON in Select2's shape."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from articles import search
from articles.admin.choosers import BY_ID, NEW, named, story_label
from articles.models import Article, Author, Tag, TagAlias
from articles.search.query import parse
from articles.slugs import ascii_slug, tag_key

ROWS = 10
TEXTS = ("body", "standfirst", "compact_text", "long_text")


def answer(rows: list[tuple[str, str]]) -> JsonResponse:
    return JsonResponse({"results": [{"id": word, "text": label} for word, label in rows]})


def authors(term: str) -> list[tuple[str, str]]:
    """Colleagues of today before those of former days."""
    slug = ascii_slug(term)
    matching = Q(name__icontains=term) | Q(slug__contains=slug) if slug else Q(name__icontains=term)
    people = Author.objects.filter(matching).order_by("-is_active", "name", "pk")[:ROWS]
    return [(f"{BY_ID}{person.pk}", _author_label(person)) for person in people]


def tags(term: str, *, may_add: bool) -> list[tuple[str, str]]:
    """Exact, then prefix, then contains, then by number of stories; making a new tag comes last."""
    key = tag_key(term)
    if not key:
        return []
    found = list(_by_likeness(Tag.objects.filter(key__contains=key), key, "story_count")[:ROWS])
    aliases = _by_likeness(TagAlias.objects.filter(key__contains=key), key, "tag__story_count")
    aliases = list(aliases.select_related("tag")[:ROWS])
    rows = [(_rank(tag.key, key), -tag.story_count, f"{BY_ID}{tag.pk}", tag.name) for tag in found]
    rows += [
        (_rank(alias.key, key), -alias.tag.story_count, f"{BY_ID}{alias.tag_id}", f"{alias.name} → {alias.tag.name}")
        for alias in aliases
    ]
    rows.sort()
    chosen = list({word: label for _likeness, _count, word, label in reversed(rows)}.items())[::-1][:ROWS]
    exact = any(likeness == 0 for likeness, *_rest in rows)
    if may_add and not exact:
        name = named(term)
        chosen = [*chosen[: ROWS - 1], (f"{NEW}{name}", _("New tag “%(name)s”") % {"name": name})]
    return chosen


def stories(term: str, user: Any) -> list[tuple[str, str]]:
    """What is public or theirs and holds these words: those with all of them in the headline first, newest first."""
    query = parse(term)
    if not query:
        return []
    place = {pk: number for number, pk in enumerate(search.matches(query, []))}
    seen = Article.objects.seen_by(user).values("pk")
    public = Article.objects.visible().filter(pk__in=place).values("pk")
    found = Article.objects.filter(pk__in=place).filter(Q(pk__in=seen) | Q(pk__in=public)).defer(*TEXTS)
    words = tag_key(term).split()
    ranked = sorted(found, key=lambda story: (not _holds(tag_key(story.headline), words), place[story.pk]))
    return [(f"{BY_ID}{story.pk}", story_label(story)) for story in ranked[:ROWS]]


def _holds(headline: str, words: list[str]) -> bool:
    return all(word in headline for word in words)


def _by_likeness(rows: Any, key: str, count: str) -> Any:
    likeness = Case(
        When(key=key, then=Value(0)),
        When(key__startswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(likeness=likeness).order_by("likeness", f"-{count}", "key")


def _rank(key: str, typed: str) -> int:
    return 0 if key == typed else 1 if key.startswith(typed) else 2


def _author_label(person: Author) -> str:
    label = f"{person.name}, {person.title}" if person.title else person.name
    return label if person.is_active else _("%(name)s (former colleague)") % {"name": label}


def typed(request: HttpRequest) -> str:
    """What the chooser asks for; the database takes no NUL."""
    return " ".join(request.GET.get("term", "")[:100].replace("\0", " ").split())
