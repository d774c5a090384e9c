"""Whatever is sent to an address of the desk is answered: never a failure, and no list tells what it does not show.

The addresses come from the URL map, the parameters from what each view reads, the fields from the forms on its page.
"""

import copy
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib import admin
from django.db import models, transaction
from django.http import QueryDict
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from articles.models import Autosave, Image
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.posted_forms import Forms
from tests.articles.admin.story_form import ADD
from tests.articles.admin.test_access import address, names

pytestmark = pytest.mark.django_db

HUGE = "9" * 40
EXTREMES = ["0001-01-01 00:00:00+14:00", "9999-12-31 23:59:59-14:00"]  # beyond every calendar once they are in UTC
SENT = ["\0", HUGE, f"id:{HUGE}"]  # as every parameter, and in every field of a form that a person does not type into
TYPED = ["a\0b", HUGE, "💡" * 5000]  # in all others, at once
LISTS = [name for name in names() if name.endswith("_changelist")]
TICKED = {"action", "_selected_action"}  # of a list
SEARCHED = {"q", "p", "o", "all", "e", "_popup", "_to_field", "_changelist_filters"} | TICKED
MARK = "in the body"


@pytest.fixture(scope="module")
def newsroom(shared_rows, tmp_path_factory):
    """Return (the session of somebody who may open everything, a story), for all tests."""
    cast.editor()  # whose login some addresses are about
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        image = cast.image()
    Image.objects.filter(pk=image.pk).update(content_hash="x", width=1, height=1, byte_size=1, alt="x")
    chief, client = User.objects.create_superuser("chefin", password="mot-de-passe"), Client()
    client.force_login(chief)
    client.post(reverse("account_reauthenticate"), {"password": "mot-de-passe"})
    return client.cookies, cast.draft(created_by=chief, tags=["Mali"], authors=[cast.author()])


@pytest.fixture
def chief(newsroom, client):
    """Return the client of somebody who may open everything; a failure comes as an answer, as it would in a browser."""
    client.cookies = copy.deepcopy(newsroom[0])
    client.raise_request_exception = False
    return client


@pytest.fixture
def story(newsroom):
    return cast.fresh(newsroom[1])


@pytest.fixture
def names_read(monkeypatch):
    """Return a function that returns the names that a request looks for: anywhere, or in its body, which has a mark."""
    found = set()
    for method in ("__getitem__", "__contains__", "getlist"):
        monkeypatch.setattr(QueryDict, method, spy(getattr(QueryDict, method), found))

    def read(ask, *, in_body=False):
        found.clear()
        failures([("", ask)])
        names = {name for name, of_body in found if of_body or not in_body}
        return {name for name in names if isinstance(name, str)} - {MARK}

    return read


def spy(method, found):
    def asked(self, name, *args, **kwargs):
        found.add((name, dict.__contains__(self, MARK)))
        return method(self, name, *args, **kwargs)

    return asked


def failures(requests):
    """Return the descriptions of those that failed; every change is rolled back."""
    failed = []
    for description, ask in requests:
        with transaction.atomic():
            if ask().status_code >= 500:
                failed.append(description)
            transaction.set_rollback(True)
    return failed


@pytest.mark.long
@pytest.mark.parametrize("name", names())
def test_no_parameter_of_an_address_is_a_failure(chief, story, names_read, name):
    """Each method gets those that it reads."""
    where = address(name, story)
    sent = pairs(names_read(lambda: chief.get(where)) | (SEARCHED if name in LISTS else set()))
    asked = [((*pair, "GET"), lambda pair=pair: chief.get(where, [pair])) for pair in sent if pair[1] != "\0"]
    if not name.endswith(("_add", "_change")):  # whose fields are below
        in_body = names_read(lambda: chief.post(where, {MARK: "1"}), in_body=True)
        sent = pairs(in_body | (TICKED if name in LISTS else set()))
        asked += [((*pair, "POST"), lambda pair=pair: chief.post(where, dict([pair]))) for pair in sent]
    assert failures(asked) == []


def pairs(parameters):
    return [(parameter, value) for parameter in sorted(parameters) for value in SENT]


@pytest.mark.long
@pytest.mark.parametrize("name", names())
def test_no_field_of_a_form_is_a_failure(chief, story, name):
    page = chief.get(where := address(name, story))
    assert failures(hostile(chief, where, page.text if "html" in page.get("Content-Type", "") else "")) == []


def hostile(client, where, page):
    parser = Forms()
    parser.feed(page)
    for action, fields, of_button in parser.forms:
        target = urlsplit(action or where)._replace(fragment="").geturl()
        filled = {name: value for name, value, _kind in fields if value is not None}
        texts = [name for name, _value, kind in fields if kind in ("text", "textarea")]
        # Choices of one field share its name.
        others = list(dict.fromkeys(name for name, _value, _kind in fields if name not in texts))
        # A button's address gets the same fields at once: each one that it reads alone is sent to it above.
        groups = [others] if of_button else [[name] for name in others]
        chosen = [dict.fromkeys(group, value) for group in groups for value in SENT]
        for change in chosen + [dict.fromkeys(texts, value) for value in TYPED if texts]:
            described = (target, [(name, value[:20]) for name, value in change.items()])
            yield described, lambda data=filled | change, target=target: client.post(target, data)


@pytest.mark.parametrize("name", LISTS)
def test_no_action_fails_for_what_is_ticked(chief, story, name):
    """The numbers of the rows may be anything, and there may be any number of them."""
    model_admin = admin_of(name)
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="chefin")
    asked = []
    for action in model_admin.get_actions(request):
        for ticked in ([HUGE], ["\0"], ["-1", "x"], [HUGE] * 3000):
            data = {"action": action, "_selected_action": ticked, "index": "0", "select_across": HUGE}
            asked.append(((action, ticked[0]), lambda data=data: chief.post(reverse(f"admin:{name}"), data)))
    assert failures(asked) == []


# Lists


def admin_of(name):
    _app, noun, _kind = name.split("_", 2)
    return next(found for model, found in admin.site._registry.items() if model._meta.model_name == noun)


def filter_name(one):
    """Return the name of the field or parameter of an entry in `list_filter`."""
    field = one[0] if isinstance(one, tuple) else one
    return field if isinstance(field, str) else field.parameter_name


def paths(model, depth=2):
    """Return the names of its fields and relations, and of theirs."""
    for field in model._meta.get_fields():
        name = field.name if isinstance(field, models.Field) else field.get_accessor_name() or field.name
        for spelling in {field.name, name}:
            yield spelling
            if depth > 1 and field.is_relation and field.related_model:
                yield from (f"{spelling}__{rest}" for rest in paths(field.related_model, depth - 1))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_asked_by_its_own_filters_alone(chief, name):
    """Otherwise it could be asked, guess by guess, for any column of any table that a row leads to."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="chefin")
    model_admin = admin_of(name)
    lookups = ("", "__startswith", "__regex", "__in", "__gt", "__year", "__year__gte", "__exact", "__isnull", "__range")
    shown = {filter_name(one) for one in model_admin.get_list_filter(request)}
    answered = {
        f"{path}{lookup}"
        for path in [*paths(model_admin.model), "pk", "id"]
        for lookup in lookups
        if model_admin.lookup_allowed(f"{path}{lookup}", "1", request)
    }
    harmless = {
        f"{one}{lookup}" for one in shown for lookup in ("", "__exact", "__isnull", "__id__exact", "__gte", "__lt")
    }
    assert answered - harmless == set()


@pytest.mark.parametrize(
    "lookup",
    [
        "author__user__password__startswith=pbkdf2",
        "created_by__password__startswith=pbkdf2",
        "user__password__startswith=pbkdf2",
        "password__startswith=pbkdf2",
        "id__in=1",
        "pk__regex=(",
    ],
)
@pytest.mark.parametrize("name", LISTS)
def test_what_no_filter_asks_is_not_answered(chief, name, lookup):
    assert chief.get(f"{reverse(f'admin:{name}')}?{lookup}").status_code == 400


@pytest.mark.parametrize("value", ["", "0", "-1", HUGE, "x", "²", *EXTREMES])
@pytest.mark.parametrize("name", LISTS)
def test_no_value_of_a_filter_is_a_failure(chief, name, value):
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="chefin")
    where, asked = reverse(f"admin:{name}"), []
    for one in admin_of(name).get_list_filter(request):
        own = [f"{filter_name(one)}{end}" for end in ("__gte", "__lt", "__exact", "__isnull", "__id__exact")]
        for parameter in own if isinstance(one, str | tuple) else [filter_name(one)]:
            query = urlencode([(parameter, value)])
            asked.append((query, lambda query=query: chief.get(f"{where}?{query}")))
            if value == HUGE:  # that it is there twice matters whatever the value is
                asked.append((query, lambda query=query: chief.get(f"{where}?{query}&{query}")))
    assert failures(asked) == []


# What no form sends


@pytest.mark.parametrize("text", ["\ud800", "\0", "x" * 1_000_000, HUGE])
@pytest.mark.parametrize("field", ["headline", "key", "version", "tags", "lead_image", "section"])
def test_an_autosave_keeps_whatever_the_browser_sends(chief, story, field, text):
    body = [["key", "abc"], [field, text]]
    where = reverse("admin:articles_article_autosave", args=[story.pk])
    with transaction.atomic():
        assert chief.post(where, body, content_type="application/json").status_code < 500
        for kept in Autosave.objects.all():
            assert (
                chief.get(f"{reverse('admin:articles_article_change', args=[story.pk])}?typed={kept.pk}").status_code
                < 500
            )
            assert chief.get(reverse("admin:articles_article_autosaved", args=[kept.pk])).status_code < 500


@pytest.mark.parametrize(
    "query", ["%00", "q=%00", "q=a%00b", "%ED%A0%80=%FF", "q=%ED%A0%80", "&" * 5000, "a=" + "b" * 9000]
)
@pytest.mark.parametrize(
    "path", [ADD, "/admin/", "/admin/articles/tag/", "/admin/autocomplete/", "/admin/%00/", "/admin/x/%ED/"]
)
def test_no_address_is_a_failure(chief, path, query):
    assert chief.get(f"{path}?{query}").status_code < 500
