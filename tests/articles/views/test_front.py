import datetime

import pytest

from articles import clock
from articles.models import Article
from articles.views.front import BLOCK, LATEST_COUNT, SECOND, TOP
from tests.articles import cast

pytestmark = pytest.mark.django_db


def front(client, path="/"):
    return client.get(path).context


def shown(context):
    blocks = [story for _section, stories in context["blocks"] for story in stories]
    return [context["lead"], *context["second"], *context["latest"], *blocks]


def test_an_empty_newsroom_has_a_front_page(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "No stories yet." in response.text


def test_the_newest_story_leads_while_none_has_a_picture(client):
    cast.story("Ancienne", hours_ago=2)
    newest = cast.story("Nouvelle")
    assert front(client)["lead"] == newest


def test_among_the_newest_one_with_a_picture_leads(client):
    pictured = cast.story("Avec image", lead_image=cast.image(), hours_ago=4)
    cast.story("Nouvelle")
    assert front(client)["lead"] == pictured


def test_an_old_story_does_not_lead_for_its_picture(client):
    cast.story("Vieille image", lead_image=cast.image(), hours_ago=99)
    newest = [cast.story(f"Nouvelle {number}", hours_ago=number) for number in range(1, 6)]
    assert front(client)["lead"] == newest[0]


def test_what_was_paid_for_is_neither_lead_nor_second(client):
    paid = cast.story("Publireportage", label=Article.Label.SPONSORED)
    news = cast.story("Nouvelle", hours_ago=5)
    context = front(client)
    assert context["lead"] == news
    assert context["latest"] == [paid]


def test_however_much_was_paid_for_there_is_a_lead_and_second_stories(client):
    paid = [cast.story(f"Publireportage {number}", label=Article.Label.SPONSORED) for number in range(TOP)]
    news = [cast.story(f"Nouvelle {number}", hours_ago=5 + number) for number in range(1 + SECOND + 1)]
    context = front(client)
    assert [context["lead"], *context["second"]] == news[: 1 + SECOND]
    assert len(context["latest"]) == LATEST_COUNT
    assert set(context["latest"]) <= set(paid)


def test_what_was_paid_for_and_had_to_go_down_stands_in_its_section(client):
    paid = [cast.story(f"Publireportage {number}", label=Article.Label.SPONSORED) for number in range(TOP)]
    news = [cast.story(f"Nouvelle {number}", hours_ago=5 + number) for number in range(1 + SECOND + 1)]
    context = front(client)
    [(_section, stories)] = context["blocks"]
    assert stories[0] == news[-1]
    assert set(stories[1:]) <= set(paid) - set(context["latest"])
    assert len(stories) == BLOCK


def test_a_section_keeps_its_block_however_much_was_paid_for(client):
    paid = cast.section("Publicité", "publicite")
    for number in range(TOP):
        cast.story(f"Publireportage {number}", section=paid, label=Article.Label.SPONSORED)
    above = 1 + SECOND
    news = [cast.story(f"Nouvelle {number}", hours_ago=5 + number) for number in range(above + BLOCK + 1)]
    blocks = dict(front(client)["blocks"])
    assert blocks[news[0].section] == news[above : above + BLOCK]


def test_what_was_paid_for_does_not_head_its_section(client):
    for number in range(TOP):
        cast.story(f"Nouvelle {number}")
    energy = cast.section("Énergie", "energie")
    cast.story("Publireportage", section=energy, label=Article.Label.SPONSORED, hours_ago=30)
    cast.story("Barrage", section=energy, hours_ago=40)
    (_section, stories), *_rest = [pair for pair in front(client)["blocks"] if pair[0] == energy]
    assert [story.headline for story in stories] == ["Barrage", "Publireportage"]


def test_no_story_twice(client):
    for number in range(TOP + 3 * (BLOCK + 1)):
        cast.story(f"Nouvelle {number}", section=cast.section(f"Rubrique {number % 3}", f"rubrique-{number % 3}"))
    stories = shown(front(client))
    assert len(stories) == len(set(stories)) == TOP + 3 * BLOCK


def test_a_template_that_signs_another_story_than_the_lead_finds_its_authors(client):
    for number in range(TOP + 1):
        cast.story(f"Nouvelle {number}", authors=[cast.author()])
    assert {len(story.authors_in_order) for story in shown(front(client))} == {1}


def test_the_bylines_of_the_lead_need_no_query(client, django_assert_num_queries):
    cast.story("Nouvelle", authors=[author := cast.author()])
    lead = front(client)["lead"]
    with django_assert_num_queries(0):
        assert [byline.author for byline in lead.authors_in_order] == [author]


def test_blocks_follow_the_menu_and_leave_out_empty_and_unlisted_sections(client):
    for number in range(TOP):
        cast.story(f"Nouvelle {number}")
    for place, (name, slug) in enumerate([("Énergie", "energie"), ("Mines", "mines"), ("Caché", "cache")]):
        section = cast.section(name, slug)
        section.position, section.in_menu = place, slug != "cache"
        section.save()
        cast.story(name, section=section, hours_ago=50)
    cast.section("Vide", "vide")
    assert [section.name for section, _stories in front(client)["blocks"]] == ["Énergie", "Mines"]


def test_each_language_has_a_front_page_of_its_own(client):
    english, french = cast.story("English"), cast.story("Française", language="fr")
    assert shown(front(client)) == [english]
    assert shown(front(client, "/fr/")) == [french]


def test_a_label_is_said_in_words(client):
    cast.story("Point de vue", label=Article.Label.OPINION)
    assert '<b class="label">Opinion</b>' in client.get("/").text


@pytest.mark.parametrize(("language", "today"), [("fr", "lundi 2 mars 2026"), ("de", "Montag 2. März 2026")])
def test_the_day_is_written_as_the_language_does(client, settings, monkeypatch, language, today):
    settings.LANGUAGES = [("en", "English"), (language, "Its own")]
    monkeypatch.setattr(clock, "now", lambda: datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC))
    assert f">{today}</time>" in client.get(f"/{language}/").text


def test_a_page_in_arabic_runs_from_right_to_left(client, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    cast.story("البنك المركزي", language="ar")
    response = client.get("/ar/")
    assert '<html lang="ar" dir="rtl">' in response.text
