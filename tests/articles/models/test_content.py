"""Stored content that lacks a field, as from before the field was there: everything works, and nothing is lost."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import RELATED, TEXTS, Article, Autosave, Edit, Image, Presence, Revision, named
from articles.models.content import FIELDS, completed
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
TYPED = {"kicker": "Ports", "lead_caption": "Le quai", "compact_teaser": "Court", "long_teaser": "Long"}
PUBLIC = {"headline": "Le port ferme", "standfirst": "La bourse de Douala."}
CHANGED = {"headline": "Le port rouvre", "standfirst": "À midi."}  # in what waits


@pytest.fixture
def awa(client):
    editor = cast.editor()
    client.force_login(editor)
    return editor


def full_story(editor):
    """A live story that says something in every field."""
    fields = {"lead_image": cast.image(), **TYPED}
    story = cast.draft("Le port ferme", authors=[cast.author()], tags=["Togo"], **fields)
    for place in RELATED.values():
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
    """The story, with no version that holds this field."""
    for revision in story.revisions.all():
        revision.stored.pop(name, None)
        revision.save()
    return fresh(story)


def address(name, *numbers):
    return reverse(f"admin:articles_article_{name}", args=numbers)


def each_field(change_story, editor):
    """(name of a field, a story whose versions lack it, what its newest one should be read as), undone after each."""
    story = full_story(editor)
    public = story.stored_content
    change_story(story, editor)
    newest = fresh(story).newest_content
    for name in FIELDS:
        with transaction.atomic():
            yield name, without(story, name), {**newest, name: public[name]}
            transaction.set_rollback(True)


def test_pages_and_a_save_of_the_form(client, awa):
    for name, story, read in each_field(waiting, awa):
        for page in ("change", "history", "compare", "preview"):
            assert client.get(address(page, story.pk)).status_code == 200, (name, page)
        assert story.newest_content == read, name
        form = client.get(change(story)).context["adminform"].form
        sent = typed(story, **{field: form[field].value() or "" for field in (*TYPED, *CHANGED)}, note="Relu")
        sent |= {field: [chosen.word for chosen in form[field].value()] for field in ("authors", "tags", *RELATED)}
        sent |= {"lead_image": form["lead_image"].value(), "version": form["version"].value()}
        assert client.post(change(story), sent).status_code == 302, name
        assert fresh(story).newest_content == read, name


def test_publishing_what_waits(client, awa):
    for name, story, read in each_field(waiting, awa):
        story.publish_changes(awa)
        assert fresh(story).stored_content == read, name


def test_changes_that_go_live_at_their_time(client, awa):
    for name, story, read in each_field(scheduled, awa):
        assert Article.objects.put_due_changes_live(timezone.now() + 2 * HOUR) == 1, name
        assert fresh(story).stored_content == read, name


def test_taking_changes_off_the_schedule_and_discarding_them(client, awa):
    for name, story, read in each_field(scheduled, awa):
        story.unschedule_changes(awa)
        story = fresh(story)
        assert story.newest_content == read, name
        story.discard_changes(awa)
        assert fresh(story).newest_content == read | PUBLIC, name


def test_bringing_an_older_version_back_keeps_what_it_does_not_know(client, awa):
    for name, story, read in each_field(waiting, awa):
        version = story.revisions.get(event="published")
        client.post(address("restore", story.pk, version.pk))
        assert fresh(story).newest_content == read | PUBLIC, name


def test_other_tags(client, awa):
    for name, story, read in each_field(waiting, awa):
        other = cast.draft("Autre", tags=["Mali"]).tags_in_order
        fresh(story).retag(awa, add=other)
        assert fresh(story).newest_content == {**read, "tags": [*read["tags"], *map(named, other)]}, name


def test_two_people_and_what_one_of_them_typed(client, awa):
    for name, story, read in each_field(waiting, awa):
        kept = story.keep(awa, Edit({**read, "dateline": "Lomé"}, story.version - 1))
        without(story, name)
        assert client.get(address("conflict", story.pk, kept.pk)).status_code == 200, name
        koffi = cast.editor(f"koffi-{name}")
        Presence.objects.sign(story.pk, koffi, unsaved=True)
        Autosave.objects.create(article=story, user=koffi, key=name, typed={"headline": ["Tapé"]})
        assert client.post(address("take_over", story.pk)).status_code == 200, name


def test_a_field_that_the_common_version_lacks_is_a_clash_and_not_overwritten(client, awa):
    story = cast.draft("Le port ferme")
    story.save_draft(awa, Edit({**story.newest_content, "dateline": "Lomé"}, 1))
    began = without(story, "kicker")
    kept = began.keep(awa, Edit({**began.newest_content, "kicker": "Ports"}, began.version))
    began.save_draft(awa, Edit({**began.newest_content, "kicker": "Mer"}, began.version))
    page = client.get(address("conflict", story.pk, kept.pk))
    assert [clash.key for clash in page.context["clashes"]] == ["kicker"]


def test_text_that_was_typed_before_a_field_was_there_leaves_it_as_it_is(client, awa):
    for name, story, read in each_field(waiting, awa):
        form = client.get(change(story)).context["adminform"].form
        sent = {field: [form[field].value()] for field in (*TEXTS, "section", "lead_image", "version") if field != name}
        sent |= {field: [chosen.word for chosen in form[field].value()] for field in ("authors", "tags", *RELATED)}
        changed = {"kicker" if name == "dateline" else "dateline": "Tapé"}
        sent |= {"never_teased": []} | {field: [text] for field, text in changed.items()}
        kept = Autosave.objects.create(
            article=story, user=awa, key="k", typed={field: value for field, value in sent.items() if field != name}
        )
        page = client.get(address("autosaved", kept.pk))
        assert len(page.context["changes"]) == 1, name
        shown = client.get(f"{change(story)}?typed={kept.pk}").context["adminform"].form
        assert (shown.is_valid(), shown.content()) == (True, read | changed), name


def test_pictures_for_readers(client, awa):
    for name, _story, _read in each_field(scheduled, awa):
        assert Image.objects.for_readers().exists(), name


def test_content_that_says_nothing_or_more_than_is_known():
    today = dict.fromkeys(FIELDS, "today")
    assert completed({}, lambda: today) == today
    assert completed({**today, "of later": 1}, lambda: today) == today


def test_a_complete_version_is_read_without_asking_for_its_story(django_assert_num_queries):
    Revision.objects.record(cast.draft(), cast.draft().stored_content, Revision.Event.SAVED)
    with django_assert_num_queries(1):
        assert Revision.objects.get().content["headline"]
