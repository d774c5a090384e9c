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
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from articles.admin.tags.history import describe_change, log_of_change, log_tag_change, undo_url
from articles.admin.tags.page import describe_states
from articles.characters import without_junk
from articles.log_messages import log_message
from articles.models import MergedTag, Tag, TagChange
from articles.models.tag_verbs import SourcePlan
from articles.users import signed_in

MAX_TAGS_MERGED = 100  # tags at once


@dataclass
class TagChoice:
    """The tags that a URL names."""

    tags: list[Tag]
    target: Tag | None
    problems: list[str] = field(default_factory=list)  # sentences about named tags that do not exist

    @property
    def sources(self) -> list[Tag]:
        return [tag for tag in self.tags if tag != self.target]


@dataclass(frozen=True)
class MergeSource:
    """A tag that is merged into another, as the page describes it."""

    plan: SourcePlan
    states: str  # the states of its stories, in words


def show_merge(request: HttpRequest, admin_site: Any) -> HttpResponse:
    if not request.user.has_perm("articles.merge_tag"):
        raise PermissionDenied
    choice = parse_choice(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        return _merge(request, choice)
    plan = choice.target.merge_plan(choice.sources) if choice.target and choice.sources else None
    context = {
        **admin_site.each_context(request),
        "title": _("Merge tags"),
        "opts": Tag._meta,
        "choice": choice,
        "ids": parse_ids(choice.tags),
        "tags": [(tag, parse_ids(other for other in choice.tags if other != tag)) for tag in choice.tags],
        "plan": plan,
        "sources": [MergeSource(source, describe_states(source.statuses)) for source in plan.sources] if plan else [],
    }
    return TemplateResponse(request, "admin/articles/tag/merge.html", context)


def parse_choice(data: QueryDict) -> TagChoice:
    """Return the choice of ?tags=1,2,3 with a target among them, or of `into`: a name, another spelling or an id."""
    numbers = list(dict.fromkeys(map(int, filter(_is_number, data.get("tags", "").split(",")))))[:MAX_TAGS_MERGED]
    found = Tag.objects.in_bulk(numbers)
    gone = [pk for pk in numbers if pk not in found]
    choice = TagChoice([found[pk] for pk in numbers if pk in found], None, _describe_gone(gone))
    text = " ".join(without_junk(data.get("into", "")).split())
    typed = find_tag(text) if text else None
    if text and typed is None:
        choice.problems.append(_("There is no tag “%(text)s”.") % {"text": text})
    if typed and typed not in choice.tags:
        choice.tags.append(typed)
    wanted = data.get("target", "")
    if _is_number(wanted) and int(wanted) not in found:
        choice.problems.append(_("The tag that was to stay no longer exists: choose another one."))
    elif _is_number(wanted):
        choice.target = found[int(wanted)]
    choice.target = typed or choice.target or max(choice.tags, key=_count_stories, default=None)
    return choice


def find_tag(text: str) -> Tag | None:
    """Return the tag with this name, other spelling or id."""
    number = text.removeprefix("id:").strip()
    return Tag.objects.resolve(text) or (Tag.objects.filter(pk=number).first() if _is_number(number) else None)


def _merge(request: HttpRequest, choice: TagChoice) -> HttpResponse:
    """Merge the tags. Reports a tag that is gone meanwhile instead of guessing another."""
    target, sources = choice.target, choice.sources
    if request.POST.get("target") != str(target.pk if target else ""):  # another one than the page showed
        _report_merge(request, choice.problems)
        return HttpResponseRedirect(merge_url(choice.tags))
    assert target is not None  # noqa: S101 - it has the id that was sent
    try:
        with transaction.atomic():
            log_tag_change(
                request, sources, log_message(gettext_noop("Merged into “%(tag)s”"), {"tag": target}), DELETION
            )
            change = target.merge(sources, signed_in(request))
            log_tag_change(request, [target], log_of_change(change))
    except ValidationError as error:
        _report_merge(request, choice.problems or error.messages)
        return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[target.pk]))
    _report_merge(request, choice.problems)
    messages.success(request, merge_message(change))
    return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[target.pk]))


def _report_merge(request: HttpRequest, problems: Iterable[str]) -> None:
    for problem in problems:
        messages.warning(request, problem)


def merge_message(change: TagChange) -> str:
    """Return the message that a merge or deletion is done, with its number of stories and a link to undo it."""
    count = change.story_count
    text = ngettext("%(change)s: %(count)d story.", "%(change)s: %(count)d stories.", count)
    words = text % {"change": describe_change(change), "count": count}
    return format_html('{} <a href="{}">{}</a>', words, undo_url(change), _("Undo"))


def merge_url(tags: Iterable[Tag]) -> str:
    """Return the URL of the page that asks which of these tags stays."""
    return f"{reverse('admin:articles_tag_merge')}?{urlencode({'tags': parse_ids(tags)}, safe=',')}"


def parse_ids(tags: Iterable[Tag]) -> str:
    return ",".join(str(tag.pk) for tag in tags)


@admin.action(description=gettext_lazy("Merge …"), permissions=["merge"])
def merge_selected(model_admin: Any, request: HttpRequest, tags: QuerySet[Tag]) -> HttpResponse:
    return HttpResponseRedirect(merge_url(tags.order_by("-story_count", "pk")[:MAX_TAGS_MERGED]))


def _describe_gone(numbers: list[int]) -> list[str]:
    """Return in sentences what became of the tags that had these ids."""
    today = Tag.objects.merged_into(numbers)
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


def _count_stories(tag: Tag) -> int:
    return tag.story_count


def _is_number(text: str) -> bool:
    """Return whether the text is a row's id.

    >>> [_is_number(text) for text in ("12", "", "x", "²", "9" * 30)]
    [True, False, False, False, False]
    """
    return text.isascii() and text.isdigit() and len(text) < 19
