import datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import path

from articles.management import public_pages
from articles.management.public_pages import Subjects, UnknownPage, list_addresses, list_pages
from newsroom.urls import urlpatterns

MARCH = datetime.date(2026, 3, 1)


def add_page(monkeypatch, route, name):
    """Add a page to the site's URL map."""
    patterns = [*urlpatterns, path(route, lambda request: HttpResponse(), name=name)]
    monkeypatch.setattr(public_pages, "get_resolver", lambda: SimpleNamespace(url_patterns=patterns))


def paths(about, **options):
    return [address.path for address in list_addresses(about, **options)]


def test_every_page_but_the_desks_is_known():
    assert {"front", "article", "tag_feed_atom", "sitemap_part", "robots", "health", "picture"} < set(list_pages())
    assert not [name for name in list_pages() if name.startswith("admin")]


def test_pages_of_each_language_and_of_the_site_have_their_addresses():
    found = paths(Subjects(tags=["bvmac"], months=[MARCH], parts=[("tags", 7)], questions=[{"q": "port"}]))
    assert len(found) == len(set(found))
    assert {"/tag/bvmac/", "/fr/tag/bvmac/feed/atom/", "/2026/", "/fr/2026/03/", "/fr/search/?q=port"} < set(found)
    assert "/sitemap/tags-7.xml" in found


def test_a_language_may_be_asked_for_alone():
    assert "/fr/tag/" not in paths(Subjects(), languages=["en"])


def test_a_new_page_without_arguments_is_opened_at_once(monkeypatch):
    add_page(monkeypatch, "contact/", "contact")
    assert list_pages()["contact"] == []


@pytest.mark.parametrize(("name", "told"), [("letter", "ARGUMENTS.*token"), (None, "name"), ("tag", "name")])
def test_a_new_page_whose_address_nobody_can_build_is_told(monkeypatch, name, told):
    add_page(monkeypatch, "letter/<slug:token>/", name)
    with pytest.raises(UnknownPage, match=told):
        list(list_addresses(Subjects()))
