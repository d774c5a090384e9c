"""Text that is not saved belongs to one form of one person."""

import pytest

from articles.models import Autosave
from tests.articles import cast

pytestmark = pytest.mark.django_db


def keep(person, story, headline, key="k"):
    return Autosave.objects.keep(story.pk, person.pk, key, {"headline": [headline]})


def test_a_form_has_one_text_the_newest(awa, django_assert_num_queries):
    story = cast.draft()
    keep(awa, story, "Un")
    with django_assert_num_queries(1):
        keep(awa, story, "Deux")
    assert Autosave.objects.get().typed == {"headline": ["Deux"]}


def test_another_form_and_another_person_have_their_own(awa, moutiou):
    story = cast.draft()
    keep(awa, story, "Un"), keep(awa, story, "Deux", "other"), keep(moutiou, story, "Trois")
    assert Autosave.objects.for_user(story.pk, awa).count() == 2
    assert Autosave.objects.for_user(story.pk, moutiou).count() == 1
    assert not Autosave.objects.for_user(None, awa).exists()


def test_a_text_over_a_story_that_one_may_no_longer_open_is_not_readable(moutiou):
    own, others = cast.draft(created_by=moutiou), cast.draft("Autre")
    mine = keep(moutiou, own, "Un")
    keep(moutiou, others, "Deux", "other")
    fresh = Autosave.objects.keep(None, moutiou.pk, "new", {})
    assert {one.key for one in Autosave.objects.readable_by(moutiou)} == {mine.key, fresh.key}
