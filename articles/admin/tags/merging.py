"""Merging tags: which one stays, what the merge would do, and the merge itself, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.models import DELETION
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.tags.history import address_of, in_words, log
from articles.admin.tags.page import in_states
from articles.characters import without_junk
from articles.models import MergedTag, Tag, TagChange
from articles.models.tag_verbs import SourcePlan

LIMIT = 100  # tags at once


@dataclass
class Choice:
    """The tags that an address names."""

    tags: list[Tag]
    target: Tag | None
    problems: list[str] = field(default_factory=list)  # what it names and is not there, in sentences

    @property
    def sources(self) -> list[Tag]:
        return [tag for tag in self.tags if tag != self.target]


@dataclass(frozen=True)
class Source:
    """A tag that goes, as the page tells of it."""

    plan: SourcePlan
    states: str  # of its stories, in words


def page(request: HttpRequest, admin_site: Any) -> HttpResponse:
    if not request.user.has_perm("articles.merge_tag"):
        raise PermissionDenied
    choice = chosen(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        return _merge(request, choice)
    plan = choice.target.merge_plan(choice.sources) if choice.target and choice.sources else None
    context = {
        **admin_site.each_context(request),
        "title": _("Merge tags"),
        "opts": Tag._meta,
        "choice": choice,
        "ids": ids_of(choice.tags),
        "tags": [(tag, ids_of(other for other in choice.tags if other != tag)) for tag in choice.tags],
        "plan": plan,
        "sources": [Source(source, in_states(source.statuses)) for source in plan.sources] if plan else [],
    }
    return TemplateResponse(request, "admin/articles/tag/merge.html", context)


def chosen(data: QueryDict) -> Choice:
    """From ?tags=1,2,3 with a target among them, or `into`: a name, another spelling or an id that is typed."""
    numbers = list(dict.fromkeys(map(int, filter(_is_number, data.get("tags", "").split(",")))))[:LIMIT]
    found = Tag.objects.in_bulk(numbers)
    gone = [pk for pk in numbers if pk not in found]
    choice = Choice([found[pk] for pk in numbers if pk in found], None, _gone(gone))
    text = " ".join(without_junk(data.get("into", "")).split())
    typed = named(text) if text else None
    if text and typed is None:
        choice.problems.append(_("There is no tag “%(text)s”.") % {"text": text})
    if typed and typed not in choice.tags:
        choice.tags.append(typed)
    wanted = data.get("target", "")
    if _is_number(wanted) and int(wanted) not in found:
        choice.problems.append(_("The tag that was to stay no longer exists: choose another one."))
    elif _is_number(wanted):
        choice.target = found[int(wanted)]
    choice.target = typed or choice.target or max(choice.tags, key=_stories, default=None)
    return choice


def named(text: str) -> Tag | None:
    """By its name, another spelling or its id."""
    number = text.removeprefix("id:").strip()
    return Tag.objects.resolve(text) or (Tag.objects.filter(pk=number).first() if _is_number(number) else None)


def _merge(request: HttpRequest, choice: Choice) -> HttpResponse:
    """What is gone by now is told and not guessed."""
    target, sources = choice.target, choice.sources
    if request.POST.get("target") != str(target.pk if target else ""):  # another one than the page showed
        _tell(request, choice.problems)
        return HttpResponseRedirect(address(choice.tags))
    assert target is not None  # noqa: S101 - it has the id that was sent
    try:
        with transaction.atomic():
            log(request, sources, _("Merged into “%(tag)s”") % {"tag": target}, DELETION)
            change = target.merge(sources, request.user)
            log(request, [target], in_words(change))
    except ValidationError as error:
        _tell(request, choice.problems or error.messages)
        return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[target.pk]))
    _tell(request, choice.problems)
    messages.success(request, done(change))
    return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[target.pk]))


def _tell(request: HttpRequest, problems: Iterable[str]) -> None:
    for problem in problems:
        messages.warning(request, problem)


def done(change: TagChange) -> str:
    """That a merge or deletion is done, with its number of stories and the way back."""
    count = change.story_count
    text = ngettext("%(change)s: %(count)d story.", "%(change)s: %(count)d stories.", count)
    words = text % {"change": in_words(change), "count": count}
    return format_html('{} <a href="{}">{}</a>', words, address_of(change), _("Undo"))


def address(tags: Iterable[Tag]) -> str:
    """Of the page that asks which of these tags stays."""
    return f"{reverse('admin:articles_tag_merge')}?{urlencode({'tags': ids_of(tags)}, safe=',')}"


def ids_of(tags: Iterable[Tag]) -> str:
    return ",".join(str(tag.pk) for tag in tags)


@admin.action(description=gettext_lazy("Merge …"), permissions=["merge"])
def merge_selected(model_admin: Any, request: HttpRequest, tags: QuerySet[Tag]) -> HttpResponse:
    return HttpResponseRedirect(address(tags.order_by("-story_count", "pk")[:LIMIT]))


def _gone(numbers: list[int]) -> list[str]:
    """What became of the tags that had these ids, in sentences."""
    today = MergedTag.objects.follow(numbers)
    merged = MergedTag.objects.filter(pk__in=today).order_by("pk")
    told = [
        _("“%(name)s” has since been merged into “%(tag)s”.") % {"name": step.name, "tag": today[step.pk]}
        for step in merged
    ]
    rest = len(numbers) - len(told)
    if not rest:
        return told
    text = ngettext("%(count)d selected tag no longer exists.", "%(count)d selected tags no longer exist.", rest)
    return [*told, text % {"count": rest}]


def _stories(tag: Tag) -> int:
    return tag.story_count


def _is_number(text: str) -> bool:
    """Of a row.

    >>> [_is_number(text) for text in ("12", "", "x", "²", "9" * 30)]
    [True, False, False, False, False]
    """
    return text.isascii() and text.isdigit() and len(text) < 19
