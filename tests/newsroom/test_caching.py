"""Every answer says whether it may be kept, and by whom."""

import pytest
from django.urls import reverse

from newsroom.caching import PRIVATE
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db

PAGES = ["/", "/section/finance/", "/search/?q=port", "/sitemap.xml", "/feed/", "/robots.txt", "/rien/"]
# Requests that the page cache passes by.
PASSED_BY = {
    "authorization": {"authorization": "Basic YTpi"},
    "session": {"cookie": "sessionid=x"},
    "csrf": {"cookie": "csrftoken=x"},
}


@pytest.mark.parametrize("headers", PASSED_BY.values(), ids=PASSED_BY)
@pytest.mark.parametrize("path", PAGES)
def test_what_the_page_cache_passes_by_is_for_the_one_who_asked(client, path, headers):
    cast.story()
    response = client.get(path, headers={"host": "localhost", **headers})
    assert response.headers["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_everybody_may_be_shared(client, path):
    cast.story()
    response = client.get(path, headers={"host": "localhost"})
    assert response.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=")


@pytest.mark.parametrize(
    ("method", "path"),
    [("post", "/"), ("get", "/?" + "a" * 3000), ("get", "/media/images/rien.jpg")],
)
def test_errors_and_odd_requests_are_not_shared(client, method, path):
    assert getattr(client, method)(path, headers={"host": "localhost"}).headers["Cache-Control"] == PRIVATE


def test_no_page_of_the_desk_is_kept_without_asking(client):
    client.force_login(User.objects.create_superuser("awa"))
    names = ("index", "articles_article_changelist", "articles_article_add", "jsi18n")
    said = {name: client.get(reverse(f"admin:{name}")).headers["Cache-Control"] for name in names}
    assert {name: value for name, value in said.items() if "private" not in value} == {}
