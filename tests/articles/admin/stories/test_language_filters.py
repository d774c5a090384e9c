"""The filters of languages: what is left to translate."""

import pytest

from tests.articles import cast

pytestmark = pytest.mark.django_db


def listed(client, **query):
    page = client.get("/admin/articles/article/", query)
    return [story.headline for story in page.context["cl"].result_list]


def test_the_list_is_narrowed_to_a_language(client, awa):
    cast.draft("La gare", language="fr")
    cast.draft("The quay", language="en")
    assert listed(client, language="fr") == ["La gare"]


def test_the_list_is_narrowed_to_what_a_language_lacks(client, awa):
    cast.draft("La gare", language="fr")
    cast.draft("Le port", language="fr").translate("en", None, copy_text=True)
    assert listed(client, translation="without-en") == ["La gare"]


def test_the_list_is_narrowed_to_translations_whose_original_changed(client, awa):
    original = cast.draft("Le port", language="fr")
    draft = original.translate("en", None)
    draft.save_draft(None, cast.typed(draft, headline="The port"))
    assert listed(client, translation="changed") == []
    original = cast.fresh(original)
    original.save_draft(None, cast.typed(original, headline="Le port rouvre demain"))
    assert listed(client, translation="changed") == ["The port"]


@pytest.mark.parametrize("value", ["without-", "without-xx", "x"])
def test_another_value_narrows_nothing_down_or_to_nothing(client, awa, value):
    cast.draft("La gare", language="fr")
    assert client.get("/admin/articles/article/", {"translation": value}).status_code in (200, 302)


def test_a_site_of_one_language_has_nothing_to_translate(client, awa, settings):
    settings.LANGUAGES = [("en", "English")]
    filters = client.get("/admin/articles/article/").context["cl"].filter_specs
    assert "translation" not in [one.title for one in filters]
