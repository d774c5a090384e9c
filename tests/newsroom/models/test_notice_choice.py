"""What is not chosen is as everybody has it; a choice counts for one person, kind and way."""

import pytest

from newsroom.models import NoticeChoice, StoryEvent
from newsroom.models.notice_choice import MAILED
from tests.articles import cast

pytestmark = pytest.mark.django_db

BELL, MAIL = NoticeChoice.Way.BELL, NoticeChoice.Way.MAIL
SUBMITTED, SENT_BACK = StoryEvent.Kind.SUBMITTED, StoryEvent.Kind.SENT_BACK


def test_everybody_is_told_everything_by_the_bell_and_some_by_mail():
    chosen = NoticeChoice.objects.of_person(cast.editor())
    assert {kind for (kind, way), wanted in chosen.items() if wanted and way == BELL} == set(StoryEvent.Kind)
    assert {kind for (kind, way), wanted in chosen.items() if wanted and way == MAIL} == MAILED


def test_the_ways_of_many_people_cost_one_query(django_assert_num_queries):
    awa, koffi, moutiou = cast.editor(), cast.editor("koffi"), cast.reporter()
    NoticeChoice.objects.choose(koffi, {(SENT_BACK, MAIL): False})
    NoticeChoice.objects.choose(moutiou, {(SENT_BACK, MAIL): False, (SENT_BACK, BELL): False})
    with django_assert_num_queries(1):
        ways = NoticeChoice.objects.ways_of([awa, koffi, moutiou], SENT_BACK)
    assert ways == {awa.pk: {BELL, MAIL}, koffi.pk: {BELL}, moutiou.pk: set()}


def test_only_what_differs_is_stored_so_that_a_better_default_reaches_everybody():
    awa = cast.editor()
    NoticeChoice.objects.choose(awa, NoticeChoice.objects.of_person(awa) | {(SUBMITTED, BELL): False})
    assert [(one.kind, one.way, one.wanted) for one in NoticeChoice.objects.all()] == [(SUBMITTED, BELL, False)]


def test_a_choice_takes_the_place_of_the_one_before():
    awa = cast.editor()
    for wanted in (True, False, True):
        NoticeChoice.objects.choose(awa, {(SUBMITTED, MAIL): wanted})
    assert NoticeChoice.objects.of_person(awa)[SUBMITTED, MAIL] is True
    assert NoticeChoice.objects.count() == 1
