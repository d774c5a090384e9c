"""What somebody wants to be told, and how, where that differs from what everybody is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from newsroom.models.story_event import StoryEvent
from newsroom.models.user import User

# What everybody is told by mail unless they choose otherwise: what stops work that they believe to be done, and what
# somebody wrote to them. The bell tells everything.
MAILED = {StoryEvent.Kind.SENT_BACK, StoryEvent.Kind.STUCK, StoryEvent.Kind.MENTIONED}


class NoticeChoiceQuerySet(models.QuerySet["NoticeChoice"]):
    def ways_of(self, people: Iterable[User], kind: str) -> dict[int, set[str]]:
        """Return the ways by which each of these people, by id, is told of this kind of event. One query."""
        chosen: dict[int, dict[str, bool]] = defaultdict(dict)
        ids = [person.pk for person in people]
        for person, way, wanted in self.filter(person__in=ids, kind=kind).values_list("person", "way", "wanted"):
            chosen[person][way] = wanted
        ways = NoticeChoice.Way.values
        return {pk: {way for way in ways if chosen[pk].get(way, is_default(kind, way))} for pk in ids}

    def of_person(self, person: User) -> dict[tuple[str, str], bool]:
        """Return for each kind of event and way whether this person wants to be told. One query."""
        chosen = {(row.kind, row.way): row.wanted for row in self.filter(person=person)}
        pairs = ((kind, way) for kind in StoryEvent.Kind.values for way in NoticeChoice.Way.values)
        return {pair: chosen.get(pair, is_default(*pair)) for pair in pairs}

    @transaction.atomic
    def choose(self, person: User, wanted: Mapping[tuple[str, str], bool]) -> None:
        """Store what this person chose; a choice that everybody is given is none."""
        self.filter(person=person).delete()
        rows = ((pair, choice) for pair, choice in wanted.items() if choice != is_default(*pair))
        self.bulk_create(
            [self.model(person=person, kind=kind, way=way, wanted=choice) for (kind, way), choice in rows],
            ignore_conflicts=True,  # the same form, sent twice at once
        )


class NoticeChoice(models.Model):
    class Way(models.TextChoices):
        BELL = "bell", _("On the desk")
        MAIL = "mail", _("By mail")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=StoryEvent.Kind)
    way = models.CharField(max_length=10, choices=Way)
    wanted = models.BooleanField()

    objects = NoticeChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "choice of notices"
        verbose_name_plural = "choices of notices"
        constraints = [models.UniqueConstraint(fields=["person", "kind", "way"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.way}"


def is_default(kind: str, way: str) -> bool:
    """Return whether everybody is told of this kind of event in this way unless they choose otherwise."""
    return way == NoticeChoice.Way.BELL or kind in MAILED
