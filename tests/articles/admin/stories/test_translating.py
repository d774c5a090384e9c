"""A story in other languages on the desk: translate, join, take out."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return cast.story("Le port ferme", language="fr")


def address(story, page="languages"):
    return f"/admin/articles/article/{story.pk}/{page}/"


def translate(client, story, language="en", **more):
    return client.post(address(story), {"translate-language": language, **more})


def test_translate_leads_to_the_new_draft(client, awa, story):
    answer = translate(client, story, **{"translate-copy_text": "on"})
    draft = Article.objects.get(language="en")
    assert (answer.status_code, answer["Location"], draft.headline) == (302, address(draft, "change"), "Le port ferme")
    assert "This is the draft of “Le port ferme” in another language: English." in client.get(answer["Location"]).text


def test_a_second_press_leads_to_the_same_draft(client, awa, story):
    assert translate(client, story)["Location"] == translate(client, story)["Location"]
    assert Article.objects.count() == 2


def test_the_page_names_the_story_in_other_languages(client, awa, story):
    draft = story.translate("en", None, copy_text=True)
    page = client.get(address(story)).text
    assert address(draft, "change") in page
    assert "It is there in every language of the site." in page


def test_a_colleagues_translation_is_named_without_its_headline(client, moutiou):
    own = cast.draft("Le quai", language="fr", created_by=moutiou)
    draft = own.translate("en", None)
    draft.save_draft(None, cast.typed(draft, headline="Secret quay"))
    page = client.get(address(own)).text
    assert "a colleague is writing it" in page
    assert "Secret quay" not in page


@pytest.mark.parametrize("language", ["fr", "de", "", "\0", "x" * 10_000])
def test_a_language_that_is_none_to_translate_into_is_refused_beside_the_field(client, awa, story, language):
    answer = translate(client, story, language)
    assert answer.status_code == 200
    assert answer.context["translate"].errors["language"]
    assert Article.objects.count() == 1


def test_a_story_that_exists_is_joined(client, awa, story):
    english = cast.story("The port", language="en")
    answer = client.post(address(story), {"join": "1", "join-story": f"id:{english.pk}"}, follow=True)
    assert "“Le port ferme” and “The port” are one story now." in answer.text
    assert story.group.count() == 1
    assert cast.fresh(story).group.count() == 2
    assert LogEntry.objects.filter(object_id=story.pk, user=awa).exists()


@pytest.mark.parametrize(
    ("headline", "language", "words"),
    [
        ("La gare", "fr", "Both stories are in the same language."),
        (None, "en", "There is no story"),
        ("", "", "Choose"),
    ],
)
def test_what_cannot_be_joined_is_said_beside_the_field(client, awa, story, headline, language, words):
    other = f"id:{cast.story(headline, language=language).pk}" if headline else "99" if headline is None else ""
    answer = client.post(address(story), {"join": "1", "join-story": other})
    assert words in str(answer.context["join"].errors) or "required" in str(answer.context["join"].errors)
    assert cast.fresh(story).translation_group is None


def test_a_reporter_joins_no_story_of_a_colleague(client, moutiou):
    own = cast.draft("Le quai", language="fr", created_by=moutiou)
    english = cast.story("The port", language="en")
    answer = client.post(address(own), {"join": "1", "join-story": f"id:{english.pk}"})
    assert "You may read this story, but not change it and all its translations." in str(answer.context["join"].errors)
    assert cast.fresh(english).translation_group is None


def test_a_story_is_taken_out(client, awa, story):
    draft = story.translate("en", None)
    answer = client.post(address(draft, "languages/leave"), follow=True)
    assert "is no translation of the others any more" in answer.text
    assert cast.fresh(draft).translation_group is None


def test_the_form_leads_to_the_other_languages(client, awa, story):
    assert address(story) in client.get(address(story, "change")).text


def test_an_editor_of_other_sections_is_told_why_the_draft_cannot_be_theirs(client, awa, story):
    awa.sections.add(cast.section("Sport", "sport"))
    answer = translate(client, story)
    assert answer.status_code == 200
    assert answer.context["translate"].non_field_errors()
    assert Article.objects.count() == 1


def test_a_translation_in_a_language_that_the_site_gave_up_comes_last(client, awa, story, settings):
    story.translate("en", None, copy_text=True)
    settings.LANGUAGES = [("fr", "French"), ("de", "German")]
    assert client.get(address(story)).status_code == 200
