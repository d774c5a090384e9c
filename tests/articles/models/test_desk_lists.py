"""The lists of the desk: what came back, what waits, what lacks something, what clashes."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(moutiou):
    """Return a reporter's story that was handed in."""
    story = cast.draft("Remis", created_by=moutiou)
    story.submit(moutiou)
    return story


def test_a_story_that_was_sent_back_has_come_back_until_it_is_handed_in_again(submitted, awa, moutiou):
    begun = cast.draft("Commencé")
    assert list(Article.objects.in_review()) == [submitted]
    cast.fresh(submitted).send_back(awa, Edit(note="Trop long."))
    assert list(Article.objects.came_back()) == [submitted]
    assert list(Article.objects.begun_drafts()) == [begun]
    cast.fresh(submitted).submit(moutiou)
    assert not Article.objects.came_back().exists()


def test_the_longest_waiting_is_what_was_handed_in_first(submitted, awa, moutiou):
    later = cast.draft("Plus tard", created_by=moutiou)
    later.submit(moutiou)
    cast.fresh(submitted).save_draft(awa, cast.typed(cast.fresh(submitted), headline="Relu"))  # saved last
    assert list(Article.objects.in_review().longest_waiting()) == [submitted, later]


def test_what_waits_over_live_stories_is_found(live, awa):
    planned = cast.story("Autre")
    live.save_draft(awa, cast.typed(live, headline="Rouvre"))
    planned.schedule_changes(awa, timezone.now() + datetime.timedelta(hours=1), cast.typed(planned, headline="Neuf"))
    assert set(Article.objects.with_changes()) == {live, planned}


def test_what_the_checklist_advises_is_missed(live):
    whole = {"authors": [cast.author()], "tags": ["Togo"]}
    lacking = [cast.story("Sans auteur", tags=["Togo"]), cast.story("Sans chapeau", standfirst="", **whole)]
    lacking.append(cast.story("Image nue", lead_image=cast.image(alt="Le port", credit=""), **whole))
    assert set(Article.objects.all().with_open_advice()) == set(lacking)


@pytest.mark.parametrize(
    ("seconds", "section", "clashes"), [(59, "finance", True), (60, "finance", False), (0, "x", False)]
)
def test_two_stories_of_a_section_in_one_minute_clash(awa, seconds, section, clashes):
    minute = (timezone.now() + datetime.timedelta(hours=1)).replace(second=0, microsecond=0)
    cast.draft("Un").publish(awa, at=minute)
    cast.draft("Deux", section=cast.section(section, section)).publish(
        awa, at=minute + datetime.timedelta(seconds=seconds)
    )
    found = Article.objects.with_clashes(Article.objects.all())
    assert [story.clashes for story in found] == [clashes, clashes]


def test_the_beginnings_of_many_lists_cost_two_queries(live, django_assert_num_queries):
    cast.draft("Projet"), cast.draft("Autre projet")
    drafts = Article.objects.filter(status="draft").order_by("-pk")
    lists = {"drafts": drafts[:1], "live": Article.objects.visible().order_by("pk")[:5], "none": drafts.none()}
    with django_assert_num_queries(2):
        found = Article.objects.first_of_each(lists)
    assert {name: [str(story) for story in stories] for name, stories in found.items()} == {
        "drafts": ["Autre projet"],
        "live": ["Le port ferme"],
        "none": [],
    }
