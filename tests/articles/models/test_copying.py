"""A copy of a story begins with what the story says, and with nothing that belongs to the story itself."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Article, Revision
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def test_what_a_story_says_comes_along(awa):
    picture = cast.image()
    body = f'<p>Texte.</p><figure data-image="{picture.pk}"></figure>'
    story = cast.story(
        "Le port", authors=[cast.author()], tags=["Port", "Togo"], lead_image=picture, kicker="Lomé", body=body
    )
    copied = cast.fresh(story.copy(awa))
    left = {"slug", "pinned_compact", "pinned_long", "never_here"}
    assert {name: value for name, value in copied.newest_content.items() if name not in left} == {
        name: value for name, value in story.newest_content.items() if name not in left
    }
    assert (copied.status, copied.created_by, copied.headline) == ("draft", awa, "Le port")


def test_dates_address_pins_and_versions_stay_behind(awa):
    story = cast.story("Le port", unpublish_at=timezone.now() + DAY, never_teased=True)
    story.set_related("compact", [cast.story("Autre")])
    story.save_draft(awa, Edit(note="Note"))
    copied = cast.fresh(cast.fresh(story).copy(awa))
    times = (
        "publish_at",
        "unpublish_at",
        "embargo_until",
        "first_published_at",
        "address_date",
        "due_at",
        "changed_at",
    )
    assert {getattr(copied, name) for name in times} == {None}
    assert (copied.never_teased, copied.choices_in_order, copied.get_absolute_url()) == (False, [], "")
    assert [revision.note for revision in copied.revisions.all()] == ["Copied from “Le port”."]
    assert copied.source_id is None


def test_an_embargo_that_goes_on_comes_along(awa):
    until = timezone.now() + DAY
    assert cast.draft(embargo_until=until).copy(awa).embargo_until == until
    assert cast.draft(embargo_until=timezone.now() - DAY).copy(awa).embargo_until is None


def test_what_waits_over_a_live_story_is_copied(awa):
    story = cast.story("Le port")
    story.save_draft(awa, cast.typed(story, headline="Le port, nouveau"))
    assert cast.fresh(story).copy(awa).headline == "Le port, nouveau"
    assert cast.fresh(story).headline == "Le port"


def test_what_is_gone_is_left_out(awa):
    """Changes that wait name pictures and tags without a foreign key."""
    story = cast.story("Le port", tags=["Port", "Togo"])
    port, togo = story.tags_in_order
    gone = {"lead_image": [999, "Partie"], "tags": [[999, "Parti"], [togo.pk, "Togo"]]}
    waiting = Revision.objects.record(story, story.newest_content | gone, Revision.Event.SAVED)
    Article.objects.filter(pk=story.pk).update(waiting=waiting)
    copied = cast.fresh(cast.fresh(story).copy(awa))
    assert copied.lead_image is None
    assert copied.tags_in_order == [togo]


def test_a_copy_changes_nothing_of_the_story(awa):
    story = cast.story("Le port", tags=["Port"])
    before = Article.objects.filter(pk=story.pk).values().get()
    story.copy(awa)
    assert Article.objects.filter(pk=story.pk).values().get() == before
    assert Article.objects.visible().count() == 1


def test_a_copy_is_counted_when_it_is_published(awa):
    story = cast.story("Le port", tags=["Port"], hours_ago=0)  # of the same day
    tag = story.tags_in_order[0]
    copied = story.copy(awa)
    tag.refresh_from_db()
    assert tag.story_count == 1
    copied.publish(awa)
    tag.refresh_from_db()
    assert (tag.story_count, copied.slug) == (2, "le-port-2")


def test_a_reporter_copies_their_own_alone(awa):
    moutiou = cast.reporter()
    own = cast.draft("À moi", created_by=moutiou)
    own.publish(awa)
    assert own.copy(moutiou).created_by == moutiou
    with pytest.raises(PermissionDenied):
        cast.draft("À Awa", created_by=awa).copy(moutiou)


@pytest.mark.parametrize("somebody", [cast.tag_staff, lambda: User.objects.create_user("ada", is_staff=True)])
def test_who_may_not_read_and_write_copies_nothing(somebody):
    story = cast.draft()
    with pytest.raises(PermissionDenied):
        story.copy(somebody())
    assert Article.objects.count() == 1
