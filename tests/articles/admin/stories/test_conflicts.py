"""Two people save one story: nothing typed is lost, and only what both changed is asked about."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Section, Tag
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db
BODY = "<p>Un.</p>\n<p>Deux.</p>\n<p>Trois.</p>"


@pytest.fixture
def koffi():
    return cast.editor("koffi")


@pytest.fixture
def story():
    story = cast.draft("Le port ferme", body=BODY, standfirst="À minuit.")
    story.save_draft(cast.editor("chief"), Edit({**story.newest_content, "kicker": "Ports"}))
    return Article.objects.get()


def meanwhile(story, by, **fields):
    story = Article.objects.get(pk=story.pk)
    story.save_draft(by, Edit({**story.newest_content, **fields}))


def kept_versions(story):
    return story.revisions.get(event="kept")


def page_of(story):
    return reverse("admin:articles_article_conflict", args=[story.pk, kept_versions(story).pk])


def test_different_fields_and_paragraphs_are_put_together(client, awa, koffi, story):
    form = typed(story, body=BODY.replace("Un.", "Un bis."), headline="Le port rouvre")
    meanwhile(story, koffi, body=BODY.replace("Trois.", "Trois bis."), standfirst="À midi.")
    response = client.post(change(story), form, follow=True)
    story.refresh_from_db()
    assert (story.headline, story.standfirst) == ("Le port rouvre", "À midi.")
    assert story.body == "<p>Un bis.</p>\n<p>Deux.</p>\n<p>Trois bis.</p>"
    assert "offi saved" in response.text


def test_what_both_changed_stands_side_by_side(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre", kicker="Mer")
    meanwhile(story, koffi, headline="Le port dort")
    response = client.post(change(story), form)
    assert response.status_code == 409
    assert [clash.key for clash in response.context["clashes"]] == ["headline"]
    assert (response.context["me"], response.context["other"]) == ("awa", "koffi")
    story.refresh_from_db()
    assert (story.headline, story.kicker) == ("Le port dort", "Ports")
    assert kept_versions(story).content["headline"] == "Le port rouvre"


@pytest.mark.parametrize(("side", "headline"), [("mine", "Le port rouvre"), ("theirs", "Le port dort")])
def test_one_click_decides_and_the_rest_is_merged(client, awa, koffi, story, side, headline):
    form = typed(story, headline="Le port rouvre", kicker="Mer")
    meanwhile(story, koffi, headline="Le port dort")
    client.post(change(story), form)
    story.refresh_from_db()
    client.post(page_of(story), {"version": story.version, "headline": side})
    story.refresh_from_db()
    assert (story.headline, story.kicker) == (headline, "Mer")


def renamed(tag):
    tag.rename(None, "Ports francs")
    return tag


def merged(tag):
    target = Tag.objects.create_named("Havres")
    target.merge([tag], None)
    return target


@pytest.mark.parametrize("follow", [renamed, merged])
def test_a_tag_that_a_colleague_took_off_stays_off_whatever_became_of_it(client, awa, koffi, story, follow):
    tag, *_others = tags = Tag.objects.for_names(["Ports", "Mer"])
    meanwhile(story, koffi, tags=[[tag.pk, tag.name] for tag in tags])
    form = typed(Article.objects.get(), headline="Le port rouvre")
    today = follow(tag)
    meanwhile(story, koffi, tags=[pair for pair in Article.objects.get().newest_content["tags"] if pair[0] != today.pk])
    assert client.post(change(story), form).status_code == 302
    story = Article.objects.get()
    assert (story.headline, [tag.name for tag in story.tags_in_order]) == ("Le port rouvre", ["Mer"])


def test_a_section_that_was_renamed_meanwhile_is_no_clash(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre")
    other = cast.section("Transport", "transport")
    Section.objects.filter(pk=story.section_id).update(name="Finances")
    meanwhile(story, koffi, section=[other.pk, other.name])
    assert client.post(change(story), form).status_code == 302
    story = Article.objects.get()
    assert (story.headline, story.section) == ("Le port rouvre", other)


def test_both_paragraphs_may_stay(client, awa, koffi, story):
    form = typed(story, body=BODY.replace("Deux.", "Deux ici."))
    meanwhile(story, koffi, body=BODY.replace("Deux.", "Deux là."))
    client.post(change(story), form)
    story.refresh_from_db()
    client.post(page_of(story), {"version": story.version, "body-1": "both"})
    story.refresh_from_db()
    assert story.body == "<p>Un.</p>\n<p>Deux là.</p>\n<p>Deux ici.</p>\n<p>Trois.</p>"


def test_a_third_save_meanwhile_is_shown_again(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, koffi, headline="Le port dort")
    client.post(change(story), form)
    story.refresh_from_db()
    version = story.version
    meanwhile(story, koffi, headline="Le port s’éveille")
    response = client.post(page_of(story), {"version": version, "headline": "mine"})
    assert response.status_code == 409
    story.refresh_from_db()
    assert story.headline == "Le port s’éveille"


def test_publishing_over_a_colleague_saves_both_and_asks_for_a_second_press(client, awa, koffi, story):
    form = typed(story, verb="publish", kicker="Mer")
    meanwhile(story, koffi, standfirst="À midi.")
    response = client.post(change(story), form, follow=True)
    assert "press “Publish now” again" in response.text
    story.refresh_from_db()
    assert (story.status, story.kicker, story.standfirst) == ("draft", "Mer", "À midi.")


def test_over_a_live_story_nothing_of_it_is_public(client, awa, koffi):
    story = cast.story("Le port ferme", body=BODY)
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, koffi, kicker="Ports")
    client.post(change(story), form)
    story = Article.objects.get()
    assert story.headline == "Le port ferme"
    assert (story.newest_content["headline"], story.newest_content["kicker"]) == ("Le port rouvre", "Ports")


def test_new_tags_that_were_typed_survive(client, awa, koffi, story):
    form = typed(story, tags="Neuf", headline="Le port rouvre")
    meanwhile(story, koffi, headline="Le port dort")
    client.post(change(story), form)
    story.refresh_from_db()
    client.post(page_of(story), {"version": story.version, "headline": "mine"})
    assert [tag.name for tag in Article.objects.get().tags_in_order] == ["Neuf"]


def test_without_the_version_both_began_with_every_difference_is_asked_about(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, koffi, kicker="Mer")
    story.revisions.filter(version=form["version"]).delete()
    response = client.post(change(story), form)
    assert {clash.key for clash in response.context["clashes"]} == {"headline", "kicker"}


def test_the_history_leads_back_to_what_was_kept(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, koffi, headline="Le port dort")
    client.post(change(story), form)
    history = client.get(reverse("admin:articles_article_history", args=[story.pk]))
    assert page_of(story) in history.text
    assert client.get(page_of(story)).status_code == 200


def test_a_stale_form_moves_no_time_that_a_colleague_set(client, awa, koffi, story):
    day = datetime.timedelta(days=1)
    story.publish(koffi, at=timezone.now() + day)
    story = Article.objects.get()
    form = typed(story, kicker="Mer")
    story.schedule(koffi, timezone.now() + 3 * day)
    moved = Article.objects.get().publish_at
    client.post(change(story), form)
    story = Article.objects.get()
    assert (story.kicker, story.publish_at, story.first_published_at) == ("Mer", moved, moved)


def test_two_windows_of_one_person_are_told_apart(client, awa, story):
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, awa, headline="Le port dort")
    response = client.post(change(story), form)
    assert (response.context["me"], response.context["other"]) == ("awa", "Another window")


def test_what_comes_in_without_a_choice_is_shown_too(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre", kicker="Mer")
    meanwhile(story, koffi, headline="Le port dort", standfirst="À midi.")
    response = client.post(change(story), form)
    assert [str(gain.label) for gain in response.context["gains"]] == ["Kicker"]


def test_what_is_all_in_the_story_leaves_nothing_to_save(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, koffi, headline="Le port dort")
    client.post(change(story), form)
    meanwhile(story, koffi, headline="Le port rouvre", slug="le-port-rouvre")
    page = client.get(page_of(story))
    assert "The story already contains all of it." in page.text
    assert "Save these choices" not in page.text


def test_two_edits_of_one_paragraph_merge_when_they_do_not_touch(client, awa, koffi):
    text = "<p>Le port de Lomé ferme à minuit, dit le directeur.</p>"
    story = cast.draft("Le port ferme", body=text)
    story.save_draft(koffi, Edit({**story.newest_content, "kicker": "Ports"}))
    form = typed(Article.objects.get(), body=text.replace("port", "grand port"))
    meanwhile(story, koffi, body=text.replace("directeur", "patron"))
    client.post(change(story), form)
    assert Article.objects.get().body == "<p>Le grand port de Lomé ferme à minuit, dit le patron.</p>"


def test_the_page_speaks_to_whom_it_is_about(client, awa, koffi, story):
    form = typed(story, headline="Le port rouvre")
    meanwhile(story, koffi, headline="Le port dort")
    page = client.post(change(story), form).text
    assert "koffi saved this story while you were writing." in page
    assert "What you typed" in page
    client.force_login(koffi)
    assert "koffi saved this story while awa was writing." in client.get(page_of(story)).text


def test_the_result_can_be_edited_before_it_is_saved(client, awa, koffi, story):
    story.set_tags([Tag.objects.create_named("Togo")])
    form = typed(story, headline="Le port rouvre", kicker="Mer")
    meanwhile(story, koffi, headline="Le port dort", standfirst="À midi.")
    client.post(change(story), form)
    saved = Article.objects.get()
    response = client.post(page_of(story), {"version": saved.version, "headline": "mine", "edit": "1"}, follow=True)
    shown = response.context["adminform"].form
    assert [shown[name].value() for name in ("headline", "kicker", "standfirst")] == [
        "Le port rouvre",
        "Mer",
        "À midi.",
    ]
    assert shown.content()["tags"] == saved.newest_content["tags"]
    assert Article.objects.get().version == saved.version
