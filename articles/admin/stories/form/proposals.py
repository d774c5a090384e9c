"""Proposed tags in the form of a story: those that wait stand among its tags, and can be taken off as tags can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.fields.chooser_words import PROPOSED_PREFIX, digits_in
from articles.findings import ChecklistFinding
from articles.models import Article, TagProposal
from articles.slugs import tag_key
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.form.article_form import ArticleForm

PROPOSALS_FIELD = "proposals_at_opening"  # the hidden input that holds the ids of the proposals that the form showed
MAX_IDS = 50  # of proposals that the hidden input may name


@dataclass(frozen=True)
class ProposalChanges:
    """What a form changes in the proposed tags of its story."""

    names: list[str]
    taken_back: list[int]

    def save(self, request: HttpRequest, story: Article) -> None:
        """Store them, and say what was proposed. Raises PermissionDenied, ValidationError."""
        if not self.names and not self.taken_back:
            return
        TagProposal.objects.revise(story, signed_in(request), self.names, self.taken_back)
        for name in self.names:
            text = _("“%(name)s” is proposed. It comes onto the story when the tag staff accept it.")
            messages.info(request, text % {"name": name})


def find_proposals(form: ArticleForm, story: Article) -> list[TagProposal]:
    """Return the proposed tags that this opening of the form shows, whatever has become of them since.

    What was proposed after it was opened is not missing from what it sends: only what it showed can be taken back.
    """
    if not story.pk:
        return []
    if not form.is_bound:
        return list(TagProposal.objects.open().filter(story=story))
    sent = form.data.get(PROPOSALS_FIELD, "").split(",")[:MAX_IDS]
    ids = [number for text in sent for number in digits_in(text)]
    return list(TagProposal.objects.filter(story=story, pk__in=ids)) if ids else []


def has_proposals(form: ArticleForm) -> bool:
    """Return whether the form shows a proposed tag now."""
    field: Any = form.fields["tags"]
    if not form.is_bound:
        return bool(field.proposals)
    return any(word.startswith(PROPOSED_PREFIX) for word in form["tags"].data)


def describe_proposed(findings: list[ChecklistFinding]) -> list[ChecklistFinding]:
    """Return the findings, of which the one about a story without a tag speaks of the proposed ones."""
    text = _("Its tags are only proposed: until the tag staff accept one, it appears on no tag page.")
    return [
        replace(finding, text=text) if finding.rule == "tag" and not finding.passed else finding for finding in findings
    ]


def list_proposal_changes(form: ArticleForm) -> ProposalChanges:
    """Return what a valid form changes in the proposed tags."""
    field: Any = form.fields["tags"]
    shown = {one.key for one in field.proposals}
    names = {tag_key(name): name for name in field.proposed(form["tags"].data).values()}
    return ProposalChanges(
        [name for key, name in names.items() if key not in shown],
        [one.pk for one in field.proposals if one.key not in names],
    )
