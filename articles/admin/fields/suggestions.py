"""Answers what is typed into a chooser, best match first, at most ten rows: JSON in Select2's shape."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from articles import clock, search
from articles.admin.fields.chooser_words import ID_WORD, NEW_PREFIX, PROPOSED_PREFIX, parse_path, readable_part
from articles.admin.fields.story_choosers import find_stories, story_label
from articles.models import Article, Author, Tag, TagAlias
from articles.models.author import slug_of_name
from articles.models.tag_queryset import last_use
from articles.search.query import PREFIX_FROM, parse_query
from articles.slugs import ascii_slug, tag_key
from articles.terms import terms

if TYPE_CHECKING:
    from articles.users import User

MAX_SUGGESTIONS = 10
MAX_SPELLINGS = 50  # several may lead to one tag
LIKENESS_OF_EQUAL_KEYS = 0  # the likeness of a key to itself
RANK_OF_TEXT = 3  # of a story that has the words in its text alone
RECENT_USE = datetime.timedelta(days=90)
LONG_TEXTS = ("body", "standfirst", "compact_text", "long_text")


@dataclass(frozen=True)
class SuggestionRow:
    word: str  # the value that the form posts
    label: str
    exact: bool = False  # it is called exactly what was typed


@dataclass(frozen=True)
class FoundStory:
    story: Article
    rank: int = 0  # see `headline_rank`


def suggestions_response(rows: list[SuggestionRow]) -> JsonResponse:
    return JsonResponse({"results": [{"id": row.word, "text": row.label, "exact": row.exact} for row in rows]})


def suggest_authors(term: str) -> list[SuggestionRow]:
    """Return matching authors, those whose name begins with what was typed first; those who work here now come before
    former ones.
    """
    slug = ascii_slug(term)
    matching = Q(name__icontains=term) | Q(slug__contains=slug) if slug else Q(name__icontains=term)
    begins = Q(name__istartswith=term) | Q(slug__startswith=slug) if slug else Q(name__istartswith=term)
    found = Author.objects.filter(matching, merged_into=None).annotate(
        likeness=Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())
    )
    people = found.order_by("likeness", "-is_active", "name", "pk")[:MAX_SUGGESTIONS]
    wanted = slug_of_name(term)
    return [SuggestionRow(f"{ID_WORD}{one.pk}", _author_label(one), slug_of_name(one.name) == wanted) for one in people]


def suggest_tags(term: str, user: User, *, may_add: bool, may_propose: bool = False) -> list[SuggestionRow]:
    """Return matching tags: exact matches, then prefixes, then the others; recently used and frequent ones first, a new
    tag, to create or to propose, last.

    The order tells nobody of stories that they may not see: what is counted of a tag includes scheduled ones. One
    query; the database reads every key, which takes 10 ms among 50,000.
    """
    key = tag_key(term)
    if not key:
        return []
    tells_all = user.has_perm("articles.view_any_article")
    found = _spellings(Tag.objects, key, "", tells_all=tells_all).union(
        _spellings(TagAlias.objects, key, "tag__", tells_all=tells_all), all=True
    )
    best = list(found.order_by("likeness", "use", "-count", "key")[:MAX_SPELLINGS])
    chosen: dict[int, SuggestionRow] = {}
    for found_row in best:
        own = found_row["name"] == found_row["tag_name"]
        label = found_row["name"] if own else f"{found_row['name']} → {found_row['tag_name']}"
        row = SuggestionRow(f"{ID_WORD}{found_row['tag_of']}", label, found_row["likeness"] == LIKENESS_OF_EQUAL_KEYS)
        chosen.setdefault(found_row["tag_of"], row)
    rows = list(chosen.values())[:MAX_SUGGESTIONS]
    if (may_add or may_propose) and not any(row.exact for row in rows):
        rows = [*rows[: MAX_SUGGESTIONS - 1], _new_tag(readable_part(term), may_add=may_add)]
    return rows


def _new_tag(name: str, *, may_add: bool) -> SuggestionRow:
    if may_add:
        return SuggestionRow(f"{NEW_PREFIX}{name}", _("New tag “%(name)s”") % {"name": name})
    return SuggestionRow(f"{PROPOSED_PREFIX}{name}", _("Propose “%(name)s”") % {"name": name})


def suggest_stories(term: str, user: User) -> list[SuggestionRow]:
    """Return stories that this person may read with all these words, as `find_stories_with` finds them."""
    found = find_stories_with(term, user, MAX_SUGGESTIONS)
    named_so = [one.story.pk for one in found if tag_key(one.story.headline) == tag_key(term)]

    def is_exact(story: Article) -> bool:
        return parse_path(term) == (str(story.address_date), story.slug) or [story.pk] == named_so

    return [SuggestionRow(f"{ID_WORD}{one.story.pk}", story_label(one.story), is_exact(one.story)) for one in found]


def find_stories_with(term: str, user: User, limit: int) -> list[FoundStory]:
    """Return the stories that this person may read with all these words, ordered by `headline_rank`, then newest first.

    An address leads to its story.
    """
    if "/" in term and (there := find_stories([term], user).get(term)):
        return [FoundStory(there)]
    query = parse_query(without_unfinished_word(term))
    if not query:
        return []
    place = {pk: number for number, pk in enumerate(search.find_matching_stories(query, []).ids)}
    headlines = Article.objects.readable_by(user).filter(pk__in=place).values_list("pk", "headline")
    typed = terms(term)
    ranks = {pk: headline_rank(terms(headline), typed) for pk, headline in headlines}
    best = sorted(ranks, key=lambda pk: (ranks[pk], place[pk]))[:limit]
    stories = Article.objects.defer(*LONG_TEXTS).in_bulk(best)
    return [FoundStory(stories[pk], ranks[pk]) for pk in best if pk in stories]


def without_unfinished_word(term: str) -> str:
    """Return what was typed without a last word of one or two letters, of which the search knows no beginning.

    >>> without_unfinished_word("port de"), without_unfinished_word("de"), without_unfinished_word("port ")
    ('port', 'de', 'port ')
    """
    first, _space, last = term.rpartition(" ")
    return first if first and 0 < len(last) < PREFIX_FROM else term


def headline_rank(headline: list[str], typed: list[str]) -> int:
    """Return how well the terms of a headline match those that were typed.

    0 for exactly these, 1 where it has each of them, 2 where each begins one of its terms, otherwise RANK_OF_TEXT.

    >>> headline_rank(["le", "port"], ["le", "port"]), headline_rank(["le", "port", "ferme"], ["port"])
    (0, 1)
    >>> headline_rank(["le", "port"], ["po"]), headline_rank(["le", "port"], ["quai"])
    (2, 3)
    """
    if headline == typed:
        return 0
    if set(typed).issubset(headline):
        return 1
    return 2 if all(any(word.startswith(one) for word in headline) for one in typed) else RANK_OF_TEXT


def _spellings(rows: Any, key: str, tag: str, *, tells_all: bool) -> Any:
    """Return the tags or aliases whose key contains the text; `path` leads from the row to its tag."""
    likeness = Case(
        When(key=key, then=Value(LIKENESS_OF_EQUAL_KEYS)),
        When(key__startswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    now = clock.now()
    last_used_at: Any = F(f"{tag}last_used_at")
    if not tells_all:  # a scheduled story may be the last use: what readers know is looked up for these tags alone
        is_scheduled = Q(**{f"{tag}last_used_at__gt": now})
        last_used_at = Case(When(is_scheduled, then=last_use(now, tag=f"{tag}pk")), default=last_used_at)
    return (
        rows.filter(key__contains=key)
        .order_by()
        .annotate(
            likeness=likeness,
            used=last_used_at,
            use=Case(When(used__gte=now - RECENT_USE, then=Value(0)), default=Value(1), output_field=IntegerField()),
            count=F(f"{tag}story_count") if tells_all else Value(0),
            tag_of=F(f"{tag}pk"),
            tag_name=F(f"{tag}name"),
        )
        .values("name", "key", "likeness", "use", "count", "tag_of", "tag_name")
    )


def _author_label(person: Author) -> str:
    label = f"{person.name}, {person.title}" if person.title else person.name
    return label if person.is_active else _("%(name)s (former colleague)") % {"name": label}


def typed_query(request: HttpRequest) -> str:
    """Return what was typed into the chooser, without NUL, which the database does not take."""
    return " ".join(request.GET.get("term", "")[:100].replace("\0", " ").split())
