"""What scripts ask about pictures: the words of a file, and pictures to choose from."""

import pytest

from tests.articles import cast
from tests.articles.admin.pictures.picture_form import AGENCY, CAPTIONS, CHOOSE

pytestmark = pytest.mark.django_db


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
