"""What scripts ask about pictures: the words of a file."""

import pytest

from tests.articles.admin.pictures.picture_form import AGENCY, CAPTIONS

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
