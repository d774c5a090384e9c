"""Related stories that a person may not see stay chosen, without their headline."""

import pytest

from articles.models.unseen import as_seen_by, unseen_stories, with_unseen_stories
from tests.articles import cast

pytestmark = pytest.mark.django_db


def content(*stories, **lists):
    pairs = [[story.pk, story.headline] for story in stories]
    return {"pinned_compact": pairs, "pinned_long": [], "never_here": []} | lists


@pytest.fixture
def hidden():
    return cast.draft("Secret")


def test_a_colleagues_draft_is_unseen_by_a_reporter_alone(hidden, awa, moutiou):
    own, public = cast.draft("Mien", created_by=moutiou), cast.story("Public")
    found = [unseen_stories(person, content(hidden, own, public)) for person in (moutiou, awa, None)]
    assert found == [{hidden.pk}, set(), set()]


def test_nobody_chooses_moves_or_drops_what_they_do_not_see(hidden, moutiou):
    one, other = cast.story("Un"), cast.story("Deux")
    saved = content(one, hidden)
    kept = with_unseen_stories(content(other), saved, moutiou)
    assert kept["pinned_compact"] == [[other.pk, "Deux"], [hidden.pk, "Secret"]]
    moved = content(one, pinned_long=[[hidden.pk, "Secret"]])
    assert with_unseen_stories(moved, saved, moutiou) == saved


def test_a_version_names_stories_by_todays_headline_or_number(hidden, awa, moutiou):
    public = cast.story("Aujourd’hui")
    old = content(hidden, pinned_long=[[public.pk, "Hier"]])
    (seen,) = as_seen_by(moutiou, old)
    assert seen["pinned_compact"] == [[hidden.pk, f"A story that you may not open ({hidden.pk})"]]
    assert seen["pinned_long"] == [[public.pk, "Aujourd’hui"]]
    assert as_seen_by(awa, old) == [old]


def test_contents_without_related_stories_ask_nothing(moutiou, django_assert_num_queries):
    moutiou.has_perm("articles.view_any_article")
    with django_assert_num_queries(0):
        assert unseen_stories(moutiou, content(), {}) == set()
