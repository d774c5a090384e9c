"""The picture library reads as much with many pictures as with few, in both databases."""

import datetime

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Image, ImageTerm
from articles.terms import terms
from newsroom.models import User
from tests.articles.admin.pictures.picture_form import LIST
from tests.articles.plans import SORT, effort_of, plan_of

pytestmark = pytest.mark.django_db

FEW, MANY = 300, 1200  # pictures; every third lacks a text, every other is in use
FILTERS = ["", "use=some", "use=none", "missing=alt", "missing=credit", "year=2020", "credit=AFP"]
FILTERS += ["missing=alt&year=2020"]
COMBINED = ["use=none&missing=alt"]  # of so few, PostgreSQL reads all that lack a text
SEARCHES = ["q=quai", "q=quai+lome", "q=lome+n299", "q=n299", "q=rien", "q=quai&year=2020"]


@pytest.fixture(scope="module")
def efforts(stored_story):
    """Return what a page of each list took with few pictures, and with many."""
    client = Client()
    client.force_login(User.objects.get(username="chief"))
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.models.image_queryset.MAX_PICTURES_OF_RARE_TERM", 100)
        for first, end in ((0, FEW), (FEW, MANY)):
            add_pictures(stored_story, first, end)
            found.append({query: effort_of(listed(client, query)) for query in [*FILTERS, *SEARCHES]})
    return found


def add_pictures(story, first, end):
    start = datetime.datetime(2020, 6, 1, tzinfo=datetime.UTC)
    rows = [picture(number) for number in range(first, end)]
    Image.objects.bulk_create(rows)
    for number, row in enumerate(rows, first):
        row.created_at = start + datetime.timedelta(hours=number)
    Image.objects.bulk_update(rows, ["created_at"])
    ImageTerm.objects.bulk_create(
        ImageTerm(image=row, term=term.encode())
        for row in rows
        for term in {term for text in row.searched_texts for term in terms(text)}
    )
    through = Article.body_images.through
    through.objects.bulk_create(through(article_id=story.pk, image_id=row.pk) for row in rows[::2])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def picture(number):
    alt, credit = (f"Grue n{number}" if number % 3 else ""), ("", "AFP", "Reuters")[number % 3]
    size = {"width": 3, "height": 2, "byte_size": 1}
    return Image(
        content_hash=str(number), file=f"images/{number}.jpg", alt=alt, credit=credit, caption="Le quai de Lomé", **size
    )


def listed(client, query):
    """Return the query of a page of the list."""
    return client.get(f"{LIST}?{query}").context["cl"].queryset[:51]


@pytest.mark.parametrize("query", [*FILTERS, *COMBINED])
def test_a_list_is_read_in_the_order_of_an_index(client, efforts, query):
    client.force_login(User.objects.get(username="chief"))
    plan = plan_of(listed(client, query).values_list("pk"))
    assert not SORT.search(plan), plan
    assert "hashed" not in plan  # PostgreSQL's word for another table that it reads as a whole


@pytest.mark.parametrize("query", [*FILTERS, *SEARCHES])
def test_a_list_reads_no_more_of_many_pictures_than_of_few(efforts, query):
    few, many = efforts
    assert many[query] < 1.5 * few[query] + 50
