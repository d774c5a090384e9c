"""Every list of the desk: folded filters, choices in words, and nothing loaded that a list does not use."""

import re

import pytest
from django.test import override_settings

from articles.models import Author, Tag
from tests.articles import cast
from tests.articles.admin.test_weight import weigh

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LISTS = [
    "articles/article",
    "articles/image",
    "articles/author",
    "articles/section",
    "articles/tag",
    "newsroom/user",
    "auth/group",
]
# Pictures have theirs in one part, open where there is room.
FILTERED = [path for path in LISTS if path not in ("articles/section", "articles/image", "auth/group")]


@pytest.fixture(scope="module")
def newsroom(shared_rows, tmp_path_factory):
    """Create what fills a page of stories and one of tags, and one of everything else."""
    for number in range(50):
        cast.draft(f"Le port de Lomé, {number}", tags=[f"Mot {number}"])
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        cast.author(photo=cast.image())


@pytest.mark.parametrize("path", LISTS)
def test_a_full_list_weighs_at_most_80_kb(newsroom, admin_client, path):
    assert sum(weigh(admin_client, f"/admin/{path}/").values()) <= 80_000


@pytest.mark.parametrize("path", FILTERED)
def test_filters_are_folded_and_name_what_is_chosen(newsroom, admin_client, path):
    page = admin_client.get(f"/admin/{path}/").text
    folded = re.findall(r"<details class=\"dropdown\"[^>]*data-filter-title[^>]*>", page)
    assert folded
    assert not any(" open" in one for one in folded)
    assert ">-</a>" not in page


def test_a_chosen_filter_stands_beside_its_name(admin_client):
    page = admin_client.get("/admin/articles/tag/?use=none").text
    assert re.search(r"<summary>Use<strong\s*>: Unused</strong></summary>", page)
    assert "Clear all filters" in page


@pytest.mark.parametrize("path", LISTS)
def test_the_first_choice_of_an_action_is_in_words(newsroom, admin_client, path):
    page = admin_client.get(f"/admin/{path}/").text
    assert "Choose an action …" in page
    assert "---------" not in page


def test_an_empty_list_says_what_to_do(newsroom, admin_client):
    Author.objects.all().delete()
    assert "Begin with the button at the top of this page." in admin_client.get("/admin/articles/author/").text
    assert "Nothing matches this search and these filters." in admin_client.get("/admin/articles/author/?q=x").text


@pytest.mark.parametrize("path", LISTS)
def test_every_column_that_sorts_does_both_ways(newsroom, admin_client, path):
    cl = admin_client.get(f"/admin/{path}/").context["cl"]
    for place, name in enumerate(cl.list_display):
        if name in cl.sortable_by:
            rows = [admin_client.get(f"/admin/{path}/", {"o": order}).context["cl"] for order in (place, -place)]
            assert [sorted(one.pk for one in found.result_list) for found in rows] == [
                sorted(one.pk for one in cl.result_list)
            ] * 2


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("articles/article", {"title", "state", "section_link", "when"}),
        ("articles/author", {"person", "title", "state", "login"}),
        ("articles/section", {"label", "menu", "stories"}),
        ("articles/tag", {"name_column", "stories", "last_use", "spellings", "described"}),
        ("newsroom/user", {"person", "username", "email", "second_factor", "state", "last_seen"}),
    ],
)
def test_the_columns_that_say_what_somebody_may_look_for_sort(admin_client, path, names):
    cast.draft(), cast.author(), cast.section(), Tag.objects.create_named("Togo")
    page = admin_client.get(f"/admin/{path}/").text
    assert set(re.findall(r'<th scope="col" class="[^"]*\bsortable[^"]*column-(\w+)', page)) == names


def test_cards_are_sorted_by_a_folded_list_of_orders(admin_client):
    Author.objects.all().delete()
    for name in ("Zoé", "Awa"):
        cast.author(name, name.lower())
    page = admin_client.get("/admin/articles/author/", {"o": "1"}).text
    orders = dict(re.findall(r'<li>\s*<a href="([^"]*)"[^>]*>\s*(\w+)', page[page.index("<summary>Sort") :]))
    assert {"?o=-1", "?o=2", "?o=3", "?o=4"} <= orders.keys()
    assert orders["?o=-1"] == "Name"
    listed = admin_client.get("/admin/articles/author/?o=-1").context["cl"].result_list
    assert [author.name for author in listed] == ["Zoé", "Awa"]
