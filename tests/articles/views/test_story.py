import datetime
import uuid

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from articles.models import Article, Section
from articles.models.byline import BylineRole
from articles.pages import story_context
from tests.articles import cast

pytestmark = pytest.mark.django_db


def text_of(client, story):
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.text.split())


def translations(count=2, **fields):
    """Create the same story in English, French …"""
    group = uuid.uuid4()
    return [
        cast.story(f"Story in {code}", language=code, translation_group=group, **fields)
        for code in ["en", "fr"][:count]
    ]


def test_a_story_shows_all_its_parts(client):
    story = cast.story(
        kicker="Marchés",
        dateline="Douala",
        label=Article.Label.ANALYSIS,
        lead_image=cast.image(caption="Les quais", credit="Ama Osei"),
        authors=[cast.author()],
        tags=["BVMAC", "Côte d’Ivoire"],
    )
    text = text_of(client, story)
    for part in [
        "<h1>BVMAC : les échanges doublent</h1>",
        "La bourse de Douala.",
        "Marchés",
        '<b class="label">Analysis</b>',
        '<span class="dateline">Douala</span> La Banque',
        'rel="author" href="/author/moutiou-adjibi-nourou/"',
        'rel="tag" href="/tag/cote-d-ivoire/"',
        "Les quais",
        "Ama Osei",
        'href="/section/finance/" aria-current="true"',
    ]:
        assert part in text


def test_a_bare_story_shows_no_empty_parts(client):
    text = text_of(client, cast.story(standfirst=""))
    for part in ["<figure", "standfirst", 'rel="author"', "data-zone", "<h2 id", "dateline", "updated"]:
        assert part not in text


def test_who_did_not_write_it_is_named_with_the_role(client):
    story = cast.story(authors=[cast.author()])
    story.set_authors([cast.author(), cast.author("Ama Osei", "ama-osei")], role=BylineRole.PHOTOGRAPHER)
    assert '<span class="role">pictures</span> <a rel="author" href="/author/ama-osei/">' in text_of(client, story)


def test_times_name_their_zone(client):
    story = cast.story()
    text = text_of(client, story)
    local = timezone.localtime(story.publish_at)
    assert f'<time datetime="{local:%Y-%m-%dT%H:%M:%S%z}">' in text
    assert f"{local:%H:%M} {local:%Z}</time>" in text


def test_readers_are_told_of_a_later_change(client):
    story = cast.story(hours_ago=5)
    story.changed_at = timezone.now()
    story.store()
    assert "updated <time" in text_of(client, story)


def test_its_zones_hold_five_compact_and_six_long_teasers(client):
    stories = [cast.story(f"Dépêche numéro {number} du jour", hours_ago=number) for number in range(15)]
    text = text_of(client, stories[0])
    compact, long = text.partition('data-zone="compact"')[2].split('data-zone="long"')
    assert (compact.count("<article"), long.count("<article")) == (5, 6)


def test_an_empty_zone_has_no_heading(client):
    stories = [cast.story(f"Dépêche numéro {number} du jour", hours_ago=number) for number in range(4)]
    text = text_of(client, stories[0])
    assert 'data-zone="compact"' in text
    assert 'data-zone="long"' not in text
    assert "Read on" not in text


def test_a_story_links_to_its_translations(client, settings):
    english, french = translations()
    text = text_of(client, english)
    for code, story in [("en", english), ("fr", french)]:
        address = settings.SITE_URL + story.get_absolute_url()
        assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in text
    assert f'<a href="{french.get_absolute_url()}" hreflang="fr">Story in fr</a>' in text
    assert f'<a href="{french.get_absolute_url()}" lang="fr" hreflang="fr">Français</a>' in text


def test_a_story_without_translation_leads_to_the_other_front_page(client):
    text = text_of(client, cast.story())
    assert '<a href="/fr/" lang="fr" hreflang="fr">Français</a>' in text


def test_a_translation_that_is_not_public_is_not_told(client):
    english, french = translations()
    french.withdraw(cast.editor())
    assert french.get_absolute_url() not in text_of(client, english)


def test_a_story_with_everything_needs_four_queries_at_most(client, django_assert_max_num_queries):
    picture = cast.image()
    body = f'{cast.BODY}<figure class="picture"><img data-image="{picture.pk}" src="" alt=""></figure>'
    for number in range(12):
        cast.story(f"Dépêche numéro {number} du jour", tags=["BVMAC"], hours_ago=number + 2, lead_image=picture)
    english, _french = translations(tags=["BVMAC"], authors=[cast.author()], body=body, lead_image=picture)
    english.set_related("long", [Article.objects.get(slug="depeche-numero-3-du-jour")])
    # Sections; the story with all that is its own; its teasers; the newest, for these relatives are near-duplicates.
    with django_assert_max_num_queries(4):
        text = text_of(client, english)
    assert text.count("<picture>") == 1 + 1 + 6


def test_a_withdrawn_story_is_gone(client):
    story = cast.story("Erreur")
    story.withdraw(cast.editor())
    response = client.get(story.get_absolute_url())
    assert response.status_code == 410
    assert "Erreur" not in response.text


def test_a_story_past_its_end_is_gone(client):
    story = cast.story(hours_ago=5, unpublish_at=timezone.now() - datetime.timedelta(hours=1))
    assert client.get(story.get_absolute_url()).status_code == 410


def test_a_scheduled_story_and_nonsense_are_the_same_404(client):
    story = cast.draft("Secret")
    story.publish(cast.editor(), at=timezone.now() + datetime.timedelta(hours=1))
    scheduled, nonsense = client.get(story.get_absolute_url()), client.get("/2001/02/03/nothing/")
    assert scheduled.status_code == nonsense.status_code == 404
    assert scheduled.content == nonsense.content
    assert scheduled.headers.items() == nonsense.headers.items()


def test_a_story_that_was_called_back_before_its_time_was_never_there(client):
    story = cast.draft("Secret")
    story.publish(cast.editor(), at=timezone.now() + datetime.timedelta(hours=1))
    address = story.get_absolute_url()
    story.return_to_draft(cast.editor("koffi"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("date", ["2026/2/3", "2026/02/30", "2026/00/01", "2026-02-03", "02026/02/03"])
def test_a_day_has_one_spelling(client, date):
    story = cast.draft()
    story.publish(cast.editor(), at=datetime.datetime(2026, 2, 3, 12, tzinfo=datetime.UTC))
    assert client.get("/2026/02/03/bvmac-les-echanges-doublent/").status_code == 200
    assert client.get(f"/{date}/bvmac-les-echanges-doublent/").status_code == 404


def test_a_story_is_only_under_its_own_language(client):
    french = cast.story(language="fr")
    assert client.get(french.get_absolute_url()).status_code == 200
    assert client.get(french.get_absolute_url().removeprefix("/fr")).status_code == 404


def test_text_of_editors_is_escaped(client):
    text = text_of(client, cast.story("<script>alert(1)</script> & co", kicker="<b>", dateline="<i>Lomé</i>"))
    assert "<script>alert" not in text
    assert "&lt;i&gt;Lomé" in text


def test_a_story_in_another_language_than_its_page_says_so(rf):
    story = Article(headline="البنك المركزي", language="ar", body="<p>نص</p>")
    text = render_to_string("articles/article.html", story_context(story), request=rf.get("/"))
    assert '<html lang="en" dir="ltr">' in text
    assert '<article lang="ar" dir="rtl">' in text


def test_a_section_outside_the_menu_still_heads_its_stories(client):
    section = cast.section("Archives", "archives")
    Section.objects.filter(pk=section.pk).update(in_menu=False)
    assert 'href="/section/archives/"' in text_of(client, cast.story(section=section))


def test_a_page_asks_no_connection_what_it_can(client, monkeypatch):
    """A full disk answers no to that question, for as long as the connection lasts."""
    monkeypatch.setitem(connection.features.__dict__, "supports_json_field", False)
    story = cast.story("Une", authors=[cast.author()], tags=["Togo"])
    assert "Togo" in text_of(client, story)
