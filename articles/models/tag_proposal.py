"""A tag that somebody who may not create tags proposes for a story: it waits until the tag staff decide.

A proposal is no part of the story's content, and it points to no tag: what its name stands for is looked up when it is
accepted. So it is left alone when tags are merged, renamed or deleted, and an accepted one keeps the name of the tag
that its story got.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.proposal import Proposal, ProposalQuerySet
from articles.models.tag import Tag
from articles.models.tag_fields import MAX_TAG_KEY_LENGTH
from articles.slugs import tag_key

if TYPE_CHECKING:
    from articles.users import User

MAX_OPEN = 10  # proposals that wait for one story

# Sent with `proposal`, in the transaction of the decision, when it is accepted or declined.
tag_proposal_decided = Signal()


class TagProposalQuerySet(ProposalQuerySet["TagProposal"]):
    def decided_for(self, user: User, since: datetime.datetime) -> TagProposalQuerySet:
        """Return what others decided since then about the proposals of this person, the last decision first."""
        decided = self.exclude(state=TagProposal.State.OPEN).filter(proposed_by=user, decided_at__gt=since)
        return decided.exclude(decided_by=user).order_by("-decided_at", "-pk")

    def readable_by(self, user: User) -> TagProposalQuerySet:
        """Return those for a story whose headline this person may read."""
        return self.filter(story__in=Article.objects.readable_by(user).order_by().values("pk"))

    def waiting_tags(self) -> Any:
        """Return key, name, `since` and number of `stories` of each tag that waits, the longest waiting first."""
        waiting = self.open().order_by().values("key")
        found = waiting.annotate(tag=models.Min("name"), since=models.Min("proposed_at"), stories=models.Count("pk"))
        return found.order_by("since", "key")

    @transaction.atomic
    def revise(self, story: Article, by: User, names: Iterable[str] = (), taken_back: Collection[int] = ()) -> None:
        """Take back these proposals for a story, by their ids, and let these names wait, each once.

        The caller has saved the story. What was decided meanwhile stays decided. Raises PermissionDenied, or
        ValidationError when too many wait.
        """
        if not Article.objects.seen_by(by).filter(pk=story.pk).exists():
            raise PermissionDenied
        waiting = self.open().filter(story=story)
        waiting.filter(pk__in=taken_back).record_decision(TagProposal.State.WITHDRAWN, by)
        rows = [self.model(story=story, name=name, key=tag_key(name), proposed_by=by) for name in names]
        self.bulk_create(rows, ignore_conflicts=True)  # a colleague may have proposed the same just now
        if rows and waiting.count() > MAX_OPEN:
            text = _("At most %(limit)d proposed tags can wait for one story.")
            raise ValidationError({"tags": ValidationError(text, params={"limit": MAX_OPEN})})


class TagProposal(Proposal):
    # Who may create tags and put them onto stories.
    PERMISSIONS_TO_DECIDE: ClassVar = ["articles.add_tag", "articles.retag_article"]

    story = models.ForeignKey(Article, models.CASCADE, related_name="tag_proposals", verbose_name=_("story"))
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(_("key"), max_length=MAX_TAG_KEY_LENGTH, editable=False)
    accepted_as = models.CharField(max_length=100, blank=True)  # the name of the tag that the story got

    objects = TagProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed tag")
        verbose_name_plural = _("proposed tags")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "key"], condition=models.Q(state="open"), name="tag_proposal_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["key", "proposed_at"], condition=models.Q(state="open"), name="tag_proposal_open"),
            models.Index(fields=["proposed_by", "-decided_at"], name="tag_proposal_decided"),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def accept(self, by: User | None, tag: Tag | None = None) -> Tag:
        """Give the story the tag of this name, which is created if there is none, or `tag` in its place; return it.

        The story gets it wherever it has tags: for readers, in what waits and in what is scheduled. Raises
        PermissionDenied, ValidationError.
        """
        self._require(by)
        self._decide(self.State.ACCEPTED, by)
        tag = tag or Tag.objects.for_names([self.name])[0]
        if not Tag.objects.lock_against_deletion([tag.pk]):
            raise ValidationError(gettext("“%(tag)s” is no longer a tag."), params={"tag": tag})
        story = Article.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.story_id)
        story.retag(by, add=[tag])
        self.accepted_as = tag.name
        self.save(update_fields=["accepted_as"])
        tag_proposal_decided.send(type(self), proposal=self)
        return tag

    @transaction.atomic
    def decline(self, by: User | None, answer: str = "") -> None:
        """Leave the story as it is, and tell its proposer why. Raises PermissionDenied, ValidationError."""
        self._require(by)
        self._decide(self.State.DECLINED, by, answer)
        tag_proposal_decided.send(type(self), proposal=self)
