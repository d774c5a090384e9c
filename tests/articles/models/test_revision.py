"""What a version records."""

import pytest

from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db


def typed(story, **fields):
    return Edit({**story.newest_content, **fields}, version=story.version)


def events(story):
    return list(story.revisions.order_by("pk").values_list("event", flat=True))


def test_the_first_record_keeps_what_was_there_before(awa):
    story = cast.draft("Un")
    story.save_draft(awa, typed(story, headline="Deux"))
    assert [revision.content["headline"] for revision in story.revisions.order_by("pk")] == ["Un", "Deux"]
    assert events(story) == ["found", "saved"]


def test_a_word_count_goes_with_every_version(awa):
    story = cast.draft("Un deux", standfirst="", body="<p>Trois quatre.</p>")
    story.save_draft(awa, typed(story, body="<p>Trois cinq six.</p>"))
    newest = story.revisions.newest_first().first()
    assert (newest.word_count, newest.words_added, newest.words_removed, newest.fields) == (5, 2, 1, ["body"])
