"""The list of stories in the order of a column: headlines and sections as people sort them, states as work goes on."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.stories import changelist
from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
HEADLINE, STATE, SECTION, WHEN = (
    changelist.ArticleListAdmin.list_display.index(name) + 1  # after the boxes
    for name in ("title", "state", "section_link", "when")
)


def list_headlines(client, **filters):
    """Return the headlines on the list, in order."""
    return [story.headline for story in client.get(LIST, filters).context["cl"].result_list]


def test_headlines_are_sorted_without_regard_to_accents_and_quotation_marks(client, awa):
    for headline in ("Zèbre", "« Énergie » : le plan", "", "Abeille", "Economie", "énième report"):
        cast.draft(headline)
    wanted = ["Abeille", "Economie", "« Énergie » : le plan", "énième report", "Zèbre", ""]
    assert list_headlines(client, o=HEADLINE) == wanted
    assert list_headlines(client, o=-HEADLINE) == wanted[::-1]


def test_sections_are_sorted_by_their_names_in_the_language_of_the_desk(client, awa):
    for name, french in (("Trade", "Commerce"), ("Energy", "Énergie"), ("Finance", "Finance")):
        section = cast.section(name, name.lower())
        section.other_names = {"fr": french}
        section.save()
        cast.draft(name, section=section)
    cast.draft("Sans", section=None)
    french = {"accept-language": "fr"}
    assert list_headlines(client, o=SECTION) == ["Energy", "Finance", "Trade", "Sans"]
    listed = client.get(LIST, {"o": SECTION}, headers=french).context["cl"].result_list
    assert [story.headline for story in listed] == ["Trade", "Energy", "Finance", "Sans"]


def test_states_are_sorted_in_the_order_of_the_work(client, awa):
    now, day = timezone.now(), datetime.timedelta(days=1)
    cast.story("withdrawn").withdraw(awa)
    ended = cast.story("ended", hours_ago=3)
    Article.objects.filter(pk=ended.pk).update(unpublish_at=now - datetime.timedelta(hours=1))
    cast.story("live")
    cast.draft("scheduled").publish(awa, at=now + day)
    cast.draft("review").submit(awa)
    cast.draft("draft")
    returned = cast.draft("returned")
    returned.submit(awa)
    returned.send_back(awa, Edit(note="Plus court."))
    wanted = ["returned", "draft", "review", "scheduled", "live", "ended", "withdrawn"]
    assert list_headlines(client, o=STATE) == wanted
    assert list_headlines(client, o=-STATE) == wanted[::-1]


def test_equal_ones_stay_in_the_order_of_the_list(client, awa):
    for headline in ("Un", "Deux", "Trois"):
        cast.draft(headline)
    assert list_headlines(client, o=STATE) == list_headlines(client, o=-STATE) == ["Trois", "Deux", "Un"]


def test_of_several_columns_the_first_sorts(client, awa):
    cast.draft("Zèbre")
    cast.draft("Abeille")
    assert list_headlines(client, o=f"{HEADLINE}.{WHEN}") == ["Abeille", "Zèbre"]
    assert list_headlines(client, o=f"x.{WHEN}.{HEADLINE}") == ["Zèbre", "Abeille"]


@pytest.mark.parametrize("filters", [{"state": "draft"}, {"q": "port"}, {"language": "en", "mine": "1"}])
def test_it_sorts_what_filters_and_search_leave(client, awa, filters):
    for headline in ("Port B", "Port A", "Port C"):
        cast.draft(headline, created_by=awa)
    cast.story("Autre")
    assert list_headlines(client, o=HEADLINE, **filters) == ["Port A", "Port B", "Port C"]


def test_it_sorts_the_stories_of_a_tag(client, awa):
    for headline in ("Port B", "Port A"):
        cast.draft(headline, tags=["Ports"])
    cast.draft("Autre", tags=["Rails"])
    tag = Article.objects.get(headline="Port A").tags_in_order[0]
    assert list_headlines(client, o=HEADLINE, tag=tag.pk) == ["Port A", "Port B"]


def test_a_reporter_sorts_their_own_stories(client, moutiou):
    cast.draft("B", created_by=moutiou)
    cast.draft("A", created_by=moutiou)
    cast.draft("Autre")
    assert list_headlines(client, o=HEADLINE) == ["A", "B"]


@pytest.mark.parametrize("order", [HEADLINE, STATE, SECTION])
def test_twelve_stories_cost_the_queries_of_one(client, awa, order):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST, {"o": order})
        return len(captured)

    cast.draft("0", tags=["Togo"])
    client.get(LIST)
    one = queries()
    for number in range(1, 12):
        cast.draft(str(number), tags=["Togo"])
    assert queries() == one
