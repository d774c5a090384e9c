"""The pages of the list of stories go on in the order of the list, whichever column sorts it."""

import pytest

from articles.admin.stories import changelist, list_page, sorting
from tests.articles import cast
from tests.articles.admin.stories.test_sorting import HEADLINE, LIST, WHEN, list_headlines

pytestmark = pytest.mark.django_db


def test_pages_go_on_in_the_order(client, awa, monkeypatch):
    monkeypatch.setattr(changelist.ArticleListAdmin, "list_per_page", 2)
    for headline in "CADBE":
        cast.draft(headline)
    assert [list_headlines(client, o=HEADLINE, p=page) for page in (1, 2, 3)] == [["A", "B"], ["C", "D"], ["E"]]
    page = client.get(LIST, {"o": HEADLINE, "p": 2}).text
    assert ">Previous</a>" in page
    assert ">Next</a>" in page
    assert ">Older</a>" not in page


def test_pages_that_are_newest_first_lead_to_older_ones(client, awa, monkeypatch):
    monkeypatch.setattr(changelist.ArticleListAdmin, "list_per_page", 2)
    for headline in "CAB":
        cast.draft(headline)
    assert ">Older</a>" in client.get(LIST).text
    assert ">Next</a>" in client.get(LIST, {"o": WHEN}).text


def test_a_larger_archive_is_sorted_in_part_and_the_page_says_so(client, awa, monkeypatch):
    monkeypatch.setattr(sorting, "MAX_SORTED", 2)
    monkeypatch.setattr(list_page, "MAX_SORTED", 2)
    for headline in ("A", "C", "B"):
        cast.draft(headline)
    assert list_headlines(client, o=HEADLINE) == ["B", "C"]
    assert "2 stories are sorted here" in client.get(LIST, {"o": HEADLINE}).text
    assert "are sorted here" not in client.get(LIST).text
