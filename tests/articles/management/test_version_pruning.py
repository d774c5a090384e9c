import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.management import version_pruning
from articles.management.version_pruning import prunable_versions, prune_versions
from articles.models import Article, Revision, Visit
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def story():
    return cast.draft("Le port ferme")


@pytest.fixture
def awa():
    return cast.editor()


def kept(story, count, **fields):
    """Save this number of versions of a story, each with another text, and return the last one."""
    fields = {"stored": story.newest_content, "event": "saved", "version": 2, "fields": ["body"], **fields}
    made = Revision.objects.bulk_create(Revision(article=story, **fields) for _ in range(count))
    return made[-1]


def left(keep=1):
    """Return the ids that stay when all versions were old."""
    prunable = prunable_versions(timezone.now() + HOUR, keep)
    return sorted(set(Revision.objects.values_list("pk", flat=True)) - set(prunable.values_list("pk", flat=True)))


def test_the_newest_of_each_story_stay(story):
    kept(story, 5)
    kept(cast.draft("Autre"), 2)
    assert len(left(keep=3)) == 3 + 2
    assert len(left(keep=1)) == 1 + 1
    newest = story.revisions.newest_first()[:3]
    assert set(newest.values_list("pk", flat=True)) < set(left(keep=3))


def test_only_old_ones_go(story):
    kept(story, 5)
    assert not prunable_versions(timezone.now() - HOUR, 1).exists()


@pytest.mark.parametrize("fields", [{"published": True}, {"note": "Vérifier."}, {"event": "found", "fields": []}])
def test_what_readers_saw_what_has_a_note_and_what_came_in_stay(story, fields):
    one = kept(story, 1, **fields)
    newest = kept(story, 3)
    assert left() == [one.pk, newest.pk]


@pytest.mark.parametrize("pointer", ["waiting", "due"])
def test_what_waits_or_is_scheduled_stays(story, pointer):
    one = kept(story, 1)
    newest = kept(story, 3)
    Article.objects.filter(pk=story.pk).update(**{pointer: one})
    assert left() == [one.pk, newest.pk]


@pytest.mark.parametrize("pointer", ["revision", "before"])
def test_what_somebody_looked_at_last_stays(story, awa, pointer):
    one = kept(story, 1)
    newest = kept(story, 3)
    Visit.objects.create(article=story, user=awa, **{pointer: one})
    assert left() == [one.pk, newest.pk]


def test_who_wrote_the_text_is_known_when_the_newest_changed_nothing(story):
    writer = kept(story, 2)
    newest = kept(story, 3, fields=[])
    assert left() == [writer.pk, newest.pk]


def test_a_live_storys_history_is_pruned_with_its_verbs(awa):
    live = cast.story("Le port ferme")
    for number in range(6):
        live.save_draft(awa, Edit(live.newest_content | {"headline": f"Le port {number}"}))
        live = Article.objects.get(pk=live.pk)
    live.schedule_changes(awa, timezone.now() + HOUR)
    live = Article.objects.get(pk=live.pk)
    live.save_draft(awa, Edit(live.newest_content | {"headline": "Le port 9"}))
    assert sum(prune_versions(timezone.now() + HOUR, 1)) == 6
    assert [revision.event for revision in live.revisions.order_by("pk")] == ["published", "changes-scheduled", "saved"]
    live = Article.objects.get(pk=live.pk)
    assert live.newest_content["headline"] == "Le port 9"
    assert Article.objects.put_due_changes_live(timezone.now() + 2 * HOUR) == 1


def test_it_goes_in_batches(story, monkeypatch):
    monkeypatch.setattr(version_pruning, "VERSIONS_PER_DELETE", 4)
    kept(story, 11)
    assert list(prune_versions(timezone.now() + HOUR, 1)) == [4, 4, 2]
    assert story.revisions.count() == 1


def test_no_step_reads_stories_or_versions_from_end_to_end_for_each_version(story):
    """Versions are read once, in the order of their ids; all else is looked up by an index."""
    stories = [Article(headline=f"Récit {number}", slug=f"recit-{number}") for number in range(300)]
    Article.objects.bulk_create(stories)
    for one in stories:
        kept(one, 4)
    with CaptureQueriesContext(connection) as captured:
        assert sum(prune_versions(timezone.now() + HOUR, 2)) == 600
    selects = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in selects:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
            plan = "\n".join(str(row) for row in cursor.fetchall())
            assert "SCAN articles_article" not in plan
            assert "Seq Scan" not in plan
