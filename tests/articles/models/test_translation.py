"""What a translation knows of its original."""

import pytest

from articles.models import Article, Translation, TrashEntry
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    return cast.draft("Le port ferme", language="fr")


@pytest.fixture
def translation(original):
    return original.translate("en", None).translation


def rewrite(story, **fields):
    story = cast.fresh(story)
    story.save_draft(None, cast.typed(story, **fields))


def changed():
    return [one.article_id for one in Translation.objects.changed()]


def test_an_original_that_was_rewritten_has_changed(original, translation):
    assert changed() == []
    rewrite(original, headline="Le port rouvre demain")
    assert changed() == [translation.article_id]
    assert [story.pk for story in Article.objects.with_changed_original()] == [translation.article_id]


def test_another_tag_or_section_is_no_change_of_the_text(original, translation):
    rewrite(original, label="analysis")
    assert changed() == []


def test_text_that_was_kept_and_not_saved_is_no_change(original, translation):
    original.keep_unsaved(None, cast.typed(original, headline="Tout autre chose"))
    assert changed() == []


def test_it_is_compared_with_the_version_that_was_translated(original):
    rewrite(original, headline="Le port ferme ses quais")
    translation = cast.fresh(original).translate("en", None).translation
    rewrite(original, headline="Le port rouvre")
    translation.original = cast.fresh(original)
    assert translation.content_taken_in["headline"] == "Le port ferme ses quais"


def test_what_is_taken_in_is_no_change_any_more(original, translation):
    awa = cast.editor()
    rewrite(original, headline="Le port rouvre demain")
    assert translation.take_in(cast.fresh(original).version, awa)
    assert changed() == []
    assert Translation.objects.get().taken_in_by == awa


@pytest.mark.parametrize("version", [0, 1, 99])
def test_no_version_that_is_older_or_to_come_is_taken_in(original, translation, version):
    rewrite(original, headline="Le port rouvre demain")
    assert not translation.take_in(version, None)
    assert changed() == [translation.article_id]


def test_the_stories_that_a_language_lacks(original, translation):
    alone = cast.draft("La gare", language="fr")
    cast.draft("The quay", language="en")
    assert [story.pk for story in Article.objects.missing_in("en")] == [alone.pk]


@pytest.mark.parametrize("which", ["article", "original"])
def test_it_comes_back_from_the_trash_with_its_story(original, translation, which):
    entry = TrashEntry.objects.put_in(cast.fresh(getattr(translation, which)), None)
    assert not Translation.objects.exists()
    entry.put_back(None)
    assert Translation.objects.get().original == original
