"""Another file for a picture that keeps its texts and uses."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from articles import clock
from articles.models import FollowUp, Image, ImageProposal
from tests.articles import cast
from tests.articles.admin.pictures.picture_form import change, file
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.django_db


def address(image):
    return reverse("admin:articles_image_replace", args=[image.pk])


def replace(client, image, data=None, **sent):
    sent = sent or {"upload": file(jpeg(90, 60) if data is None else data, "new.jpg")}
    return client.post(address(image), sent, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def reloaded(image):
    return Image.objects.get(pk=image.pk)


def test_a_picture_gets_another_file_and_keeps_its_texts_and_uses(client, awa):
    image = cast.image(focal_x=10, credit="AFP")
    story = cast.story("La bourse", lead_image=image)
    assert messages_of(replace(client, image)) == ["The picture has another file now, wherever it is used."]
    new = reloaded(image)
    assert (new.alt, new.credit, new.focal_x, new.width, new.file_name) == (image.alt, "AFP", 10, 90, "new.jpg")
    assert new.file.name != image.file.name
    assert new.sizes("card") == [(90, 60)]
    assert "card-90-10-50.webp" in new.stored_copies()
    assert cast.fresh(story).lead_image == new
    assert new.file.url.rpartition(".")[0] in client.get(story.get_absolute_url()).text


def test_the_copies_of_a_large_file_come_after_the_answer(client, awa, monkeypatch):
    monkeypatch.setattr("articles.models.image.PIXELS_COPIED_AT_ONCE", 1000)
    image = cast.image()
    replace(client, image)
    assert reloaded(image).renditions == {}
    FollowUp.objects.work_off()
    assert reloaded(image).sizes("card") == [(90, 60)]


def test_the_former_file_is_put_back(client, awa):
    image = cast.image()
    page = replace(client, image)
    assert "Put the former file back" in page.text
    replace(client, image, former=ImageProposal.objects.get().pk)
    back = reloaded(image)
    assert (back.file.name, back.width, back.sizes("card")) == (image.file.name, 60, image.sizes("card"))


def test_the_former_file_is_deleted_after_thirty_days_and_no_longer_offered(client, awa):
    image = cast.image()
    replace(client, image)
    due = FollowUp.objects.get(kind=FollowUp.Kind.FILES, key=image.folder).due_at
    assert due - clock.now() > datetime.timedelta(days=29)
    FollowUp.objects.update(due_at=clock.now())
    FollowUp.objects.work_off()
    assert not default_storage.exists(image.file.name)
    assert default_storage.exists(reloaded(image).file.name)
    assert "Put the former file back" not in client.get(change(image)).text
    answer = replace(client, image, former=ImageProposal.objects.get().pk)
    assert messages_of(answer) == ["The file is no longer there."]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"<html>", "HTML"), (b"", "empty"), (jpeg(60, 40), "in the library already, as “Le port de Lomé”")],
)
def test_a_file_that_cannot_be_taken_says_why(client, awa, data, said):
    image = cast.image()
    assert said in messages_of(replace(client, image, data))[0]
    assert reloaded(image).file.name == image.file.name


@pytest.mark.parametrize("sent", [{"former": "x"}, {"upload": ""}])
def test_without_a_file_nothing_changes(client, awa, sent):
    image = cast.image()
    assert replace(client, image, **sent).status_code == 200
    assert reloaded(image).content_hash == image.content_hash


def test_the_decision_of_another_picture_is_no_former_file(client, awa):
    image, other = cast.image(20), cast.image(30)
    replace(client, image)
    assert client.post(address(other), {"former": ImageProposal.objects.get().pk}).status_code == 404


def test_a_former_file_that_has_come_into_the_library_again_is_not_put_back(client, awa):
    image = cast.image()
    replace(client, image)
    again = cast.image(alt="La rade")  # the bytes of the former file
    answer = replace(client, image, former=ImageProposal.objects.get().pk)
    assert messages_of(answer) == ["This file is in the library already, as “La rade”."]
    assert (reloaded(image).width, reloaded(again).width) == (90, 60)


# Who may


def test_a_reporter_replaces_the_file_of_their_own_upload(client, moutiou):
    image = cast.image(by=moutiou)
    replace(client, image)
    assert reloaded(image).width == 90


def test_a_reporter_proposes_a_file_for_a_picture_that_readers_see(client, moutiou, client_of_editor):
    image = cast.image()
    cast.story("La bourse", lead_image=image)
    assert "takes effect when an editor accepts it" in messages_of(replace(client, image))[0]
    assert reloaded(image).width == 60
    proposal = ImageProposal.objects.get()
    FollowUp.objects.update(due_at=clock.now())
    FollowUp.objects.work_off()
    assert default_storage.exists(proposal.proposed["file"])  # as long as it is open
    seen = proposal.replaced(reloaded(image))
    client_of_editor.post(reverse("admin:articles_image_proposal", args=[proposal.pk]), {"_accept": "1", "seen": seen})
    new = reloaded(image)
    assert (new.width, new.file.name, new.sizes("card")) == (90, proposal.proposed["file"], [(90, 60)])


def test_the_file_of_a_declined_proposal_is_deleted_in_time(client, moutiou, client_of_editor):
    image = cast.image()
    cast.story("La bourse", lead_image=image)
    replace(client, image)
    proposal = ImageProposal.objects.get()
    client_of_editor.post(reverse("admin:articles_image_proposal", args=[proposal.pk]), {"_decline": "1"})
    FollowUp.objects.update(due_at=clock.now())
    FollowUp.objects.work_off()
    assert not default_storage.exists(proposal.proposed["file"])


def test_a_colleagues_picture_and_tag_staff_are_refused(client, moutiou):
    image = cast.image()
    assert client.post(address(image), {"upload": file(jpeg(90, 60))}).status_code == 403
    client.force_login(cast.tag_staff())
    assert client.post(address(image), {"upload": file(jpeg(90, 60))}).status_code == 403
    assert reloaded(image).width == 60


def test_files_are_replaced_by_post_alone(client, awa):
    assert client.get(address(cast.image())).status_code == 405


@pytest.fixture
def client_of_editor():
    editor = Client()
    editor.force_login(cast.editor("koffi"))
    return editor
