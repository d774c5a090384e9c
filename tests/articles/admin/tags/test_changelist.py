"""The list of tags as a desk: what it shows, how it narrows down and sorts, and that it costs the same however long."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import FormerAddress, Tag, TagAlias
from tests.articles import cast

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/tag/"
COLUMNS = ["name", "stories", "last use", "past year", "spellings", "description"]


def list_names(client, **filters):
    """Return the names on the list, in order."""
    return [tag.name for tag in client.get(LIST, filters).context["cl"].result_list]


def sorted_by(client, column, *, down=False):
    return list_names(client, o=f"{'-' if down else ''}{COLUMNS.index(column) + 1}")  # after the box to choose


def old(*names):
    """Create tags that are not new any more."""
    tags = Tag.objects.for_names(list(names))
    Tag.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))
    return tags


def cell(page, column):
    """Return the text of a column in the first row."""
    return re.sub("<[^>]+>", "", re.search(rf'<td class="field-{column}[^>]*>(.*?)</td>', page.text, re.DOTALL)[1])


# What it shows


def test_it_opens_empty(client, koffi):
    assert "There is nothing here yet." in client.get(LIST).text


def test_the_last_use_is_what_readers_saw_last_and_what_is_scheduled(client, koffi):
    cast.story(tags=["Lomé"], hours_ago=24 * 900)
    cast.story(tags=["Lomé"], hours_ago=24 * 901)
    assert cell(client.get(LIST), "last_use") == f"{day(-900)}"
    cast.story(tags=["Lomé"], hours_ago=-24 * 3)
    assert cell(client.get(LIST), "last_use") == f"{day(-900)} (scheduled: {day(3)})"


def test_a_draft_is_no_use(client, koffi):
    cast.draft(tags=["Lomé"])
    assert cell(client.get(LIST), "last_use") == ""


def test_the_past_year_is_told_in_words_too(client, koffi):
    cast.story("Une", tags=["Lomé"])
    cast.story("Deux", tags=["Lomé"])
    cast.story("Trop tôt", tags=["Lomé"], hours_ago=-24 * 3)
    cast.story("Trop vieux", tags=["Lomé"], hours_ago=24 * 400)
    page = client.get(LIST).text
    [label] = re.findall('role="img" aria-label="([^"]*)"', page)
    assert label.startswith("Stories in the past year: 2 (")
    assert len(re.findall("<rect ", page)) == 12


def test_a_year_without_stories_says_so(client, koffi):
    Tag.objects.create_named("Lomé")
    assert 'aria-label="No story in the past year"' in client.get(LIST).text


def test_nothing_on_the_list_brings_its_own_style(client, koffi):
    cast.story(tags=["Lomé"])
    assert "style=" not in re.search('<table id="result_list">.*</table>', client.get(LIST).text, re.DOTALL)[0]


# Filters


def test_unused_is_what_nobody_wants(client, koffi):
    old("Vide")
    assert list_names(client, use="none") == ["Vide"]


@pytest.mark.parametrize(
    "keep",
    [
        lambda tag: cast.story(tags=[tag.name]),
        lambda tag: cast.draft(tags=[tag.name]),
        lambda tag: tag.aliases.create(name="Autre nom"),
        lambda tag: Tag.objects.update(description="Capitale du Togo."),
        lambda tag: Tag.objects.update(created_at=timezone.now() - datetime.timedelta(days=6)),
    ],
    ids=["published", "draft", "spelling", "description", "new"],
)
def test_what_is_used_or_worked_on_is_not_unused(client, koffi, keep):
    (tag,) = old("Lomé")
    keep(tag)
    assert list_names(client, use="none") == []


def test_it_narrows_down_to_tags_of_one_story(client, koffi):
    cast.story(tags=["Lomé", "Togo"])
    cast.story(tags=["Togo"])
    old("Vide")
    assert list_names(client, use="once") == ["Lomé"]


@pytest.mark.parametrize(("described", "names"), [("no", ["Togo"]), ("yes", ["Lomé"])])
def test_it_narrows_down_by_description(client, koffi, described, names):
    old("Lomé", "Togo")
    Tag.objects.filter(name="Lomé").update(description="Capitale du Togo.")
    assert list_names(client, described=described) == names


# Order


def test_names_stand_in_order_without_their_accents(client, koffi):
    old("Zambie", "Éthiopie", "Érythrée", "élevage", "Eau")
    assert list_names(client) == ["Eau", "élevage", "Érythrée", "Éthiopie", "Zambie"]


@pytest.mark.parametrize("column", ["name", "stories", "last use", "spellings", "description"])
def test_each_column_sorts_up_and_down(client, koffi, column):
    old("Abidjan", "Lomé", "Togo")
    for hours in (5, 3):
        cast.story(f"Il y a {hours} heures", tags=["Togo"], hours_ago=hours)
    cast.story("Hier", tags=["Lomé"], hours_ago=24)
    for number, name in enumerate(["Abidjan", "Lomé", "Togo"]):
        tag = Tag.objects.get(name=name)
        Tag.objects.filter(pk=tag.pk).update(description="x" * number)
        for alias in range(number):
            tag.aliases.create(name=f"{name} {alias}")
    assert sorted_by(client, column) == ["Abidjan", "Lomé", "Togo"]
    assert sorted_by(client, column, down=True) == ["Togo", "Lomé", "Abidjan"]


@pytest.mark.parametrize("order", ["99", "x", "-", "4", "2.3.-1", "²"])
def test_an_order_that_is_none_is_no_failure(client, koffi, order):
    old("Lomé")
    assert client.get(LIST, {"o": order}).status_code == 200


@pytest.mark.parametrize("slug", ["togo", "ancien-togo", "republique-togolaise"])
@pytest.mark.parametrize("address", ["{}", "/tag/{}/", "https://news.example.com/fr/tag/{}/"])
def test_a_tag_is_found_by_its_addresses(client, koffi, address, slug):
    togo, _other = old("Togo", "Lomé")
    FormerAddress.objects.record("/tag/ancien-togo/", togo)
    togo.aliases.create(name="République togolaise")
    assert list_names(client, q=address.format(slug)) == ["Togo"]


@pytest.mark.parametrize("words", ["'", "%", "💡", "-" * 500, "_"])
def test_any_search_is_answered(client, koffi, words):
    old("Lomé")
    assert client.get(LIST, {"q": words}).status_code == 200


# Merge


def test_chosen_tags_go_to_the_page_that_merges_the_most_used_first(client, koffi):
    rare, much = old("Lome", "Lomé, Togo")
    cast.story(tags=["Lomé, Togo"])
    answer = client.post(LIST, {"action": "merge_selected", "_selected_action": [rare.pk, much.pk], "index": 0})
    assert answer.headers["Location"] == f"{LIST}merge/?tags={much.pk},{rare.pk}"


def test_who_may_not_merge_is_not_offered_to(client, awa):
    old("Lomé")
    assert "merge_selected" not in client.get(LIST).text


# Price


@pytest.mark.parametrize("query", ["", "?use=none", "?use=once", "?described=no", "?o=-2", "?o=-3", "?o=5", "?q=tag"])
def test_twelve_tags_cost_the_queries_of_one(client, koffi, query):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST + query)
        return len(captured)

    def tags(*numbers):
        for number in numbers:
            TagAlias.objects.create(name=f"alias {number}", tag=Tag.objects.create_named(f"tag {number}"))
        cast.story(f"Histoire {numbers[0]}", tags=[f"tag {number}" for number in numbers])

    tags(0)
    client.get(LIST)
    one = queries()
    tags(*range(1, 12))
    assert queries() <= max(one, 9)  # an empty page has no spellings to ask for


def test_nothing_is_counted_by_the_page(client, koffi):
    cast.story(tags=["Lomé"])
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    assert not [query["sql"] for query in captured if query["sql"].startswith("SELECT COUNT(")]


def day(days):
    moment = timezone.localtime(timezone.now() + datetime.timedelta(days=days))
    return date_format(moment, "DATE_FORMAT")
