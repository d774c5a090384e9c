"""The command that `make run` calls."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles.importers.demo_logins import LOGINS, create_logins
from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def run(**options):
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def test_without_debug_it_refuses(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1"):
        run()
    assert not Article.objects.exists()


def test_a_newsroom_with_stories_is_left_alone():
    cast.story()
    run()
    assert Article.objects.count() == 1


def test_it_says_where_to_go_and_how_to_sign_in(settings):
    settings.DEBUG = True
    create_logins()
    cast.story()
    said = run(address="http://127.0.0.1:8000/")
    assert "http://127.0.0.1:8000/admin/" in said
    assert all(login.username in said and login.password in said for login in LOGINS)


def test_a_login_that_was_changed_is_not_printed(settings):
    settings.DEBUG = True
    awa = create_logins()["awa"]
    awa.set_password("something else")
    awa.save()
    cast.story()
    assert LOGINS[0].password not in run()
