"""Old unsaved text is forgotten; what is newer, and what was saved, stays."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, Autosave, FormBrowser, Presence, SavedForm
from tests.articles import cast

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.timedelta(days=91)


@pytest.fixture
def awa():
    return cast.editor()


@pytest.fixture
def story(awa):
    """Return a story with an old and a new row of each kind."""
    story = cast.draft("Le port ferme")
    for key, age in (("old", LONG_AGO), ("new", datetime.timedelta())):
        then = timezone.now() - age
        Autosave.objects.keep(story.pk, awa.pk, key, {"headline": [key]})
        Autosave.objects.filter(key=key).update(saved_at=then)
        SavedForm.objects.create(user=awa, key=key, article=story, version=1, posted="", saved_at=then)
    return story


def prune(**options):
    out = StringIO()
    call_command("prune_autosaves", stdout=out, **options)
    return out.getvalue().strip()


def test_only_what_is_old_goes(story):
    assert prune() == "1 unsaved texts deleted."
    assert Autosave.objects.get().key == SavedForm.objects.get().key == "new"
    assert Article.objects.get() == story


def test_a_form_that_was_left_open_long_ago_is_forgotten(awa, story):
    Presence.objects.record(story.pk, awa, unsaved=True)
    prune()
    assert Presence.objects.exists()
    Presence.objects.update(seen_at=timezone.now() - LONG_AGO)
    prune()
    assert not Presence.objects.exists()


def test_a_browser_whose_cookie_has_ended_is_forgotten(awa):
    old, new = (
        FormBrowser.objects.create(user=awa, made_at=timezone.now() - LONG_AGO),
        FormBrowser.objects.create(user=awa),
    )
    prune()
    assert list(FormBrowser.objects.all()) == [new] != [old]


def test_a_dry_run_only_counts(story):
    assert prune(dry_run=True) == "1 unsaved texts would be deleted."
    assert Autosave.objects.count() == 2
