"""What scripts ask about pictures: the words of a file, and pictures to choose from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from tests.articles import cast
from tests.articles.renditions.pictures import jpeg, with_iptc

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
ADD = f"{LIST}add/"
CAPTIONS = f"{LIST}captions/"
CHOOSE = f"{LIST}choose/"
AGENCY = with_iptc(jpeg(90, 60), (80, "Awa Koné".encode()), (110, b"AFP"), (120, "À Lomé".encode()))


def change(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def delete(image):
    return reverse("admin:articles_image_delete", args=[image.pk])


def typed(image=None, **fields):
    image = image or Image()
    names = ("alt", "caption", "credit", "focal_x", "focal_y")
    return {name: getattr(image, name) for name in names} | {"_save": "1"} | fields


def file(data=AGENCY, name="photo.jpg"):
    return SimpleUploadedFile(name, data)


def with_use(use, **fields):
    image = cast.image(**fields)
    story = cast.draft("Le secret du port", lead_image=image if use == "lead" else None)
    if use == "body":
        story.body_images.add(image)
    return image


def test_a_file_is_asked_for_its_words_before_it_is_sent(client, awa):
    response = client.post(CAPTIONS, AGENCY[:-50], content_type="application/octet-stream")
    assert response.json() == {"alt": "", "caption": "À Lomé", "credit": "Awa Koné / AFP"}


@pytest.mark.parametrize("data", [b"", b"<html>", b"\xff" * 600_000])
def test_what_is_no_picture_has_no_words(client, awa, data):
    response = client.post(CAPTIONS, data, content_type="application/octet-stream")
    assert response.json() == {"alt": "", "caption": "", "credit": ""}


def test_words_are_asked_for_by_post_alone(client, awa):
    assert client.get(CAPTIONS).status_code == 405


def test_a_story_form_gets_pictures_to_choose(client, moutiou):
    image = cast.image(caption="À Lomé", credit="AFP")
    assert client.get(CHOOSE, {"q": "port"}).json() == {
        "pictures": [
            {
                "id": image.pk,
                "alt": "Le port de Lomé",
                "words": "Le port de Lomé",
                "caption": "À Lomé",
                "credit": "AFP",
                "src": image.copy_url("natural", 60),
                "card": image.copy_url("card", 60),
            }
        ],
        "more": False,
    }


def test_pictures_to_choose_come_in_pages(client, awa, monkeypatch):
    monkeypatch.setattr("articles.admin.pictures.urls.PICTURES_PER_PAGE", 2)
    images = [cast.image(width) for width in (20, 30, 40)]
    first, second = (client.get(CHOOSE, {"page": number}).json() for number in (1, 2))
    assert [choice["id"] for choice in first["pictures"]] == [images[2].pk, images[1].pk]
    assert [choice["id"] for choice in second["pictures"]] == [images[0].pk]
    assert (first["more"], second["more"]) == (True, False)


@pytest.mark.parametrize("query", [{"page": "abc"}, {"page": "-1"}, {"q": "'\"%_"}, {"page": "9" * 40}])
def test_odd_questions_get_an_answer(client, awa, query):
    assert client.get(CHOOSE, query).status_code == 200
