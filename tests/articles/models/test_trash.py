"""The trash holds stories and pictures whole: nothing shows them, everything comes back, and thirty days end it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.utils import timezone

from articles import clock, search
from articles.models import Article, Autosave, FollowUp, Image, ShareLink, TrashEntry
from articles.models.related_choice import RelatedChoice
from articles.search.query import parse_query
from tests.articles import cast

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def story(awa):
    """Return a draft with everything that a story can have."""
    picture = cast.image()
    body = f'<p>Le texte du palmier.</p><figure data-image="{picture.pk}"></figure>'
    story = cast.draft(
        "Le port", authors=[cast.author()], tags=["Port", "Togo"], lead_image=picture, body=body, created_by=awa
    )
    story.save_draft(awa, cast.typed(story, kicker="Lomé"))
    story.set_related("compact", [cast.story("Autre")], awa)
    cast.story("Ailleurs").set_related("long", [story], awa)
    Autosave.objects.create(user=awa, key="k", article=story, typed={"headline": ["x"]})
    ShareLink.objects.create_with_token(story, "Ada", 7, awa)
    story.submit(awa)
    return cast.fresh(story)


def found(text):
    return search.find_matching_stories(parse_query(text), [], limit=10).ids


def everything(story):
    """Return all that is stored of a story, without the ids of what nothing names."""
    return {
        "row": Article.objects.filter(pk=story.pk).values().get(),
        "content": story.newest_content,
        "revisions": list(story.revisions.order_by("pk").values("version", "event", "saved_by", "saved_at", "note")),
        "texts": [revision.content for revision in story.revisions.order_by("pk")],
        "bylines": list(story.bylines.values("author", "role", "position", "status")),
        "taggings": list(story.taggings.values("tag", "position", "status")),
        "pins": list(RelatedChoice.objects.order_by("article").values("article", "story", "place", "chosen_by")),
        "autosaves": list(story.autosaves.values("user", "key")),
        "links": list(story.share_links.values("recipient", "token_hash", "expires_at")),
        "pictures": list(story.body_images.values_list("pk", flat=True)),
    }


def age(entry, days):
    TrashEntry.objects.filter(pk=entry.pk).update(moved_at=clock.now() - days * DAY)
    FollowUp.objects.filter(kind=FollowUp.Kind.TRASH).update(due_at=clock.now())


def test_a_story_comes_back_whole(story, awa):
    before = everything(story)
    entry = TrashEntry.objects.put_in(story, awa)
    assert not Article.objects.filter(pk=story.pk).exists()
    back = entry.put_back(awa)
    assert everything(cast.fresh(back)) == before
    assert not TrashEntry.objects.exists()


def test_search_finds_it_again(story, awa):
    assert found("palmier") == [story.pk]
    entry = TrashEntry.objects.put_in(story, awa)
    assert found("palmier") == []
    entry.put_back(awa)
    assert found("palmier") == [story.pk]


def test_what_readers_have_seen_or_will_is_withdrawn_instead(awa):
    for hours in (1, -1):
        with pytest.raises(ValidationError):
            TrashEntry.objects.put_in(cast.story("Le port", hours_ago=hours), awa)
    assert (Article.objects.count(), TrashEntry.objects.count()) == (2, 0)


def test_after_thirty_days_it_is_deleted_for_good(story, awa):
    entry = TrashEntry.objects.put_in(story, awa)
    assert (entry.days_left, FollowUp.objects.get(kind=FollowUp.Kind.TRASH).due_at > clock.now() + 29 * DAY) == (
        30,
        True,
    )
    age(entry, 29)
    FollowUp.objects.work_off()
    assert TrashEntry.objects.get().days_left == 1
    age(entry, 31)
    FollowUp.objects.work_off()
    assert not TrashEntry.objects.exists()
    assert not FollowUp.objects.filter(kind=FollowUp.Kind.TRASH).exists()


def test_what_was_put_back_is_not_deleted_later(story, awa):
    TrashEntry.objects.put_in(story, awa).put_back(awa)
    assert not FollowUp.objects.filter(kind=FollowUp.Kind.TRASH).exists()


def test_two_who_are_as_fast_put_it_back_once(story, awa):
    entry = TrashEntry.objects.put_in(story, awa)
    same = TrashEntry.objects.get()
    entry.put_back(awa)
    for verb in (same.put_back, same.delete_for_good):
        with pytest.raises(TrashEntry.DoesNotExist):
            verb(awa)
    assert Article.objects.filter(pk=story.pk).exists()


def test_who_may_not_delete_moves_nothing(awa):
    moutiou = cast.reporter()
    for thing in (cast.draft("À moi", created_by=moutiou), cast.image()):
        with pytest.raises(PermissionDenied):
            TrashEntry.objects.put_in(thing, moutiou)
    assert not TrashEntry.objects.exists()


@pytest.mark.parametrize("verb", ["put_back", "delete_for_good"])
def test_who_may_not_delete_changes_nothing(story, awa, verb):
    entry = TrashEntry.objects.put_in(story, awa)
    for somebody in (cast.reporter(), cast.tag_staff()):
        with pytest.raises(PermissionDenied):
            getattr(entry, verb)(somebody)
    assert TrashEntry.objects.exists()


def test_a_picture_comes_back_with_its_files_and_proposals(awa):
    picture = cast.image()
    picture.proposals.create(proposed_by=awa, proposed={"alt": "y"}, before={"alt": "x"})
    before = Image.objects.filter(pk=picture.pk).values().get()
    entry = TrashEntry.objects.put_in(picture, awa)
    FollowUp.objects.work_off()
    assert default_storage.exists(picture.file.name)
    entry.put_back(awa)
    assert Image.objects.filter(pk=picture.pk).values().get() == before
    assert picture.proposals.count() == 1


def test_a_picture_in_use_stays(awa):
    picture = cast.image()
    cast.draft(lead_image=picture)
    with pytest.raises(ProtectedError):
        TrashEntry.objects.put_in(picture, awa)
    assert (Image.objects.count(), TrashEntry.objects.count()) == (1, 0)


def test_the_files_of_a_picture_go_when_it_is_deleted_for_good(awa, django_capture_on_commit_callbacks):
    picture = cast.image()
    entry = TrashEntry.objects.put_in(picture, awa)
    with django_capture_on_commit_callbacks(execute=True):
        entry.delete_for_good(awa)
    FollowUp.objects.work_off()
    assert not default_storage.exists(picture.file.name)


def test_a_picture_that_was_uploaded_again_meanwhile_is_that_one(awa, django_capture_on_commit_callbacks):
    entry = TrashEntry.objects.put_in(cast.image(), awa)
    again = cast.image()
    with django_capture_on_commit_callbacks(execute=True):
        assert entry.put_back(awa) == again
    FollowUp.objects.work_off()
    assert default_storage.exists(again.file.name)
    assert Image.objects.count() == 1


def test_it_is_saved_on_after_it_came_back(story, awa):
    back = cast.fresh(TrashEntry.objects.put_in(story, awa).put_back(awa))
    back.publish(awa)
    assert back.is_visible(timezone.now() + DAY)
    assert [tag.story_count for tag in back.tags_in_order] == [1, 1]
