import pytest
from django.http import Http404
from django.test import RequestFactory

from articles.models import Section
from articles.views import paging
from tests.articles import cast

pytestmark = pytest.mark.django_db


def page(number, monkeypatch, deepest=3):
    monkeypatch.setattr(paging, "DEEPEST", deepest)
    for count in range(9):
        cast.section(f"Rubrique {count}", f"rubrique-{count}")
    request = RequestFactory().get("/x/", {"page": number} if number else {})
    return paging.page_of(Section.objects.order_by("slug"), request, 2, {"from": "k"})


def test_the_first_page_leads_to_the_second(monkeypatch):
    first = page(None, monkeypatch)
    assert (len(first.items), first.previous, first.next) == (2, "", "/x/?from=k&page=2")


def test_the_way_back_to_the_first_page_has_no_number(monkeypatch):
    assert page("2", monkeypatch).previous == "/x/?from=k"


def test_the_last_page_leads_no_further(monkeypatch):
    last = page("5", monkeypatch, deepest=9)
    assert (len(last.items), last.next, last.is_deepest) == (1, "", False)


def test_no_page_is_deeper_than_the_deepest(monkeypatch):
    deepest = page("3", monkeypatch)
    assert (deepest.next, deepest.is_deepest) == ("", True)
    with pytest.raises(Http404):
        page("4", monkeypatch)


def test_a_page_costs_one_query_and_counts_nothing(monkeypatch, django_assert_num_queries):
    request = RequestFactory().get("/x/")
    with django_assert_num_queries(1) as captured:
        paging.page_of(Section.objects.order_by("slug"), request)
    assert "COUNT" not in captured[0]["sql"]
