from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles.models import FollowUp, Image
from articles.models.content import Edit
from articles.models.image_copies import copies_in
from articles.renditions import plan
from tests.articles import cast
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.django_db


# Copies


def test_copies_that_may_come_later_are_made_by_a_follow_up():
    image = cast.image(copies_later=True)
    assert (image.sizes("natural"), image.stored_copies()) == ([], set())
    FollowUp.objects.work_off()
    image.refresh_from_db()
    assert image.sizes("natural") == [(60, 40)]
    copies = {f"{copy.shape}-{copy.width}" for copy in plan(60, 40) if copy.format == "jpg" or copy.shape == "thumb"}
    assert {name.partition(".")[0].removesuffix("-50-50") for name in image.stored_copies()} == copies
    assert not FollowUp.objects.exists()


def test_copies_that_come_later_leave_a_new_crop_alone(monkeypatch):
    image = cast.image(copies_later=True)
    make_copies = Image.make_copies

    def overtaken(self, *args, **options):
        monkeypatch.undo()
        Image.objects.get(pk=self.pk).revise(None, {"focal_x": 10})
        return make_copies(self, *args, **options)

    monkeypatch.setattr(Image, "make_copies", overtaken)
    FollowUp.objects.work_off()
    image.refresh_from_db()
    assert (image.focal_x, image.renditions["focal"]) == (10, [10, 50])


def test_copies_that_come_later_go_with_a_deleted_picture(monkeypatch, django_capture_on_commit_callbacks):
    image = cast.image(copies_later=True)
    make_copies = Image.make_copies

    def overtaken(self, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            image.delete()
        default_storage.save(f"{self.folder}.jpg", BytesIO(jpeg(60, 40)))  # read just before
        return make_copies(self, *args, **options)

    folder = image.folder
    monkeypatch.setattr(Image, "make_copies", overtaken)
    FollowUp.objects.work_off()
    assert (copies_in(folder), default_storage.exists(f"{folder}.jpg")) == (set(), False)


def test_a_picture_deleted_before_its_copies_were_made_needs_none():
    cast.image(copies_later=True).delete()
    FollowUp.objects.work_off()
    assert not FollowUp.objects.filter(kind=FollowUp.Kind.COPIES).exists()


# Words


def test_a_picture_says_what_it_shows_or_is_decorative():
    with pytest.raises(ValidationError, match="decorative"):
        Image(alt=" ").clean()
    Image(alt="Le port").clean()
    Image(decorative=True).clean()


def test_a_decorative_picture_has_no_text_instead():
    assert Image(alt="Le port", decorative=True).text_instead == ""
    assert Image(alt="Le port").text_instead == "Le port"


# Use and end


def test_uses_are_leads_bodies_and_portraits():
    image = cast.image()
    lead = cast.draft("En tête", lead_image=image)
    inside = cast.draft("Dans le texte")
    inside.body_images.add(image)
    portrait = cast.author("Awa Koné", "awa-kone", photo=image)
    cast.draft("Sans image")
    assert image.uses() == [inside, lead, portrait]


def test_a_story_that_shows_it_twice_uses_it_once():
    image = cast.image()
    story = cast.draft(lead_image=image)
    story.body_images.add(image)
    assert image.uses() == [story]


@pytest.mark.parametrize("use", ["lead", "body", "photo"])
def test_a_picture_in_use_cannot_be_deleted(use):
    image = cast.image()
    story = cast.draft(lead_image=image if use == "lead" else None)
    if use == "body":
        story.body_images.add(image)
    if use == "photo":
        cast.author("Awa Koné", "awa-kone", photo=image)
    with pytest.raises(ProtectedError):
        Image.objects.all().delete()
    assert image.stored_copies()


def changed_to(*, lead=None, body=None):
    """Return a live story without a picture, with a change that brings one."""
    story = cast.story()
    figure = f'<figure class="picture"><img data-image="{body.pk}" alt=""></figure>' if body else ""
    shown = {"lead_image": [lead.pk, str(lead)]} if lead else {}
    return story, Edit({**story.stored_content, "body": f"{figure}<p>Texte.</p>", **shown})


CHANGES = {
    "waiting": lambda story, edit: story.save_draft(cast.editor(), edit),
    "scheduled": lambda story, edit: story.schedule_changes(None, timezone.now() + timezone.timedelta(hours=1), edit),
}


@pytest.mark.parametrize("place", ["lead", "body"])
@pytest.mark.parametrize("state", CHANGES)
def test_a_picture_that_only_a_change_shows_is_in_use(state, place):
    image, unused = cast.image(), cast.image(90, 60)
    story, edit = changed_to(**{place: image})
    CHANGES[state](story, edit)
    assert image.uses() == [story]
    assert [*Image.objects.unused()] == [unused]
    with pytest.raises(ProtectedError):
        image.delete()
    assert image.stored_copies()


def test_a_picture_of_discarded_changes_is_free_again():
    image = cast.image()
    story, edit = changed_to(lead=image)
    story.save_draft(cast.editor(), edit)
    story.discard_changes(None)
    assert (image.uses(), [*Image.objects.unused()]) == ([], [image])


def test_a_deleted_picture_leaves_no_file(django_capture_on_commit_callbacks):
    image = cast.image()
    with django_capture_on_commit_callbacks(execute=True):
        Image.objects.all().delete()
    assert not default_storage.exists(image.file.name)
    assert not default_storage.exists(image.folder)


@pytest.mark.django_db(transaction=True)
def test_a_deletion_taken_back_keeps_the_files():
    image = cast.image()
    with transaction.atomic():
        image.delete()
        transaction.set_rollback(True)
    assert default_storage.exists(image.file.name)
    assert image.stored_copies()
