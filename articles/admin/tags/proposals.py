"""Tags that reporters propose, as the tag staff see and decide them: for all stories of a name at once, or for some.

A person who may not read a story's headline sees neither the headline nor how many such stories there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from articles import lookalikes
from articles.admin.fields.chooser_words import digits_in
from articles.admin.refused_message import refused_message
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.tags.history import log_tag_change
from articles.admin.tags.merging import find_tag
from articles.characters import without_junk
from articles.models import Tag, TagProposal
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

MAX_TAGS_SHOWN = 30
MAX_AT_ONCE = 100  # stories of one tag: some seconds of work
MAX_ALIKE = 3


@dataclass(frozen=True)
class ProposedTag:
    """A name that is proposed, with everything that a decision needs."""

    key: str
    name: str
    stories: int
    proposals: list[TagProposal]  # for stories whose headline the person may read
    has_others: bool  # whether it is proposed for other stories too
    existing: Tag | None  # the tag that has this name or alias now
    alike: list[Tag]


def list_proposed_tags(user: User) -> list[ProposedTag]:
    """Return the proposed tags, the longest waiting first. Six queries, however many there are."""
    waiting = list(TagProposal.objects.waiting_tags()[:MAX_TAGS_SHOWN])
    keys = [found["key"] for found in waiting]
    shown = _shown_proposals(user, keys)
    existing, alike = Tag.objects.by_keys(keys), _look_alikes(keys)
    return [
        ProposedTag(
            found["key"],
            found["tag"],
            found["stories"],
            shown[found["key"]][:MAX_AT_ONCE],
            len(shown[found["key"]]) < found["stories"] and not user.has_perm("articles.view_any_article"),
            existing.get(found["key"]),
            alike[found["key"]][:MAX_ALIKE],
        )
        for found in waiting
    ]


def decide_proposals(request: HttpRequest) -> HttpResponse:
    """Accept the chosen proposals, as the tag of their name or as another one, or decline them."""
    if not TagProposal.may_be_decided_by(signed_in(request)):
        raise PermissionDenied
    back = HttpResponseRedirect(f"{reverse('admin:articles_tag_housekeeping')}#proposals")
    chosen = list(_chosen(request).select_related("story").defer("story__body")[:MAX_AT_ONCE])
    if not chosen:
        messages.error(request, _("Choose a story; or somebody has already decided this."))
    elif "_decline" in request.POST:
        _decline(request, chosen)
    elif "_accept" in request.POST or "as" in request.POST:
        _accept(request, chosen)
    else:
        return HttpResponseBadRequest("no button")
    return back


def _accept(request: HttpRequest, chosen: list[TagProposal]) -> None:
    text = " ".join(without_junk(request.POST.get("as") or request.POST.get("into", "")).split())
    tag = find_tag(text) if text else None
    if text and tag is None:
        messages.error(request, _("There is no tag “%(text)s”.") % {"text": text})
        return
    done, given = 0, tag
    for proposal in chosen:
        try:
            given = proposal.accept(signed_in(request), tag)
            done += 1
        except (ValidationError, IntegrityError) as error:
            messages.error(request, refused_message(proposal, describe_refusal(error)))
    if done and given:
        log_tag_change(request, [given], gettext_noop("Proposed tag accepted"))
        text = ngettext("Accepted: %(n)d story has “%(tag)s” now.", "Accepted: %(n)d stories have “%(tag)s” now.", done)
        unnumbered = _("Accepted: the stories have “%(tag)s” now.")
        messages.success(request, _counted(request, text, unnumbered) % {"n": done, "tag": given})


def _decline(request: HttpRequest, chosen: list[TagProposal]) -> None:
    done = 0
    for proposal in chosen:
        try:
            proposal.decline(signed_in(request), request.POST.get("answer", ""))
            done += 1
        except ValidationError as error:
            messages.error(request, refused_message(proposal, error))
    if done:
        text = ngettext("“%(tag)s” is declined for %(n)d story.", "“%(tag)s” is declined for %(n)d stories.", done)
        unnumbered = _("“%(tag)s” is declined.")
        messages.success(request, _counted(request, text, unnumbered) % {"n": done, "tag": chosen[0]})


def _counted(request: HttpRequest, numbered: str, unnumbered: str) -> str:
    """Return the sentence with the number for those who may know of every story, else the one without."""
    return numbered if request.user.has_perm("articles.view_any_article") else unnumbered


def _chosen(request: HttpRequest) -> QuerySet[TagProposal]:
    """Return the proposals that are ticked, and with `others` those of this key for stories that are not readable."""
    waiting = TagProposal.objects.open()
    readable = TagProposal.objects.readable_by(signed_in(request)).order_by().values("pk")
    ids = [number for text in request.POST.getlist("proposal")[:MAX_AT_ONCE] for number in digits_in(text)]
    wanted = Q(pk__in=ids) & Q(pk__in=readable)
    if others := without_junk(request.POST.get("others", "")):
        wanted |= Q(key=others) & ~Q(pk__in=readable)
    return waiting.filter(wanted)


def _shown_proposals(user: User, keys: Iterable[str]) -> dict[str, list[TagProposal]]:
    """Return key → the proposals of this person's stories and the public ones. One query."""
    rows = TagProposal.objects.open().readable_by(user).filter(key__in=keys)
    shown: dict[str, list[TagProposal]] = defaultdict(list)
    for proposal in rows.select_related("story", "proposed_by").defer("story__body")[: MAX_TAGS_SHOWN * MAX_AT_ONCE]:
        shown[proposal.key].append(proposal)
    return shown


def _look_alikes(keys: list[str]) -> dict[str, list[Tag]]:
    """Return key → the tags whose names look like it, which begin with the same letter. Two queries."""
    initials = {key[:1] for key in keys}
    candidates = Tag.objects.annotate(initial=Left("key", 1)).filter(initial__in=initials)
    tag_keys = list(candidates.order_by().values_list("key", flat=True)) if keys else []
    found = {
        key: lookalikes.find_look_alikes(key, (other for other in tag_keys if other[:1] == key[:1])) for key in keys
    }
    tags = Tag.objects.by_keys(other for others in found.values() for other in others)
    return {key: [tags[other] for other in others if other in tags] for key, others in found.items()}
