"""Later versions change any table of the project: people still sign in, and what is written is read."""

import pytest
from django.core.management import call_command
from django.test import Client

from articles.triggers import missing_triggers
from newsroom.models import User
from tests.articles import cast
from tests.newsroom.later.migrations._columns import TODAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
STEPS = ("9001_added", "9002_renamed", "9003_removed")


def migrate(target=TODAY):
    call_command("migrate", "newsroom", target, verbosity=0)


@pytest.fixture
def later_version(settings):
    settings.MIGRATION_MODULES = {"newsroom": "tests.newsroom.later.migrations"}
    yield
    migrate()


@pytest.mark.usefixtures("later_version")
def test_people_sign_in_and_triggers_stay_while_columns_come_and_go_in_every_table():
    cast.editor()
    for number, step in enumerate(STEPS):
        migrate(step)
        assert missing_triggers() == [], step
        cast.reporter(f"moutiou{number}")
        for name in ("awa", f"moutiou{number}"):
            browser = Client()
            browser.post("/admin/login/", {"login": name, "password": "mot-de-passe"})
            assert browser.get("/admin/").status_code == 200, (step, name)
    assert User.objects.count() == 1 + len(STEPS)
