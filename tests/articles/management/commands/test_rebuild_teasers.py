import io

import pytest
from django.core.management import call_command

from articles import excerpts
from articles.management.commands import rebuild_teasers
from articles.models import Article, ChangeLog
from tests.articles import cast

pytestmark = pytest.mark.django_db

STANDFIRST = "Le port de Lomé rouvre lundi, et les grues tournent de nouveau après deux semaines de grève sur le quai."


def rebuild():
    out = io.StringIO()
    call_command("rebuild_teasers", stdout=out, stderr=out)
    return out.getvalue().strip()


def test_stored_teasers_follow_a_change_in_how_they_are_cut(monkeypatch):
    story = cast.story(standfirst=STANDFIRST)
    monkeypatch.setattr(excerpts, "COMPACT", 30)
    assert rebuild() == "1 stories, 1 of them with other teasers than before."
    assert Article.objects.get().compact_text == excerpts.cut(STANDFIRST, 30) != story.compact_text


def test_what_is_right_already_is_not_written():
    cast.story(standfirst=STANDFIRST)
    ChangeLog.objects.all().delete()
    assert rebuild() == "1 stories, 0 of them with other teasers than before."
    assert not ChangeLog.objects.exists()


def test_a_story_stays_as_it_was_saved(monkeypatch):
    story = cast.story(standfirst=STANDFIRST)
    monkeypatch.setattr(excerpts, "LONG", 30)
    rebuild()
    assert Article.objects.get().version == story.version
    assert Article.objects.get().newest_content == story.newest_content


def test_pages_with_another_teaser_are_rendered_again(monkeypatch):
    story = cast.story(standfirst=STANDFIRST)
    monkeypatch.setattr(excerpts, "LONG", 30)
    ChangeLog.objects.all().delete()
    rebuild()
    assert f"story-{story.pk}" in ChangeLog.objects.values_list("key", flat=True)


def test_all_stories_are_reached(monkeypatch):
    monkeypatch.setattr(rebuild_teasers, "STORIES_CUT_AT_ONCE", 2)
    for number in range(5):
        cast.draft(f"Dépêche {number}", standfirst=STANDFIRST)
    Article.objects.update(compact_text="")
    assert rebuild() == "5 stories, 5 of them with other teasers than before."
    assert not Article.objects.filter(compact_text="").exists()
