"""Which stories have a list of related ones, and whether it was worked out."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import RelatedList
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_published_stories_that_were_never_worked_out_are_missing_the_newest_first():
    old, new, done = (cast.story(name, hours_ago=hours) for name, hours in (("Un", 9), ("Deux", 1), ("Trois", 5)))
    cast.draft("Projet")
    RelatedList.objects.update_or_create(article=done, defaults={"worked_out_at": timezone.now()})
    RelatedList.objects.update_or_create(article=old, defaults={"worked_out_at": None})  # others found it
    assert RelatedList.objects.missing() == [new.pk, old.pk]


def test_locked_lists_are_there_for_every_story_that_is():
    one, other = cast.draft("Un"), cast.draft("Deux")
    with transaction.atomic():
        rows = RelatedList.objects.lock({one.pk, other.pk, 10**9})
    assert list(rows) == sorted([one.pk, other.pk])
    assert RelatedList.objects.count() == 2


def test_only_the_named_columns_are_stored():
    story, now = cast.draft(), timezone.now()
    RelatedList.objects.create(article=story, tags=[1])
    RelatedList.objects.store([RelatedList(article=story, tags=[2], worked_out_at=now)], ["worked_out_at"])
    row = RelatedList.objects.get()
    assert (row.tags, row.worked_out_at) == ([1], now)


def test_lists_that_were_worked_out_since_are_told_from_older_ones(monkeypatch):
    monkeypatch.setattr("articles.models.related_list.IDS_PER_QUERY", 2)
    now = timezone.now()
    stories = [cast.draft(str(number)) for number in range(5)]
    for number, story in enumerate(stories):
        moment = now + datetime.timedelta(hours=1 if number == 3 else -1)
        RelatedList.objects.create(article=story, worked_out_at=moment)
    ids = [story.pk for story in stories]
    assert RelatedList.objects.worked_out_before(now, ids) == [*ids[:3], ids[4]]
