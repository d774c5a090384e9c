"""The related stories of an archive are worked out in several processes, in whatever database this one works on."""

import os
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.management import relating
from articles.management.relating import StoryBatch, compare_batch, relate_stories
from articles.models import Keyword, RelatedList, WordCounts
from articles.models.related_list import RelatedListQuerySet
from articles.related import working_out
from tests.articles import cast

DAM = "<p>Les turbines du barrage de Soubré tournent de nouveau.</p>"


def archive(dams):
    """Create stories without related ones, `dams` of them about one subject."""
    background = [
        cast.story(f"Dépêche {number}", body=f"<p>Sujet {number}.</p>", tags=["Divers"]) for number in range(9)
    ]
    stories = [cast.story(f"Soubré {number}", body=DAM, tags=[f"Barrage {number % 2}"]) for number in range(dams)]
    RelatedList.objects.all().delete()
    Keyword.objects.all().delete()
    WordCounts.objects.recount("en")
    return stories, [story.pk for story in [*background, *stories]]


@pytest.mark.django_db(transaction=True)
def test_other_processes_write_to_the_same_database(monkeypatch):
    stories, ids = archive(3)
    monkeypatch.setattr(relating, "STORIES_RELATED_AT_ONCE", 4)
    monkeypatch.setattr(working_out, "work_out", lambda *_args: pytest.fail(f"not in {os.getpid()}"))
    assert list(relate_stories(ids)) == [4, 8, 12, 16, 20, 24]
    assert RelatedList.objects.missing() == []
    others = {entry[0] for entry in RelatedList.objects.get(pk=stories[0].pk).matches}
    assert others >= {story.pk for story in stories[1:]}


@pytest.mark.django_db
def test_many_stories_are_compared_with_few_queries_each():
    """What names mean and how tags are spelled is looked up once for all of them."""
    counts = []
    for number in (2, 6):
        stories, ids = archive(number)
        working_out.index_by_words(ids)
        name = str(connection.settings_dict["NAME"])
        part = StoryBatch(name, [story.pk for story in stories], timezone.now())
        with CaptureQueriesContext(connection) as queries:
            compare_batch(part)
        counts.append(Counter(query["sql"].split(" ")[0] for query in queries)["SELECT"])
        for story in stories:
            story.delete()
    assert (counts[1] - counts[0]) / 4 <= 5


@pytest.mark.django_db
def test_stories_about_one_subject_are_compared_together(monkeypatch):
    """They find the same others, whose texts are read once for all of them."""
    _stories, ids = archive(4)
    ports = [cast.story(f"Lomé {number}", body="<p>Le port de Lomé.</p>").pk for number in range(4)]
    WordCounts.objects.recount("en")
    monkeypatch.setattr(relating, "map_in_processes", map)
    monkeypatch.setattr(relating, "STORIES_RELATED_AT_ONCE", 4)
    batches = []
    monkeypatch.setattr(working_out, "work_out", lambda ids, **_options: batches.append(ids))
    mixed = [pk for pair in zip(ports, ids[-4:], strict=True) for pk in pair]
    list(relate_stories(mixed))
    assert sorted(map(sorted, batches)) == [sorted(ids[-4:]), sorted(ports)]


@pytest.mark.django_db
def test_lists_of_the_same_walk_are_written_once_and_older_ones_are_told(monkeypatch):
    monkeypatch.setattr(relating, "map_in_processes", map)
    (old, *new), _ids = archive(3)
    list(relate_stories([old.pk]))
    monkeypatch.setattr(relating, "STORIES_RELATED_AT_ONCE", 1)
    written = Counter()
    store = RelatedListQuerySet.store

    def count(self, rows, fields):
        rows = list(rows)
        written.update(row.pk for row in rows)
        store(self, rows, fields)

    monkeypatch.setattr(RelatedListQuerySet, "store", count)
    list(relate_stories([story.pk for story in new]))
    assert {written[story.pk] for story in new} == {1}
    assert {entry[0] for entry in RelatedList.objects.get(pk=old.pk).matches} >= {story.pk for story in new}
    written.clear()
    list(relate_stories([story.pk for story in (old, *new)], are_all=True))
    assert {written[story.pk] for story in (old, *new)} == {1}
