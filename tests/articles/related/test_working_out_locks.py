"""Who waits for whom while stories are saved: nobody queues for the related stories of a neighbour."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import FollowUp, RelatedList, follow_up
from articles.models.follow_up import work_waits
from articles.models.related_list import RelatedListQuerySet
from articles.related import working_out
from tests.articles import cast

DAM = "<p>Les turbines du barrage de Soubré tournent de nouveau.</p>"


@pytest.fixture
def others(db):
    background = [cast.story(f"Dépêche {number}", body=f"<p>Sujet {number}.</p>") for number in range(20)]
    working_out.work_out([story.pk for story in background])  # before the dam's words are in many stories
    dams = [cast.story(f"Le barrage de Soubré {number}", body=DAM) for number in range(5)]
    working_out.work_out([story.pk for story in dams])
    return dams


def in_another_connection(deed):
    """Return what the function returned or raised in another connection."""
    found = []

    def run():
        try:
            found.append(deed())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            found.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def matches(story):
    return {entry[0] for entry in RelatedList.objects.get(pk=story.pk).matches}


def test_a_publication_writes_no_list_of_related_stories_before_it_is_final(others):
    story = cast.draft("Soubré, le barrage", body=DAM)
    with CaptureQueriesContext(connection) as queries:
        story.publish(None)
    assert [query["sql"] for query in queries if "articles_relatedlist" in query["sql"]] == []
    assert FollowUp.objects.filter(kind="related", key=str(story.pk)).exists()


def related():
    """Return the work on related stories; a publication asks for other work too."""
    return FollowUp.objects.filter(kind=FollowUp.Kind.RELATED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")
class TestWhileSomebodyHoldsTheListOfAnother:
    @pytest.fixture
    def story(self, others):
        def take(sender, **_more):
            return True

        work_waits.connect(take)
        yield cast.story("Soubré, le barrage", body=DAM)
        work_waits.disconnect(take)

    def test_what_can_be_told_is_told_without_waiting_and_the_rest_later(self, others, story):
        with transaction.atomic():
            RelatedList.objects.select_for_update().get(pk=others[0].pk)
            assert in_another_connection(related().work_off) == 0
        assert [story.pk in matches(other) for other in others] == [False, True, True, True, True]
        assert not RelatedList.objects.filter(pk=story.pk, worked_out_at__isnull=False).exists()
        related().update(due_at=story.saved_at)
        assert related().work_off() == 1
        assert all(story.pk in matches(other) for other in others)
        assert matches(story) == {other.pk for other in others}

    def test_it_is_waited_for_after_some_attempts(self, others, story):
        FollowUp.objects.update(attempts=working_out.MAX_SKIPPING_ATTEMPTS)
        held, may_end = threading.Event(), threading.Event()

        def hold():
            with transaction.atomic():
                RelatedList.objects.select_for_update().get(pk=others[0].pk)
                held.set()
                may_end.wait(10)
            connection.close()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(10)
        threading.Timer(0.3, may_end.set).start()
        assert related().work_off() == 1
        holder.join()
        assert story.pk in matches(others[0])

    def test_a_story_that_is_worked_out_can_be_saved_meanwhile(self, others, story, monkeypatch):
        """Between any two steps nothing is locked: another connection takes every list."""
        really, took = working_out._change, []

        def change(lists, *, skipping):
            took.append(in_another_connection(lambda: len(_take_all())))
            return really(lists, skipping=skipping)

        monkeypatch.setattr(working_out, "LISTS_PER_TRANSACTION", 2)
        monkeypatch.setattr(working_out, "_change", change)
        FollowUp.objects.work_off()
        assert len(took) >= 3
        assert set(took) == {RelatedList.objects.count()} or min(took) >= len(others)


def _take_all():
    with transaction.atomic():
        return list(RelatedList.objects.select_for_update(nowait=True))


@pytest.mark.django_db
def test_a_list_keeps_what_came_in_while_it_was_compared(others, monkeypatch):
    """What another story puts into a list, between its comparison and its writing, stays in it."""
    story, late = others[0], cast.story("Tout autre chose")
    really = working_out.matching.compare_stories

    def compare(*args):
        found = really(*args)
        row = RelatedList.objects.get(pk=story.pk)
        row.matches = [[late.pk, 0.5, [], 0, None, 90.0, {}], *row.matches]
        row.save()
        return found

    working_out.work_out([story.pk])
    monkeypatch.setattr(working_out.matching, "compare_stories", compare)
    working_out.work_out([story.pk])
    assert late.pk in matches(story)


@pytest.mark.django_db
def test_each_transaction_holds_a_few_lists(others, monkeypatch):
    monkeypatch.setattr(working_out, "LISTS_PER_TRANSACTION", 2)
    sizes = []
    really = RelatedListQuerySet.lock

    def lock(queryset, ids, **more):
        sizes.append(len(ids))
        return really(queryset, ids, **more)

    monkeypatch.setattr(RelatedListQuerySet, "lock", lock)
    working_out.work_out([others[0].pk])
    assert sizes == [2, 2, 1]  # four neighbours, then its own


def test_work_is_registered():
    assert set(FollowUp.Kind.values) <= set(follow_up.workers)
