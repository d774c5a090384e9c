"""Pictures to choose from inside a story's form, searched and filtered as the library is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Image
from tests.articles import cast
from tests.articles.admin.pictures.picture_form import CHOOSE

pytestmark = pytest.mark.django_db


def found(client, **query):
    return [choice["id"] for choice in client.get(CHOOSE, query).json()["pictures"]]


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
    monkeypatch.setattr("articles.admin.pictures.choosing.PICTURES_PER_PAGE", 2)
    images = [cast.image(width) for width in (20, 30, 40)]
    first, second = (client.get(CHOOSE, {"page": number}).json() for number in (1, 2))
    assert [choice["id"] for choice in first["pictures"]] == [images[2].pk, images[1].pk]
    assert [choice["id"] for choice in second["pictures"]] == [images[0].pk]
    assert (first["more"], second["more"]) == (True, False)


@pytest.mark.parametrize(
    "query",
    [
        *({"page": "abc"}, {"page": "-1"}, {"q": "'\"%_"}, {"page": "9" * 40}),
        *({"year": "x"}, {"use": "9"}, {"missing": ""}, {"filters": ["a", "b"]}),
    ],
)
def test_odd_questions_get_an_answer(client, awa, query):
    assert client.get(CHOOSE, query).status_code == 200


def test_they_are_filtered_as_the_list_is(client, awa):
    port, rade = cast.image(20, credit="AFP"), cast.image(30, alt="", caption="La rade", credit="Awa Koné")
    cast.draft("Le port", lead_image=port)
    year = timezone.localtime().year
    Image.objects.filter(pk=rade.pk).update(created_at=timezone.now().replace(year=year - 1, day=1))
    for query, wanted in [
        ({}, [port.pk, rade.pk]),
        ({"credit": "AFP"}, [port.pk]),
        ({"year": year - 1}, [rade.pk]),
        ({"use": "none"}, [rade.pk]),
        ({"use": "some"}, [port.pk]),
        ({"missing": "alt"}, [rade.pk]),
        ({"missing": "alt", "credit": "AFP"}, []),
        ({"missing": "alt", "q": "rade"}, [rade.pk]),
    ]:
        assert found(client, **query) == wanted, query


def test_the_filters_come_once_with_what_each_offers(client, awa):
    cast.image(credit="AFP")
    filters = {one["name"]: one for one in client.get(CHOOSE, {"filters": "1"}).json()["filters"]}
    assert [*filters] == ["use", "missing", "year", "credit"]
    assert filters["credit"] == {"name": "credit", "title": "Credit", "choices": [["", "All"], ["AFP", "AFP"]]}
    assert "filters" not in client.get(CHOOSE).json()


def test_a_filter_that_is_not_used_asks_the_database_nothing(client, awa):
    cast.image(credit="AFP")
    client.get(CHOOSE)

    def queries(**query):
        with CaptureQueriesContext(connection) as captured:
            client.get(CHOOSE, query)
        return len(captured)

    assert queries(missing="credit") == queries() == queries(q="port") - 1  # which pictures have the word
