"""The filters and the search of the picture library."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Image
from tests.articles import cast
from tests.articles.admin.pictures.picture_form import ADD, LIST, file, typed, with_use

pytestmark = pytest.mark.django_db


def listed(client, **query):
    return [*client.get(LIST, query).context["cl"].result_list]


def uploaded(image, *moment):
    when = datetime.datetime(*moment, tzinfo=timezone.get_default_timezone())
    Image.objects.filter(pk=image.pk).update(created_at=when)
    return image


@pytest.mark.parametrize(
    ("use", "expected"), [("some", [True, True, True, False]), ("none", [False, False, False, True])]
)
def test_pictures_are_found_by_use(client, awa, use, expected):
    pictures = [with_use(use, width=width) for width, use in ((20, "lead"), (30, "body"))]
    pictures += [cast.image(40), cast.image(50)]
    cast.author("Awa Koné", "awa-kone", photo=pictures[2])
    found = listed(client, use=use)
    assert [picture in found for picture in pictures] == expected


def test_a_picture_that_only_a_change_beside_a_live_story_shows_is_in_use(client, awa):
    image = cast.image()
    story = cast.story("La bourse")
    story.save_draft(awa, cast.typed(story, lead_image=[image.pk, str(image)]))
    assert listed(client, use="some") == [image]


def test_pictures_that_lack_a_text_are_found(client, awa):
    silent, decorative = cast.image(20, alt="", credit="AFP"), cast.image(30, alt="", decorative=True, credit="AFP")
    nameless = cast.image(40, credit="")
    assert listed(client, missing="alt") == [silent]
    assert listed(client, missing="credit") == [nameless]
    assert decorative not in listed(client, missing="alt")


def test_pictures_are_found_by_the_year_of_the_newsrooms_time_zone(client, awa):
    last = uploaded(cast.image(20), 2025, 12, 31, 23, 59)
    this = uploaded(cast.image(30), 2026, 1, 1, 0, 0)
    assert (listed(client, year="2025"), listed(client, year="2026")) == ([last], [this])
    years = client.get(LIST).context["cl"].filter_specs[2].lookup_choices
    assert [value for value, _label in years] == ["2026", "2025"]


@pytest.mark.parametrize("year", ["abc", "99999", "0000", "٢٠٢٥"])
def test_an_odd_year_filters_nothing(client, awa, year):
    image = cast.image()
    assert listed(client, year=year) == [image]


def test_pictures_are_found_by_credit_which_each_card_leads_to(client, awa):
    mine, _other = cast.image(20, credit="AFP & Reuters"), cast.image(30, credit="EPA")
    assert "?credit=AFP%20%26%20Reuters" in client.get(LIST).text
    assert listed(client, credit="AFP & Reuters") == [mine]


def test_a_picture_of_last_year_is_found_by_its_caption(client, awa):
    image = uploaded(cast.image(20, caption="Le port de Lomé"), 2025, 5, 1)
    uploaded(cast.image(30, caption="Le port de Lomé"), 2026, 5, 1)
    assert listed(client, q="port lomé", year="2025") == [image]


def test_a_picture_is_found_by_the_name_of_its_file(client, awa):
    client.post(ADD, typed(alt="Le port", upload=file(name="DSC_0042.jpg")))
    assert listed(client, q="dsc_0042") == [Image.objects.get()]


def test_fifty_pictures_take_as_many_queries_as_one(client, awa, django_assert_num_queries):
    cast.image(20, credit="AFP")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST, {"use": "none"})
    Image.objects.bulk_create(
        Image(content_hash=str(number), width=3, height=2, byte_size=1, alt=f"{number}", file=f"images/{number}.jpg")
        for number in range(60)
    )
    with django_assert_num_queries(len(one)):
        client.get(LIST, {"use": "none"})
    assert not [query["sql"] for query in one if "COUNT(" in query["sql"]]
