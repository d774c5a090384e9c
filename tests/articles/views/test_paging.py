"""Pages of a long list: each story on one page, whatever is published, withdrawn or deleted between two clicks."""

import contextlib
import datetime

import pytest
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Section, Tag
from articles.models.by_month import bounds_of
from articles.views import paging
from articles.views.archive import IN_MONTH
from articles.views.lists import BY_AUTHOR, IN_SECTION, TAGGED
from articles.views.paging import ListPage, StoryList, page_from, place_in, written
from tests.articles import cast

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
PLACES = st.tuples(
    st.datetimes(datetime.datetime(1000, 1, 1), timezones=st.just(datetime.UTC)), st.integers(0, (1 << 63) - 1)
)


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch):
    monkeypatch.setattr(paging, "STORIES_PER_PAGE", 3)


def published(name, *, seconds=0, **fields):
    story = cast.draft(f"Dépêche {name}", tags=["BVMAC"], authors=[cast.author()], **fields)
    story.publish(cast._chief(), at=NOON - datetime.timedelta(seconds=seconds))
    return story


def opened(name, address=""):
    """Open a page of this list, at an address that another page gave."""
    question, values = {
        "section": (IN_SECTION, {"section": cast.section().pk}),
        "month": (IN_MONTH, dict(zip(("first", "end"), bounds_of(2026, 3), strict=True))),
        "tag": (TAGGED, {"tag": Tag.objects.get().pk}),
        "author": (BY_AUTHOR, {"author": cast.author().pk}),
    }[name]
    short = StoryList(question.build)
    return short.page(RequestFactory().get(address or "/x/"), language="en", **values)


def walk(name, way, address=""):
    """Yield the pages that follow from an address."""
    pages = [opened(name, address)]
    while following := getattr(pages[-1], way):
        pages.append(opened(name, following))
    return pages


def told(pages):
    return [story.pk for page in pages for story in page.items]


@pytest.mark.parametrize("name", ["section", "month", "tag", "author"])
class TestALongList:
    def test_every_story_is_on_one_page_also_those_of_one_second(self, name):
        stories = [published(number, seconds=number // 5) for number in range(11)]
        order = [story.pk for story in sorted(stories, key=lambda one: (one.publish_at, one.pk), reverse=True)]
        pages = walk(name, "next")
        assert [len(page.items) for page in pages] == [3, 3, 3, 2]
        assert told(pages) == order
        back = walk(name, "previous", pages[-1].address)
        assert [page.address for page in reversed(back)] == [page.address for page in pages]

    def test_parts_of_a_second_count(self, name):
        for number in range(4):
            published(number, seconds=number / 1_000_000)
        first, second = walk(name, "next")
        assert second.address.startswith("/x/?before=2026-03-20-115959.999998-")
        assert len(set(told([first, second]))) == 4

    def test_a_page_stays_when_new_stories_arrive(self, name):
        for number in range(10):
            published(number, seconds=number)
        before = walk(name, "next")
        new = [published(f"neuve {number}", seconds=-number) for number in range(1, 5)]
        assert [told([opened(name, page.address)]) for page in before[1:]] == [told([page]) for page in before[1:]]
        newer = walk(name, "previous", before[1].address)
        assert told(newer[1:2]) == told(before[:1])
        assert told(newer[2:3]) == [story.pk for story in reversed(new[:3])]
        assert told(newer[3:]) == [story.pk for story in reversed(new)][:3]
        assert newer[-1].address == "/x/"

    def test_a_place_stays_when_its_story_is_gone(self, name):
        stories = [published(number, seconds=number) for number in range(6)]
        second = opened(name).next
        stories[2].withdraw(cast._chief())
        assert told([opened(name, second)]) == [story.pk for story in stories[3:]]
        assert opened(name, second).address.endswith(f"-{stories[1].pk}")
        Article.objects.filter(pk=stories[2].pk).delete()
        assert told([opened(name, second)]) == [story.pk for story in stories[3:]]

    def test_a_page_above_which_nothing_is_left_is_the_first(self, name):
        stories = [published(number, seconds=number) for number in range(4)]
        second = opened(name).next
        for story in stories[:3]:
            story.withdraw(cast._chief())
        page = opened(name, second)
        assert (page.address, page.is_first, told([page])) == ("/x/", True, [stories[3].pk])

    def test_a_page_below_which_nothing_is_left_is_not_found(self, name):
        stories = [published(number, seconds=number) for number in range(4)]
        second = opened(name).next
        stories[3].withdraw(cast._chief())
        with pytest.raises(Http404):
            opened(name, second)

    def test_an_empty_list_has_a_first_page(self, name):
        published(0).withdraw(cast._chief())
        assert opened(name) == ListPage([], "/x/")


@given(PLACES)
def test_a_place_is_read_as_it_is_written(place):
    assert place_in(written(place)) == place


@given(st.text())
def test_any_other_text_is_no_place(text):
    with contextlib.suppress(Http404):
        assert written(place_in(text)) == text


@pytest.mark.parametrize("zone", ["Africa/Lagos", "America/New_York"])
def test_an_address_does_not_depend_on_the_time_zone(settings, zone):
    settings.TIME_ZONE = zone
    assert written((NOON, 7)) == "2026-03-20-120000-7"


@pytest.fixture
def sections():
    for letter in "abcdefg":
        cast.section(letter.upper(), f"{letter}-x")


def begun(address):
    return page_from(Section.objects.all(), RequestFactory().get(address), 3)


def test_nouns_are_on_pages_that_begin_at_one_of_them(sections):
    first = begun("/x/")
    assert (first.address, first.previous, first.next) == ("/x/", "", "/x/?from=d-x")
    second = begun(first.next)
    assert [one.slug for one in second.items] == ["d-x", "e-x", "f-x"]
    assert (second.address, second.previous, second.next) == ("/x/?from=d-x", "/x/", "/x/?from=g-x")
    last = begun(second.next)
    assert (last.address, last.previous, last.next) == ("/x/?from=g-x", "/x/?from=d-x", "")


def test_a_page_that_begins_at_a_letter_is_that_of_its_first_noun(sections):
    page = begun("/x/?from=c")
    assert (page.address, page.previous, page.next) == ("/x/?from=c-x", "/x/", "/x/?from=f-x")
    assert begun("/x/?from=a").address == "/x/"


def test_a_letter_without_nouns_is_a_page(sections):
    page = begun("/x/?from=z")
    assert (page.items, page.address, page.previous) == ([], "/x/?from=z", "/x/?from=e-x")


def test_a_first_page_costs_one_query_and_counts_nothing(django_assert_num_queries, sections):
    with django_assert_num_queries(1) as captured:
        begun("/x/")
    assert "COUNT" not in captured[0]["sql"]
    with django_assert_num_queries(2):
        begun("/x/?from=d")
