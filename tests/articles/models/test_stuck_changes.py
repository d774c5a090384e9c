"""Scheduled changes that cannot go live: the story stays as it was, everybody else goes on, and somebody is told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone

from articles.models import Article, StuckChanges, Tag
from articles.models.content import Edit
from articles.states import state_of
from tests.articles import cast

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def scheduled(awa, headline):
    """Return a live story with changes whose time has come."""
    story = cast.story(headline)
    edit = Edit({**story.newest_content, "headline": f"{headline}, nouveau"}, story.version)
    story.schedule_changes(awa, timezone.now() + HOUR, edit)
    Article.objects.filter(pk=story.pk).update(due_at=timezone.now())
    return story


def fresh(story):
    return Article.objects.get(pk=story.pk)


@pytest.fixture
def stories(awa):
    """Return two stories: the first breaks while its content lacks a field, the second is whole."""
    broken, whole = scheduled(awa, "Le port"), scheduled(awa, "Le rail")
    assert Article.objects.filter(due_at__lte=timezone.now()).first() == broken
    return broken, whole


@pytest.fixture
def breaks(monkeypatch, stories):
    """Call with an exception (None: nothing any more) that the first of the stories raises when it is to go live."""
    really = Article._put_live

    def arrange(error):
        def put_live(story, *args):
            if error and story.pk == stories[0].pk:
                raise error
            really(story, *args)

        monkeypatch.setattr(Article, "_put_live", put_live)

    return arrange


ERRORS = [KeyError("standfirst"), TypeError("no"), ValidationError("Sans titre."), DatabaseError("x"), RecursionError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_one_story_raises_the_others_go_live(stories, breaks, error):
    broken, whole = stories
    breaks(error)
    assert Article.objects.put_due_changes_live() == 1
    assert (fresh(broken).headline, fresh(whole).headline) == ("Le port", "Le rail, nouveau")
    assert list(Article.objects.stuck()) == [broken]


@pytest.mark.parametrize("path", ["/", "/feed/", "/admin/login/"])
def test_pages_are_shown_although_a_change_is_stuck(client, stories, breaks, path):
    breaks(KeyError("standfirst"))
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 200


def test_pages_are_shown_although_no_mark_can_be_stored(client, stories, breaks, monkeypatch):
    breaks(KeyError("standfirst"))
    monkeypatch.setattr(StuckChanges.objects, "mark", lambda *_args: 1 / 0)
    assert client.get("/").status_code == 200


def test_the_reason_is_kept_and_logged_once(stories, breaks, caplog, monkeypatch):
    breaks(KeyError("standfirst"))
    now = timezone.now()
    for minutes in (0, 1, 10):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: now + minutes * HOUR / 60)
        Article.objects.put_due_changes_live()
    mark = StuckChanges.objects.get()
    assert (mark.reason, mark.attempts) == ("KeyError: 'standfirst'", 3)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_an_error_that_says_something_else_on_each_try_is_logged_once(stories, breaks, caplog):
    for number in range(3):
        breaks(OSError(f"no /tmp/{number}"))
        Article.objects.put_due_changes_live(timezone.now() + number * HOUR)
    assert StuckChanges.objects.get().reason == "OSError: no /tmp/2"
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    breaks(KeyError("standfirst"))
    Article.objects.put_due_changes_live(timezone.now() + 24 * HOUR)
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def test_it_waits_longer_before_each_try(stories, breaks):
    breaks(KeyError("standfirst"))
    Article.objects.put_due_changes_live()
    assert fresh(stories[0]).due_at > timezone.now() + datetime.timedelta(seconds=10)
    Article.objects.put_due_changes_live(timezone.now() + HOUR)
    assert fresh(stories[0]).due_at > timezone.now() + datetime.timedelta(seconds=50)


def test_it_goes_live_by_itself_once_nothing_stands_in_its_way(stories, breaks):
    breaks(KeyError("standfirst"))
    Article.objects.put_due_changes_live()
    breaks(None)
    at = timezone.now() + HOUR
    assert Article.objects.put_due_changes_live(at) == 1
    story = fresh(stories[0])
    assert (story.headline, story.due_id, story.changed_at) == ("Le port, nouveau", None, at)
    assert not StuckChanges.objects.exists()


@pytest.mark.parametrize(
    "save",
    [
        lambda story, awa: story.save_draft(awa, Edit({**story.newest_content, "kicker": "Ports"})),
        lambda story, awa: story.retag(awa, add=[Tag.objects.create_named("Togo")]),
    ],
    ids=["saved", "retagged"],
)
def test_a_save_lets_it_be_tried_at_once(stories, breaks, awa, django_user_model, save):
    breaks(KeyError("standfirst"))
    Article.objects.put_due_changes_live()
    breaks(None)
    save(fresh(stories[0]), django_user_model.objects.create_superuser("chief2"))
    assert fresh(stories[0]).due_at == fresh(stories[0]).due.for_time
    assert Article.objects.put_due_changes_live(timezone.now() + HOUR) == 1
    assert fresh(stories[0]).headline == "Le port, nouveau"


@pytest.mark.parametrize("verb", ["publish_changes", "unschedule_changes", "withdraw"])
def test_an_editor_ends_it(stories, breaks, awa, verb):
    breaks(KeyError("standfirst"))
    Article.objects.put_due_changes_live()
    getattr(fresh(stories[0]), verb)(awa)
    assert not Article.objects.stuck().exists()
    assert fresh(stories[0]).newest_content["headline"] == "Le port, nouveau"


def test_the_desk_says_so_and_what_to_do(client, stories, breaks, awa):
    breaks(ValidationError("Sans titre."))
    Article.objects.put_due_changes_live()
    client.force_login(awa)
    assert 'id="today-stuck"' in client.get("/admin/").text
    form = client.get(f"/admin/articles/article/{stories[0].pk}/change/").text
    assert "Sans titre." in form
    assert "unschedule them" in form


def test_the_list_tells_stuck_changes_from_scheduled_ones(client, stories, awa, django_assert_num_queries):
    StuckChanges.objects.mark(stories[0].due_id, KeyError("standfirst"))
    Article.objects.update(due_at=timezone.now() + HOUR)
    client.force_login(awa)
    listed = client.get("/admin/articles/article/").text
    assert (listed.count("Live, changes stuck"), listed.count("Live, changes scheduled")) == (1, 1)
    with django_assert_num_queries(1):
        assert [state_of(story).word for story in Article.objects.with_state().order_by("pk")] == [
            "Live, changes stuck",
            "Live, changes scheduled",
        ]


def test_a_desk_without_any_says_nothing(client, awa):
    client.force_login(awa)
    assert 'id="today-stuck"' not in client.get("/admin/").text


def test_a_reporter_is_told_of_their_own_alone(client, stories, breaks):
    breaks(KeyError("standfirst"))
    Article.objects.put_due_changes_live()
    client.force_login(cast.reporter())
    assert 'id="today-stuck"' not in client.get("/admin/").text
