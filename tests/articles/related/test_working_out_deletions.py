"""Stories that are deleted in the very moment in which they are compared."""

import pytest
from django.db import IntegrityError, OperationalError

from articles.management.relating import relate_stories
from articles.models import Article, Keyword, RelatedList
from articles.related import working_out
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stories():
    for number in range(9):  # a word of two stories says something when others have other words
        cast.story(f"Dépêche {number}", body=f"<p>Sujet {number}.</p>")
    return [cast.story(f"Le barrage {number}", body="<p>Les turbines de Soubré tournent.</p>") for number in range(3)]


def deleting(monkeypatch, where, name, story):
    """Delete the story between the query and its answer, the first time."""
    really = getattr(where, name)

    def work(*args):
        found = really(*args)
        Article.objects.filter(pk=story.pk).delete()
        return found

    monkeypatch.setattr(where, name, work)


def test_the_others_are_compared(stories, monkeypatch):
    deleting(monkeypatch, working_out.matching, "compare_stories", stories[1])
    RelatedList.objects.all().delete()
    assert list(relate_stories([story.pk for story in stories])) == [3, 6]
    assert set(RelatedList.objects.values_list("pk", flat=True)) == {stories[0].pk, stories[2].pk}
    assert stories[2].pk in [one[0] for one in RelatedList.objects.get(pk=stories[0].pk).matches]


def test_the_words_of_the_others_are_noted(stories, monkeypatch):
    Keyword.objects.all().delete()
    deleting(monkeypatch, working_out.profiles, "read_profiles", stories[1])
    assert list(relate_stories([story.pk for story in stories])) == [3, 6]
    assert set(Keyword.objects.values_list("article", flat=True)) == {stories[0].pk, stories[2].pk}


def test_a_story_that_fails_for_ever_is_logged_and_stops_no_other(stories, monkeypatch, caplog):
    really = working_out.matching.compare_stories

    def compare(found, former):
        if stories[1].pk in found:
            raise IntegrityError("ever")
        return really(found, former)

    RelatedList.objects.all().delete()
    monkeypatch.setattr(working_out.matching, "compare_stories", compare)
    assert list(relate_stories([story.pk for story in stories])) == [3, 6]
    worked_out = RelatedList.objects.exclude(worked_out_at=None).values_list("pk", flat=True)
    assert set(worked_out) == {stories[0].pk, stories[2].pk}
    assert [record.getMessage() for record in caplog.records] == [
        f"The related stories of story {stories[1].pk} cannot be worked out"
    ]


def test_a_database_that_is_away_is_no_storys_fault(stories, monkeypatch):
    def refuse(*_args):
        raise OperationalError("gone")

    monkeypatch.setattr(working_out.matching, "compare_stories", refuse)
    with pytest.raises(OperationalError, match="gone"):
        list(relate_stories([story.pk for story in stories]))
