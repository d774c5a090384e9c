"""Links lead from a picture to the newer and the older one, in the library or the filtered list one came from."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Image
from tests.articles import cast

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"


def change(image, filters=""):
    address = reverse("admin:articles_image_change", args=[image.pk])
    return f"{address}?_changelist_filters={quote(filters)}" if filters else address


def neighbours(client, address):
    context = client.get(address).context
    return context["newer"], context["older"]


@pytest.fixture
def pictures():
    """Return four pictures, the oldest first; the first and the last are of AFP."""
    credits = ("AFP", "Reuters", "Reuters", "AFP")
    return [cast.image(20 + number, 20, credit=credit) for number, credit in enumerate(credits)]


def test_without_filters_they_are_those_of_the_library(client, awa, pictures):
    assert neighbours(client, change(pictures[1])) == (pictures[2], pictures[0])


@pytest.mark.parametrize("filters", ["credit=AFP", "q=afp", "credit=AFP&p=7"])
def test_they_are_those_of_the_list_that_one_came_from(client, awa, pictures, filters):
    assert neighbours(client, change(pictures[0], filters)) == (pictures[3], None)
    assert neighbours(client, change(pictures[3], filters)) == (None, pictures[0])


def test_a_picture_that_left_the_list_still_leads_on(client, awa, pictures):
    Image.objects.filter(pk__in=[pictures[0].pk, pictures[2].pk]).update(alt="")
    assert neighbours(client, change(pictures[1], "missing=alt")) == (pictures[2], pictures[0])


def test_the_filters_go_along_and_lead_back(client, awa, pictures):
    kept = "?_changelist_filters=credit%3DAFP"
    assert f'href="{change(pictures[0])}{kept}"' in client.get(f"{LIST}?credit=AFP").text
    page = client.get(change(pictures[0], "credit=AFP")).text
    assert f'rel="prev" href="{change(pictures[3])}{kept}"' in page


@pytest.mark.parametrize(
    "filters", ["e=1", "year=0", "nonsense=1", "credit=%00", "q=%00", "uploaded_by__password=x", "p=x", "&&="]
)
def test_nonsense_leads_through_some_list_and_fails_never(client, awa, pictures, filters):
    newer, _older = neighbours(client, change(pictures[1], filters))
    assert newer in (pictures[2], None)


def test_they_cost_the_same_however_many_there_are(client, awa, pictures):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(change(pictures[0], "credit=AFP"))
        return len(captured)

    few = queries()
    for number in range(12):
        cast.image(50 + number, 20, credit="AFP")
    assert queries() == few
