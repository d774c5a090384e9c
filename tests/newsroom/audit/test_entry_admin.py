"""The audit log on the desk: who reads it, what it shows, and the file."""

import csv
import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.roles import CHIEF_EDITOR
from newsroom.models import AuditEntry, User
from tests.articles import cast

LIST = "/admin/newsroom/auditentry/"
Action = AuditEntry.Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    fatou = cast.person("fatou", CHIEF_EDITOR)
    client.force_login(fatou)
    return fatou


def add(**fields):
    return AuditEntry.objects.create(**{"action": Action.CHANGED, "kind": "articles.article", **fields})


def listed(client, **query):
    return [entry.object_name for entry in client.get(LIST, query).context["cl"].result_list]


@pytest.mark.parametrize("someone", [cast.reporter, cast.editor, cast.tag_staff])
@pytest.mark.parametrize("address", [LIST, f"{LIST}csv/"])
def test_nobody_but_a_chief_editor_reads_it(client, someone, address):
    client.force_login(someone())
    assert client.get(address).status_code == 403


def test_it_says_who_did_what_to_what(client, chief):
    story = cast.draft("Le port")
    story.publish(cast.editor())
    page = client.get(LIST).text
    assert reverse("admin:articles_article_change", args=[story.pk]) in page
    assert "awa" in page


def test_the_newest_stands_first(client, chief):
    add(object_name="un")
    add(object_name="deux")
    assert listed(client)[:2] == ["deux", "un"]


def test_it_is_narrowed_to_a_person(client, chief):
    awa = cast.editor()
    add(object_name="un", person=awa)
    add(object_name="deux", person=chief)
    assert listed(client, person=awa.pk) == ["un"]


@pytest.mark.parametrize(
    ("about", "fields"),
    [
        ("stories", {"kind": "articles.article"}),
        ("tags", {"kind": "articles.tag"}),
        ("pictures", {"kind": "articles.image"}),
        ("people", {"kind": "newsroom.user"}),
        ("refused", {"kind": "", "action": Action.REFUSED}),
    ],
)
def test_it_is_narrowed_to_what_it_is_about(client, chief, about, fields):
    add(kind="articles.section", object_name="autre")
    add(object_name="oui", **fields)
    assert listed(client, about=about) == ["oui"]


def test_what_it_was_done_to_is_called_by_its_kind(client, chief):
    add(kind="articles.tag", object_name="Lomé")
    add(kind="former.thing", object_name="Kara")
    add(kind="", object_name="/admin/x/")
    page = client.get(LIST).text
    assert '<span class="kind">tag</span> Lomé' in page
    assert '<span class="kind">former.thing</span> Kara' in page
    assert '<td class="field-to_what">/admin/x/</td>' in page


def test_a_search_reads_the_newest_entries_and_leads_on_to_older_ones(client, chief, monkeypatch):
    monkeypatch.setattr("newsroom.audit.entry_admin.MAX_SEARCHED_ROWS", 2)
    now = timezone.now()
    for days in (0, 1, 2, 3, 4):
        add(object_name=f"Lomé {days}", at=now - timedelta(days=days))
    assert listed(client, q="lomé", about="stories") == ["Lomé 0", "Lomé 1"]
    page = client.get(LIST, {"q": "Lomé", "about": "stories"})
    link = html.unescape(re.search(r'href="([^"]*)">Search older entries', page.text)[1])
    older = client.get(LIST + link)
    assert [entry.object_name for entry in older.context["cl"].result_list] == ["Lomé 2", "Lomé 3"]
    assert "before " in older.text


def test_a_search_that_read_all_leads_nowhere(client, chief):
    add(object_name="Lomé")
    assert "Search older entries" not in client.get(LIST, {"q": "lomé"}).text
    assert "Search older entries" not in client.get(LIST).text


@pytest.mark.parametrize("day", ["x", "0001-01-01", "9999-12-31", "2026-13-01", "9" * 5000])
def test_a_day_that_is_none_leaves_the_whole_list(client, chief, day):
    add(object_name="un")
    assert "un" in listed(client, before=day)


@pytest.mark.parametrize(
    "query", [{"person": "x"}, {"person": "9" * 5000}, {"about": "x"}, {"at__gte": "x"}, {"p": "x"}]
)
def test_nonsense_in_the_address_is_no_failure(client, chief, query):
    assert client.get(LIST, query).status_code in (200, 302)
    assert client.get(f"{LIST}csv/", query).status_code in (200, 302)


def test_a_person_is_named_as_today_and_by_number_when_gone(client, chief):
    awa = cast.editor()
    add(person=awa)
    User.objects.filter(pk=awa.pk).update(first_name="Awa", last_name="Diop")
    assert "Awa Diop" in client.get(LIST).text
    number = awa.pk
    User.objects.get(pk=number).delete()
    assert f"account {number}" in client.get(LIST).text


def test_the_file_has_what_the_list_shows_and_runs_nothing(client, chief):
    add(object_name="=1+1")
    add(kind="articles.tag", object_name="autre")
    rows = list(csv.reader(client.get(f"{LIST}csv/", {"about": "stories"}).text.splitlines()))
    assert [row[5] for row in rows] == ["object", "'=1+1"]


def test_it_can_only_be_read(client, chief):
    entry = add()
    for page in (f"{LIST}add/", f"{LIST}{entry.pk}/change/", f"{LIST}{entry.pk}/delete/"):
        assert client.post(page, {"post": "yes"}).status_code == 404
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_many_entries_cost_the_queries_of_one(client, chief, django_assert_max_num_queries):
    def ask():
        with django_assert_max_num_queries(9):
            assert client.get(LIST).status_code == 200

    add(person=chief)
    ask()
    for _number in range(12):
        add(person=cast.editor(f"awa{_number}"), object_name="x", object_id="1")
    ask()


def test_the_page_of_a_person_leads_to_what_they_did(admin_client):
    awa = cast.editor()
    assert f"{LIST}?person={awa.pk}" in admin_client.get(f"/admin/newsroom/user/{awa.pk}/change/").text
