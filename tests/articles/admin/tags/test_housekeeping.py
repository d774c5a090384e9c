"""What the desk finds to put in order among the tags, and that it asks once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import DistinctTags, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/tag/"
PAGE = f"{LIST}housekeeping/"


def pairs(client):
    """Return (fewer, more, why) as the page has them, of both lists."""
    lists = client.get(PAGE).context["lists"]
    return [(row.fewer.name, row.more.name, why) for _what, _n, rows, _none in lists for row, why, _merge in rows]


def test_it_opens_empty(client, koffi):
    page = client.get(PAGE).text
    assert "No two names look alike." in page
    assert "No two tags stand on the same stories." in page


def test_it_counts_and_leads_to_the_list(client, koffi):
    cast.story(tags=["Lomé", "Togo"])
    cast.story(tags=["Togo"])
    Tag.objects.create_named("Vide")
    Tag.objects.update(created_at=timezone.now() - timezone.timedelta(days=8))
    Tag.objects.filter(name="Togo").update(description="Pays.")
    page = client.get(PAGE)
    assert [number for _what, _filter, number in page.context["counted"]] == [1, 1, 2]
    for link in ("use=none", "use=once", "described=no"):
        assert f'href="{LIST}?{link}"' in page.text


def test_the_one_with_fewer_stories_goes_into_the_one_with_more(client, koffi):
    few, more = Tag.objects.for_names(["C.E.M.A.C", "CEMAC"])
    cast.story(tags=["CEMAC"])
    assert pairs(client) == [("C.E.M.A.C", "CEMAC", "the same except for plurals or dots")]
    assert f'href="{LIST}merge/?tags={more.pk},{few.pk}"' in client.get(PAGE).text


def test_a_plural_comes_before_a_slip(client, koffi):
    Tag.objects.for_names(["Senegall", "Sénégal", "Banques", "Banque"])
    assert [why for *_names, why in pairs(client)] == ["the same except for plurals or dots", "one letter apart"]


def test_tags_on_the_same_stories_are_found(client, koffi):
    for number in range(5):
        cast.story(f"Accord {number}", tags=["Zlecaf", "Libre-échange"])
    assert pairs(client) == [("Libre-échange", "Zlecaf", "used together on nine out of ten stories")]


def test_not_the_same_is_remembered(client, koffi):
    one, other = Tag.objects.for_names(["Guinée", "Guinées"])
    answer = client.post(f"{LIST}apart/{other.pk}/{one.pk}/", follow=True)
    assert "“Guinées” and “Guinée” are not the same." in answer.text
    assert DistinctTags.objects.get().by == koffi
    assert pairs(client) == []


@pytest.mark.parametrize("ids", [(0, 1), (1, 1), (10**30, 1)])
def test_two_tags_that_are_not_two_are_not_found(client, koffi, ids):
    Tag.objects.update_or_create(pk=1, defaults={"name": "Mali"})
    assert client.post(f"{LIST}apart/{ids[0]}/{ids[1]}/").status_code == 404


def test_a_new_tag_is_found_at_once(client, koffi):
    Tag.objects.create_named("Banque")
    assert pairs(client) == []
    Tag.objects.create_named("Banques")
    assert len(pairs(client)) == 1


def test_the_list_narrows_down_to_look_alikes(client, koffi):
    Tag.objects.for_names(["Banque", "Banques", "Mali"])
    found = client.get(LIST, {"alike": "1"}).context["cl"].result_list
    assert [tag.name for tag in found] == ["Banque", "Banques"]


def test_who_may_only_look_is_refused(client, moutiou):
    assert client.get(PAGE).status_code == 403


def test_twelve_pairs_cost_the_queries_of_one(client, koffi):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    Tag.objects.for_names(["Banque 0", "Banques 0"])
    client.get(PAGE)
    Tag.objects.for_names(["Banque 1", "Banques 1"])  # makes it search again
    one = queries()
    for number in range(2, 14):
        Tag.objects.for_names([f"Banque {number}", f"Banques {number}"])
    assert queries() == one


def test_the_list_leads_to_it(client, koffi):
    assert f'href="{PAGE}"' in client.get(LIST).text
