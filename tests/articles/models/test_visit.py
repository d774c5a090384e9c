"""Who comes back to a story is told what colleagues saved since."""

import pytest

from articles.models import Visit
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_story_without_versions_has_no_visits(awa):
    assert Visit.objects.mark(cast.draft(), awa) is None


def test_what_a_colleague_saved_since_is_news_and_ones_own_is_not(live, awa, moutiou):
    chief = cast.editor("chief-editor")
    Visit.objects.mark(live, awa)
    live.save_draft(chief, cast.typed(live, headline="Deux"))
    assert Visit.objects.mark(live, awa).is_news_to(awa)
    live = cast.fresh(live)
    live.save_draft(awa, cast.typed(live, headline="Trois"))
    assert not Visit.objects.mark(live, awa).is_news_to(awa)


def test_a_second_look_at_one_version_writes_nothing(live, awa, django_assert_num_queries):
    first = Visit.objects.mark(live, awa)
    with django_assert_num_queries(2):
        assert Visit.objects.mark(live, awa) == first
    assert Visit.objects.for_user(live, awa) == first
