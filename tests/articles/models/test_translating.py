"""Translations by people: what a draft in another language begins with, and which stories are one."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles.models import Article, Translation
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return cast.story("Le port ferme", language="fr", authors=[cast.author()], tags=["Lomé", "Coton"], label="analysis")


def groups(*stories):
    return [cast.fresh(story).translation_group for story in stories]


def test_a_translation_has_everything_but_the_words(story):
    picture = cast.image()
    story = cast.draft("Le port", language="fr", lead_image=picture, lead_caption="Vu du quai.", tags=["Lomé"])
    draft = cast.fresh(story.translate("en", None))
    assert (draft.status, draft.language, draft.headline, draft.body, draft.lead_caption) == ("draft", "en", "", "", "")
    assert (draft.section, draft.lead_image, draft.label) == (story.section, picture, story.label)
    assert [tag.name for tag in draft.tags_in_order] == ["Lomé"]
    assert draft.translation.original == story


def test_its_text_comes_along_on_demand(story):
    draft = story.translate("en", None, copy_text=True)
    assert (draft.headline, draft.body) == (story.headline, story.body)


def test_who_translates_is_named_as_the_translator(story):
    awa = cast.editor()
    cast.author("Awa Diop", "awa-diop", user=awa)
    names = [(str(byline), byline.role) for byline in story.translate("en", awa).authors_in_order]
    assert names == [("Moutiou Adjibi Nourou", "author"), ("Awa Diop", "translator")]


def test_an_author_who_translates_stays_the_author(story):
    awa = cast.editor()
    story = cast.story("Le quai", language="fr", authors=[cast.author("Awa Diop", "awa-diop", user=awa)])
    assert [byline.role for byline in story.translate("en", awa).authors_in_order] == ["author"]


def test_embargo_and_planned_time_come_along_while_they_are_to_come():
    later = timezone.now() + datetime.timedelta(days=2)
    planned = cast.draft(language="fr", publish_at=later, embargo_until=later).translate("en", None)
    live = cast.story("Le quai", language="fr").translate("en", None)
    assert (planned.publish_at, planned.embargo_until, live.publish_at) == (later, later, None)


def test_a_pinned_story_is_pinned_in_its_translation(story):
    group = uuid.uuid4()
    french = cast.story("Le coton", language="fr", translation_group=group)
    english = cast.story("Cotton", language="en", translation_group=group)
    alone = cast.story("La gare", language="fr")
    story.save_draft(None, cast.typed(story, pinned_long=[[french.pk, ""], [alone.pk, ""]]))
    draft = cast.fresh(story).translate("en", None)
    assert draft.newest_content["pinned_long"] == [[english.pk, "Cotton"]]


def test_a_translation_under_embargo_is_pinned_by_those_alone_who_may_see_it(story):
    group = uuid.uuid4()
    french = cast.story("Le coton", language="fr", translation_group=group)
    cast.draft("Cotton", language="en", translation_group=group)
    moutiou = cast.reporter()
    own = cast.draft("Le quai", language="fr", created_by=moutiou)
    own.save_draft(None, cast.typed(own, pinned_long=[[french.pk, ""]]))
    assert cast.fresh(own).translate("en", moutiou).newest_content["pinned_long"] == []


def test_two_who_translate_at_once_get_one_draft(story):
    again = Article.objects.get(pk=story.pk)
    assert story.translate("en", None) == again.translate("en", None)
    assert Article.objects.filter(language="en").count() == 1


@pytest.mark.parametrize("language", ["de", "", "en'"])
def test_a_language_that_the_site_does_not_have_is_refused(story, language):
    with pytest.raises(ValidationError):
        story.translate(language, None)


def test_who_may_not_read_a_story_does_not_translate_it():
    hidden = cast.draft("Sous embargo", language="fr")
    with pytest.raises(PermissionDenied):
        hidden.translate("en", cast.reporter())


def test_a_form_that_was_open_leaves_the_story_in_its_group(story):
    opened = cast.fresh(story)
    story.translate("en", None)
    opened.save_draft(None, Edit({**opened.newest_content, "headline": "Le port rouvre"}))
    assert groups(story) != [None]


def test_two_stories_are_joined_with_the_translations_of_each(story, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("de", "German")]
    english = cast.story("The port", language="en")
    german = english.translate("de", None)
    story.join(english, None)
    assert len(set(groups(story, english, german))) == 1


def test_stories_of_one_language_are_not_joined(story):
    english = cast.story("The port", language="en")
    story.translate("en", None)
    with pytest.raises(ValidationError):
        story.join(english, None)
    assert groups(english) == [None]


def test_only_who_may_change_both_joins_them(story):
    moutiou = cast.reporter()
    own = cast.draft("The port", language="en", created_by=moutiou)
    for one, other in ((own, story), (story, own)):
        with pytest.raises(PermissionDenied):
            one.join(other, moutiou)


def test_a_reporter_does_not_lead_readers_from_one_live_story_to_another(story, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("de", "German")]
    moutiou = cast.reporter()
    own = story.translate("en", None)
    Article.objects.filter(pk=own.pk).update(created_by=moutiou)
    german = cast.draft("Der Hafen", language="de", created_by=moutiou)
    with pytest.raises(PermissionDenied):
        cast.fresh(own).join(german, moutiou)


def test_a_story_leaves_its_translations(story):
    draft = story.translate("en", None)
    draft.leave_group(None)
    assert groups(draft) == [None]
    assert not Translation.objects.exists()
    assert story.missing_languages == ["en"]


def test_a_story_that_readers_know_keeps_its_language(story):
    with pytest.raises(ValidationError) as refused:
        story.save_draft(None, cast.typed(story, language="en"))
    assert "Readers know it in its language" in refused.value.message_dict["language"][0]


def test_a_draft_takes_no_language_of_its_translations(story):
    draft = story.translate("en", None)
    with pytest.raises(ValidationError) as refused:
        draft.save_draft(None, cast.typed(draft, language="fr"))
    assert "It has a translation in this language already." in refused.value.message_dict["language"]
    alone = cast.draft("La gare", language="fr")
    assert alone.save_draft(None, cast.typed(alone, language="en"))
