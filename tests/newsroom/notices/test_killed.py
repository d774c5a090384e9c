"""Kill -9 at any step between a verb and what it tells: who was handed a story in is told once, and of nothing else."""

import subprocess
import sys
from collections import Counter

import pytest

from articles.models import Article, FollowUp
from newsroom.models import Notice
from newsroom.notices.outbox import drain
from tests.articles import cast
from tests.servers import ROOT, environment, own_database

pytestmark = pytest.mark.long

STORIES = 40  # more than there are steps


@pytest.fixture
def folder(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(tmp_path) as url:
        yield tmp_path, url


def test_a_process_that_dies_loses_no_notice_and_invents_none(folder):
    folder, url = folder
    awa, moutiou = cast.editor(), cast.reporter()
    stories = [cast.draft(f"Le port {number}", created_by=moutiou).pk for number in range(STORIES)]
    command = [sys.executable, "-m", "tests.newsroom.notices.dying", str(moutiou.pk), *map(str, stories)]
    subprocess.run(command, cwd=ROOT, env=environment(url, folder), check=True, timeout=120)
    FollowUp.objects.update(claimed_until=None)  # a minute later
    drain()
    handed_in = set(Article.objects.in_review().values_list("pk", flat=True))
    told = Counter(Notice.objects.filter(person=awa).values_list("event__story", flat=True))
    assert told == dict.fromkeys(handed_in, 1)
    lost = [story in handed_in for story in stories]
    assert lost == sorted(lost)  # first those that died before the commit
    assert 5 < lost.index(True) < STORIES - 8
