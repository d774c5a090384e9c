"""Stored content that lacks a field, or holds it in a wrong shape: everything works, and nothing is lost."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import merging
from articles.models import Article, Autosave, Image, Presence, Revision
from articles.models.content import (
    FIELDS,
    LIST_FIELDS,
    RELATED_PLACES,
    SINGLE_CHOICES,
    TEXTS,
    Edit,
    fill_missing_fields,
    id_and_name,
    valid_fields,
)
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
TYPED = {"kicker": "Ports", "lead_caption": "Le quai", "compact_teaser": "Court", "long_teaser": "Long"}
PUBLIC = {"headline": "Le port ferme", "standfirst": "La bourse de Douala."}
CHANGED = {"headline": "Le port rouvre", "standfirst": "À midi."}  # in what waits
TODAY = (
    dict.fromkeys(TEXTS, "")
    | {"never_teased": False}
    | dict.fromkeys(SINGLE_CHOICES)
    | {name: [] for name in LIST_FIELDS}
)
WRONG = {  # field → values that it cannot have
    **dict.fromkeys(TEXTS, [None, 1, ["a"]]),
    "never_teased": [None, "", 1],
    **dict.fromkeys(
        SINGLE_CHOICES, ["x", 1, [], [1], [None, "x"], [True, "x"], ["1", "x"], [2**63, "x"], [1, None], {"1": "x"}]
    ),
    **dict.fromkeys(
        LIST_FIELDS, [None, "x", 1, {}, [1], [[]], [[1]], [["x", "y"]], [[2**63, "x"]], [[1, "x", "y", "z"]]]
    ),
}


@pytest.fixture
def awa(client):
    editor = cast.editor()
    client.force_login(editor)
    return editor


def full_story(editor):
    """Return a live story that says something in every field."""
    fields = {"lead_image": cast.image(), **TYPED}
    story = cast.draft("Le port ferme", authors=[cast.author()], tags=["Togo"], **fields)
    for place in RELATED_PLACES.values():
        story.set_related(place, [cast.draft(f"Autre {place}")])
    story.publish(editor)
    return fresh(story)


def fresh(story):
    return Article.objects.get(pk=story.pk)


def waiting(story, editor):
    story.save_draft(editor, Edit(story.newest_content | CHANGED, story.version))


def scheduled(story, editor):
    story.schedule_changes(editor, timezone.now() + HOUR, Edit(story.newest_content | CHANGED, story.version))


def without(story, name):
    """Return the story after removing this field from all its versions."""
    for revision in story.revisions.all():
        revision.stored.pop(name, None)
        revision.save()
    return fresh(story)


def spoilt(story, values):
    """Return the story after putting these values into all its versions."""
    for revision in story.revisions.all():
        revision.stored |= values
        revision.save()
    return fresh(story)


def address(name, *numbers):
    return reverse(f"admin:articles_article_{name}", args=numbers)


def each_field(change_story, editor):
    """Yield (field, a story whose versions lack it, what its newest one should be read as), undone after each.

    What is read in place of the field is asked of one database: the column is read whole.
    """
    story = full_story(editor)
    public = story.stored_content
    change_story(story, editor)
    newest = fresh(story).newest_content
    for name in FIELDS:
        with transaction.atomic():
            yield name, without(story, name), {**newest, name: public[name]}
            transaction.set_rollback(True)


def test_every_list_of_a_story_is_merged_item_by_item():
    assert set(merging.MERGED_LISTS) == set(LIST_FIELDS)


@pytest.mark.one_database
@pytest.mark.long
def test_pages_and_a_save_of_the_form(client, awa):
    for name, story, read in each_field(waiting, awa):
        for page in ("history", "compare", "preview"):
            assert client.get(address(page, story.pk)).status_code == 200, (name, page)
        assert story.newest_content == read, name
        opened = client.get(change(story))
        assert opened.status_code == 200, name
        form = opened.context["adminform"].form
        sent = typed(story, **{field: form[field].value() or "" for field in (*TYPED, *CHANGED)}, note="Relu")
        sent |= {
            field: [chosen.word for chosen in form[field].value()] for field in ("authors", "tags", *RELATED_PLACES)
        }
        sent |= {"lead_image": form["lead_image"].value(), "version": form["version"].value()}
        assert client.post(change(story), sent).status_code == 302, name
        assert fresh(story).newest_content == read, name


@pytest.mark.one_database
@pytest.mark.long
def test_publishing_what_waits(client, awa):
    for name, story, read in each_field(waiting, awa):
        story.publish_changes(awa)
        assert fresh(story).stored_content == read, name


@pytest.mark.one_database
@pytest.mark.long
def test_changes_that_go_live_at_their_time(client, awa):
    for name, story, read in each_field(scheduled, awa):
        assert Article.objects.put_due_changes_live(timezone.now() + 2 * HOUR) == 1, name
        assert fresh(story).stored_content == read, name


@pytest.mark.one_database
@pytest.mark.long
def test_taking_changes_off_the_schedule_and_discarding_them(client, awa):
    for name, story, read in each_field(scheduled, awa):
        story.unschedule_changes(awa)
        story = fresh(story)
        assert story.newest_content == read, name
        story.discard_changes(awa)
        assert fresh(story).newest_content == read | PUBLIC, name


@pytest.mark.one_database
@pytest.mark.long
def test_bringing_an_older_version_back_keeps_what_it_does_not_know(client, awa):
    for name, story, read in each_field(waiting, awa):
        version = story.revisions.get(event="published")
        client.post(address("restore", story.pk, version.pk))
        assert fresh(story).newest_content == read | PUBLIC, name


@pytest.mark.one_database
@pytest.mark.long
def test_other_tags(client, awa):
    for name, story, read in each_field(waiting, awa):
        other = cast.draft("Autre", tags=["Mali"]).tags_in_order
        fresh(story).retag(awa, add=other)
        assert fresh(story).newest_content == {**read, "tags": [*read["tags"], *map(id_and_name, other)]}, name


@pytest.mark.one_database
@pytest.mark.long
def test_two_people_and_what_one_of_them_typed(client, awa):
    for name, story, read in each_field(waiting, awa):
        kept = story.keep_unsaved(awa, Edit({**read, "dateline": "Lomé"}, story.version - 1))
        without(story, name)
        assert client.get(address("conflict", story.pk, kept.pk)).status_code == 200, name
        koffi = cast.editor(f"koffi-{name}")
        Presence.objects.record(story.pk, koffi, unsaved=True)
        Autosave.objects.create(article=story, user=koffi, key=name, typed={"headline": ["Tapé"]})
        assert client.post(address("take_over", story.pk)).status_code == 200, name


def test_a_field_that_the_common_version_lacks_is_a_clash_and_not_overwritten(client, awa):
    story = cast.draft("Le port ferme")
    story.save_draft(awa, Edit({**story.newest_content, "dateline": "Lomé"}, 1))
    began = without(story, "kicker")
    kept = began.keep_unsaved(awa, Edit({**began.newest_content, "kicker": "Ports"}, began.version))
    began.save_draft(awa, Edit({**began.newest_content, "kicker": "Mer"}, began.version))
    page = client.get(address("conflict", story.pk, kept.pk))
    assert [clash.key for clash in page.context["clashes"]] == ["kicker"]


@pytest.mark.one_database
@pytest.mark.long
@pytest.mark.usefixtures("empty_pages")
def test_text_that_was_typed_before_a_field_was_there_leaves_it_as_it_is(client, awa):
    for name, story, read in each_field(waiting, awa):
        form = client.get(change(story)).context_data["adminform"].form
        sent = {field: [form[field].value()] for field in (*TEXTS, "section", "lead_image", "version") if field != name}
        sent |= {
            field: [chosen.word for chosen in form[field].value()] for field in ("authors", "tags", *RELATED_PLACES)
        }
        changed = {"kicker" if name == "dateline" else "dateline": "Tapé"}
        sent |= {"never_teased": []} | {field: [text] for field, text in changed.items()}
        kept = Autosave.objects.create(
            article=story, user=awa, key="k", typed={field: value for field, value in sent.items() if field != name}
        )
        page = client.get(address("autosaved", kept.pk))
        assert len(page.context_data["changes"]) == 1, name
        shown = client.get(f"{change(story)}?typed={kept.pk}").context_data["adminform"].form
        assert (shown.is_valid(), shown.content()) == (True, read | changed), name


def test_pictures_for_readers(client, awa):
    for name, _story, _read in each_field(scheduled, awa):
        assert Image.objects.for_readers().exists(), name


def test_a_version_of_a_later_newsroom_is_read_as_far_as_it_is_known(client, awa):
    story = full_story(awa)
    waiting(story, awa)
    newest = fresh(story).newest_content
    story = spoilt(story, {"shape": 7, "of later": {"any": 1}})
    assert story.newest_content == newest
    for page in ("change", "history", "compare", "preview"):
        assert client.get(address(page, story.pk)).status_code == 200, page
    story.publish_changes(awa)
    assert fresh(story).stored_content == newest


def test_text_that_was_typed_in_a_later_newsroom_or_is_spoilt_stops_no_form(client, awa):
    story = full_story(awa)
    for stored in (["Tapé"], {"headline": "Tapé"}, {"headline": [1], "of later": ["x"], "version": None, "shape": 7}):
        kept = Autosave.objects.create(article=story, user=awa, key="k", typed=stored)
        for path in (address("autosaved", kept.pk), f"{change(story)}?typed={kept.pk}", change(story)):
            assert client.get(path).status_code == 200, (stored, path)
        Autosave.objects.all().delete()


def test_what_a_content_lacks_is_as_in_the_story():
    today = dict.fromkeys(FIELDS, "today")
    assert fill_missing_fields({}, lambda: today) == today
    assert fill_missing_fields({"kicker": "Ports"}, lambda: today) == today | {"kicker": "Ports"}


@pytest.mark.parametrize("name", FIELDS)
def test_a_value_in_a_wrong_shape_is_left_out(name):
    for value in WRONG[name]:
        stored = {**TODAY, "kicker": "Ports", "dateline": "Lomé", name: value}
        assert valid_fields(stored) == {field: value for field, value in stored.items() if field != name}, value


@pytest.mark.parametrize("place", range(3))
def test_a_version_of_wrong_shapes_stops_neither_its_story_nor_a_picture(client, awa, place):
    """It may be one that waits, one that is due, or an old one."""
    story, moutiou = full_story(awa), cast.reporter()
    waiting(story, awa)
    scheduled(fresh(story), awa)
    story, wrong = fresh(story), {name: WRONG[name][place] for name in FIELDS if name != "standfirst"}
    public, version = story.stored_content, story.revisions.get(event="published")
    story = spoilt(story, wrong)
    assert Image.objects.for_readers().exists()
    for user, path in [
        *((awa, address(page, story.pk)) for page in ("change", "history", "compare", "preview")),
        (moutiou, reverse("admin:articles_image_change", args=[cast.image(70).pk])),
    ]:
        client.force_login(user)
        assert client.get(path).status_code == 200, path
    changed = public | {"standfirst": CHANGED["standfirst"]}
    for verb in ("publish_changes", "unschedule_changes", "withdraw"):
        with transaction.atomic():
            getattr(story, verb)(awa)
            assert fresh(story).newest_content == changed, verb
            transaction.set_rollback(True)
        story = fresh(story)
    story.restore(version, awa)
    assert fresh(story).newest_content == public


def test_a_complete_version_is_read_without_asking_for_its_story(django_assert_num_queries):
    Revision.objects.record(cast.draft(), cast.draft().stored_content, Revision.Event.SAVED)
    with django_assert_num_queries(1):
        assert Revision.objects.get().content["headline"]
