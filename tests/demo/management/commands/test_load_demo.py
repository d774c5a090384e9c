"""The command that `make run` calls."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from articles.models import Article
from demo import loading
from demo.logins import LOGINS, create_logins
from tests.articles import cast

pytestmark = pytest.mark.django_db


def load_demo(**options):
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def _plain(story, label):
    section = story["_newsroom"]["section"]
    more = {"section": section, "label": label, "age": "PT1H"}
    return story | {"content_html": "<p>Text.</p>", "_newsroom": more}


@pytest.fixture
def _short_demo(monkeypatch):
    """Shorten the demo to two stories, one of which needs a second pair of eyes, and no pictures."""
    files = {name: loading.read_entries(f"{name}.json") for name in ("sections", "tags", "authors", "stories")}
    items = [_plain(story, label) for story, label in zip(files["stories"]["items"], ["news", "opinion"], strict=False)]
    files["stories"] = {"items": items}
    files["pictures"] = []
    monkeypatch.setattr(loading, "read_entries", lambda name: files[name.removesuffix(".json")])


@pytest.mark.usefixtures("_short_demo")
def test_in_production_it_makes_stories_and_no_logins(settings):
    settings.DEBUG = False
    said = load_demo()
    assert sorted(Article.objects.values_list("label", "status")) == [("news", "published"), ("opinion", "review")]
    assert not get_user_model().objects.exists()
    assert "make user" in said


def test_in_production_no_password_is_printed(settings):
    settings.DEBUG = True
    create_logins()
    settings.DEBUG = False
    cast.story()
    said = load_demo(address="https://news.example.com/")
    assert not any(login.password in said for login in LOGINS)


@pytest.mark.usefixtures("_short_demo")
def test_it_says_what_it_does_where_the_output_is_a_file(monkeypatch):
    monkeypatch.setattr(loading, "load_pictures", lambda tell: tell("Loading picture 1 of 2: port") or {})
    assert "Loading picture 1 of 2: port\n" in load_demo()


def test_a_newsroom_with_stories_is_left_alone():
    cast.story()
    load_demo()
    assert Article.objects.count() == 1


def test_it_says_where_to_go_and_how_to_sign_in(settings):
    settings.DEBUG = True
    create_logins()
    cast.story()
    said = load_demo(address="http://127.0.0.1:8000/")
    assert "http://127.0.0.1:8000/admin/" in said
    assert all(login.username in said and login.password in said for login in LOGINS)


def test_a_login_that_was_changed_is_not_printed(settings):
    settings.DEBUG = True
    awa = create_logins()["awa"]
    awa.set_password("something else")
    awa.save()
    cast.story()
    assert LOGINS[0].password not in load_demo()
