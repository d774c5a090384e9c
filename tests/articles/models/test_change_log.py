"""The change log names what changed of what readers may see, and nothing else."""

import datetime
import threading
import uuid

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import keys
from articles.models import (
    Article,
    ChangeLog,
    FormerAddress,
    Image,
    RelatedList,
    Section,
    Tag,
    TagAlias,
    TaggedArticle,
)
from articles.models import change_log as module
from articles.models.content import Edit
from articles.sql.id_ranges import range_of
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def changed():
    """Return the keys that changed since the last call; None when all pages may have changed."""
    position = ChangeLog.objects.changed_since("")[0]

    def read():
        nonlocal position
        position, found = ChangeLog.objects.changed_since(position)
        return found

    return read


def edited(story, **fields):
    return Edit({**story.newest_content, **fields})


def of_address(story):
    """Return the keys of the sitemap that names it, and of its slug."""
    return {keys.sitemap_stories(range_of(story.pk)), keys.slug(story.slug)}


def of_lists(story, *others):
    """Return the keys of the lists of a language and a section, those of the month too."""
    lists = [keys.stories(story.language), keys.stories_of("section", story.section_id, story.language), *others]
    return {key for one in lists for key in (one, f"{one}-{story.publish_at:%Y-%m}")}


def test_to_who_has_read_nothing_everything_has_changed():
    assert ChangeLog.objects.changed_since("")[1] is None


def test_each_key_is_read_once(changed):
    cast.story()
    assert changed()
    assert changed() == set()


@pytest.mark.parametrize("verb", ["draft", "tag", "author", "picture", "choice", "waiting"])
def test_what_only_the_desk_sees_is_not_logged(changed, verb):
    draft, story, chief = cast.draft(), cast.story("Une autre"), cast.editor()
    changed()
    match verb:
        case "draft":
            Article.objects.filter(pk=draft.pk).update(headline="Brouillon")
        case "tag":
            draft.set_tags(Tag.objects.for_names(["Côte d’Ivoire"]))
        case "author":
            draft.set_authors([cast.author()])
        case "picture":
            cast.image()
        case "choice":
            draft.set_related("compact", [story])
        case "waiting":
            story.save_draft(chief, edited(story, headline="Pas encore"))
    # The slug of a new author or tag concerns the redirects from an address that ends so.
    assert {key for key in changed() if not key.startswith("slug-")} == set()


def test_a_publication_changes_the_lists_that_show_it(changed):
    author, tag = cast.author(), Tag.objects.for_names(["Lomé"])[0]
    draft = cast.draft(authors=[author], tags=["Lomé"])
    chief = cast.editor()
    changed()
    draft.publish(chief)
    lists = of_lists(draft, keys.stories_of("author", author.pk, "en"), keys.stories_of("tag", tag.pk, "en"))
    own = {keys.story(draft.pk), keys.story_page(draft.pk), *of_address(draft)}
    assert changed() - {"addresses", "section-counts", keys.TAG_COUNTS} == {
        *lists,
        *own,
        keys.AUTHOR_LIST,
        keys.tags("en"),
    }


@pytest.mark.parametrize(
    ("columns", "kinds"),
    [
        ({"body": "<p>Non.</p>"}, ["page"]),
        ({"headline": "Le port rouvre"}, ["page", "story", "address"]),
        ({"changed_at": datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)}, ["page", "updated", "address"]),
        ({"label": "opinion"}, ["page", "story", "lists"]),
        ({"version": 7, "saved_at": datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)}, []),
    ],
)
def test_a_change_of_a_story_counts_where_it_is_shown(changed, columns, kinds):
    story = cast.story()
    changed()
    Article.objects.filter(pk=story.pk).update(**columns)
    of_kind = {
        "page": {keys.story_page(story.pk)},
        "updated": {keys.story_updated(story.pk)},
        "story": {keys.story(story.pk)},
        "lists": of_lists(story),
        "address": of_address(story),
    }
    assert changed() == set().union(*(of_kind[kind] for kind in kinds))


def test_a_story_that_moves_changes_the_lists_of_both_sections_and_months(changed):
    story, other = cast.story(), cast.section("Énergie", "energie")
    changed()
    earlier = story.publish_at - datetime.timedelta(days=70)
    Article.objects.filter(pk=story.pk).update(section=other, publish_at=earlier)
    before = of_lists(story)
    after = of_lists(Article.objects.get(pk=story.pk))
    assert before | after <= changed()


def test_a_column_that_a_later_version_adds_counts_everywhere(changed):
    """Such a column is not named in articles/triggers.py, as never_teased here."""
    story = cast.story()
    changed()
    Article.objects.filter(pk=story.pk).update(never_teased=True)
    assert changed() == {keys.story_page(story.pk), keys.story(story.pk), *of_lists(story)}


@pytest.mark.parametrize("verb", ["tags", "authors", "choice", "related", "delete", "translation", "pictures"])
def test_what_belongs_to_a_story_changes_its_page(changed, verb):
    story, group = cast.story(), uuid.uuid4()
    other, author = cast.story("Une autre"), cast.author()
    tag = Tag.objects.for_names(["Lomé"])[0]
    month, expected = f"{story.publish_at:%Y-%m}", {keys.story_page(story.pk)}
    changed()
    match verb:
        case "tags":
            story.set_tags([tag])
            in_tag = keys.stories_of("tag", tag.pk, "en")
            expected |= {in_tag, f"{in_tag}-{month}", keys.tags("en"), keys.TAG_COUNTS}
        case "authors":
            story.set_authors([author])
            by = keys.stories_of("author", author.pk, "en")
            expected = {keys.story(story.pk), by, f"{by}-{month}", keys.AUTHOR_LIST}
        case "choice":
            story.set_related("compact", [other])
        case "related":
            RelatedList.objects.update_or_create(article=story, defaults={"matches": [[7, 0.5, [], 0, None, 75.0]]})
        case "delete":
            expected |= of_lists(story) | of_address(story) | {keys.story(story.pk)}
            story.delete()
        case "translation":
            Article.objects.filter(pk=story.pk).update(translation_group=group)
            expected |= {keys.translations(group), keys.story(story.pk), *of_lists(story)}
        case "pictures":
            story.body_images.add(cast.image())
    assert changed() == expected


@pytest.mark.parametrize("noun", ["section", "author", "tag", "alias", "picture", "address", "count"])
def test_what_stands_around_stories_is_logged(changed, noun):
    section, author, image = cast.section(), cast.author(), cast.image()
    tag = Tag.objects.for_names(["Côte d’Ivoire"])[0]
    changed()
    match noun:
        case "section":
            Section.objects.filter(pk=section.pk).update(name="Économie")
            assert changed() == {f"section-{section.pk}", keys.SITE}
        case "author":
            author.title = "Envoyée spéciale"
            author.save()
            assert changed() == {f"author-{author.pk}", keys.AUTHOR_LIST}
        case "tag":
            Tag.objects.filter(pk=tag.pk).update(description="Le pays")
            assert changed() == {f"tag-{tag.pk}", keys.TAG_LIST}
        case "alias":
            TagAlias.objects.create(tag=tag, name="RCI")
            assert changed() == {f"tag-{tag.pk}"}
        case "picture":
            Image.objects.filter(pk=image.pk).update(caption="Le port")
            assert changed() == {keys.image(image.pk)}
        case "address":
            FormerAddress.objects.create(path="/section/economie/", section=section)
            assert changed() == {"addresses"}
        case "count":
            Section.objects.filter(pk=section.pk).update(story_count=7)
            assert changed() == {"section-counts"}


def test_a_statement_that_ignores_conflicts_is_logged_each_time(changed):
    """SQLite resolves conflicts inside a trigger by the rule of the statement that fired it."""
    story = cast.story()
    for name in ("Lomé", "Lagos"):
        changed()
        [tag] = Tag.objects.for_names([name])
        link = TaggedArticle(content_object=story, tag=tag, **story.listing())
        TaggedArticle.objects.bulk_create([link], ignore_conflicts=True)
        assert keys.story_page(story.pk) in changed()


def test_what_is_rolled_back_is_not_logged(changed):
    story = cast.story()
    changed()
    with transaction.atomic():
        Article.objects.filter(pk=story.pk).update(headline="Non")
        transaction.set_rollback(True)
    assert changed() == set()


@pytest.mark.only_on("postgresql")
def test_a_transaction_that_commits_late_is_read_though_a_later_one_was_read_before(changed):
    first, second = cast.story(), cast.story("Une autre")
    changed()
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            Article.objects.filter(pk=first.pk).update(headline="Lente")
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    Article.objects.filter(pk=second.pk).update(headline="Rapide")
    before = [changed(), changed()]
    go_on.set()
    thread.join()
    of_first, of_second = ({keys.story(one.pk), keys.story_page(one.pk), *of_address(one)} for one in (first, second))
    assert [*before, changed(), changed()] == [of_second, set(), of_first, set()]


@pytest.mark.only_on("postgresql")
def test_changes_of_another_server_that_a_dump_brought_are_no_news(changed):
    ChangeLog.objects.create(key="story-1", txid=10**15, changed_at=timezone.now())
    assert changed() == set()


@pytest.mark.only_on("sqlite")
def test_another_database_in_place_of_the_one_that_was_read_changes_everything(changed):
    cast.story()
    changed()
    ChangeLog.objects.all().delete()
    ChangeLog.objects.create(pk=1, key="story-1", changed_at=timezone.now())
    assert changed() is None


@pytest.mark.only_on("sqlite")
def test_a_key_has_one_row(changed):
    story = cast.story()
    for headline in ("Une", "Deux"):
        Article.objects.filter(pk=story.pk).update(headline=headline)
    assert ChangeLog.objects.filter(key=keys.story(story.pk)).count() == 1


def test_after_more_keys_than_are_worth_comparing_everything_has_changed(changed, monkeypatch):
    monkeypatch.setattr(module, "MOST_KEYS", 3)
    cast.story()
    assert changed() is None


def test_everything_is_added_in_place_of_all_that_was_logged(changed):
    cast.story()
    changed()
    ChangeLog.objects.add_everything()
    assert ChangeLog.objects.count() == 1
    assert changed() is None
    assert changed() == set()


def test_a_bulk_load_logs_one_row_and_what_follows_is_logged_again(changed):
    story = cast.story(authors=[cast.author()])
    changed()
    before = ChangeLog.objects.count()
    with transaction.atomic(), ChangeLog.objects.everything_changes():
        Article.objects.update(headline="Le port rouvre", label="opinion")
        story.bylines.all().delete()
    assert ChangeLog.objects.count() == before + 1
    assert changed() is None
    Article.objects.filter(pk=story.pk).update(headline="Le port ferme")
    assert changed() == {keys.story(story.pk), keys.story_page(story.pk), *of_address(story)}


def test_a_bulk_load_that_fails_leaves_nothing(changed):
    story = cast.story()
    changed()
    with pytest.raises(ValueError, match="no"), transaction.atomic(), ChangeLog.objects.everything_changes():
        raise ValueError("no")
    assert changed() == set()
    Article.objects.filter(pk=story.pk).update(headline="Le port ferme")
    assert changed() == {keys.story(story.pk), keys.story_page(story.pk), *of_address(story)}


def test_old_changes_are_pruned_and_those_that_follow_are_read(changed):
    story = cast.story()
    changed()
    ChangeLog.objects.update(changed_at=timezone.now() - datetime.timedelta(days=2))
    ChangeLog.objects.prune()
    assert ChangeLog.objects.count() == 1
    assert changed() == set()
    Article.objects.filter(pk=story.pk).update(headline="Encore")
    assert keys.story(story.pk) in changed()


# What nothing writes


def test_a_story_that_begins_or_ends_changes_what_its_publication_would(changed):
    author, [tag] = cast.author(), Tag.objects.for_names(["Lomé"])
    story = cast.story(authors=[author], tags=["Lomé"], hours_ago=5)
    at, end = story.publish_at, timezone.now()
    Article.objects.filter(pk=story.pk).update(unpublish_at=end)
    lists = of_lists(story, keys.stories_of("author", author.pk, "en"), keys.stories_of("tag", tag.pk, "en"))
    expected = {*lists, *of_address(story), keys.story(story.pk), keys.AUTHOR_LIST, keys.tags("en")}
    second = datetime.timedelta(seconds=1)
    for moment in (at, end):
        assert ChangeLog.objects.changed_by_time(moment - second, moment) == expected
        assert ChangeLog.objects.changed_by_time(moment, moment + second) == set()


def test_scheduled_changes_change_everything_because_a_request_puts_them_live():
    story, at = cast.story(), timezone.now() + datetime.timedelta(hours=1)
    story.schedule_changes(cast.editor(), at, edited(story, headline="Le port rouvre"))
    assert ChangeLog.objects.changed_by_time(timezone.now(), at) is None
