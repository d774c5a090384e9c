"""Loading the demo newsroom: once, whole, with nothing left to do before a first look."""

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image as Drawing

from articles.models import Article, Author, FollowUp, Image, Section, Tag, TagAlias
from articles.related import find_related
from demo import loading
from newsroom.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _newsroom(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the demo once for all tests here, with small pictures, and roll it back after them."""
    developer = override_settings(DEBUG=True, MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with pytest.MonkeyPatch.context() as patch, developer, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(loading, "PICTURE_FOLDER", tmp_path_factory.mktemp("pictures"))
        for number, entry in enumerate(loading.read_entries("pictures.json")):
            Drawing.new("RGB", (36, 24), (number * 6, 48, 80)).save(loading.PICTURE_FOLDER / f"{entry['key']}.webp")
        load()
        yield
        transaction.set_rollback(True)


def load():
    return loading.load_newsroom(lambda message: None)


def first_story():
    return Article.objects.get(slug="mali-russia-anti-terrorist-support")


def test_everything_arrives():
    assert Article.objects.count() == len(loading.read_entries("stories.json")["items"])
    assert Section.objects.count() == len(loading.read_entries("sections.json"))
    assert Author.objects.count() == len(loading.read_entries("authors.json"))
    assert Image.objects.count() == len(loading.read_entries("pictures.json"))


def test_the_library_has_pictures_of_this_year_and_of_the_last():
    years = Image.objects.datetimes("created_at", "year").distinct()
    assert len(years) == 2


def test_readers_find_stories_in_both_languages():
    assert Article.objects.visible().in_language("en").count() >= 20
    assert Article.objects.visible().in_language("fr").count() >= 12


def test_the_first_story_leads_the_page():
    assert Article.objects.visible().in_language("en").newest_first().first() == first_story()


def test_the_first_story_shows_its_eleven_teasers():
    entry = loading.read_entries("stories.json")["items"][0]["_newsroom"]
    shown = find_related(first_story(), timezone.now())
    assert [teaser.story.slug for teaser in shown.compact] == entry["compact"]
    assert [teaser.story.slug for teaser in shown.long] == entry["long"]


def test_the_desk_lists_the_newest_stories_first():
    saved = Article.objects.visible().order_by("-saved_at", "-pk")
    assert list(saved) == list(Article.objects.visible().newest_first())


def test_a_second_run_changes_nothing():
    before = list(Article.objects.order_by("pk").values())
    assert load() == 0
    assert list(Article.objects.order_by("pk").values()) == before


def test_the_reporter_owns_the_stories_that_he_signs():
    reporter = Author.objects.get(name="Moutiou Adjibi Nourou").user
    assert (reporter.username, first_story() in Article.objects.owned_by(reporter)) == ("moutiou", True)


def test_translations_find_each_other():
    story = Article.objects.with_translations().get(pk=first_story().pk)
    assert [translation.language for translation in story.translations] == ["fr"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FCFA", "CFA franc"),
        ("CEDEAO", "ECOWAS"),
        ("cote d'ivoire", "Côte d’Ivoire"),
        ("BOAD", "West African Development Bank"),
    ],
)
def test_another_spelling_leads_to_the_tag(text, name):
    assert Tag.objects.resolve(text).name == name


def test_no_alias_is_a_tag_as_well():
    assert not TagAlias.objects.filter(key__in=Tag.objects.values("key")).exists()


def test_roles_of_a_byline_are_kept():
    translated = Article.objects.get(slug="mali-russie-appui-antiterroriste")
    assert [byline.role for byline in translated.authors_in_order] == ["author", "translator"]


def test_a_picture_in_a_body_is_one_of_the_library():
    image = Article.objects.get(slug="mauritania-power-plan").body_images.get()
    assert image.alt == "A high-voltage line crosses dunes under a pale sky."


def test_copies_of_pictures_are_left_to_the_server():
    waiting = FollowUp.objects.filter(kind=FollowUp.Kind.COPIES).values_list("key", flat=True)
    assert set(waiting) == {str(image.pk) for image in Image.objects.all()}
    assert not Image.objects.exclude(renditions={}).exists()


def test_what_is_not_published_stays_on_the_desk():
    waiting = Article.objects.exclude(pk__in=Article.objects.visible())
    assert sorted(story.status for story in waiting) == ["draft"] * 3 + ["published", "review"]


def test_nobody_is_told_of_what_happened_before_they_came():
    FollowUp.objects.work_off()
    assert not Notice.objects.exists()
