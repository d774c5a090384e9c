"""Two editors at one story in random order: no word is lost, and no question about a conflict lacks a reason."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from articles.models.content import Edit
from newsroom.management.editing_simulation import Simulation

pytestmark = pytest.mark.long
INTERLEAVINGS = 50  # of each seed; the command tries as many as it is asked for


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_no_word_is_lost(seed):
    simulation = Simulation(seed)
    *_earlier, report = simulation.run(INTERLEAVINGS)
    assert (report.lost, report.false_conflicts, report.odd) == ([], [], [])
    assert report.typed > INTERLEAVINGS
    assert report.conflicts > INTERLEAVINGS / 20


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_it_found():
    out = StringIO()
    call_command("simulate_editors", interleavings=5, seed=1, stdout=out)
    assert "5 interleavings: " in out.getvalue()
    assert " 0 lost, " in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_lost_word_is_found(monkeypatch):
    kept = Article.keep
    monkeypatch.setattr(Article, "keep", lambda story, by, edit: kept(story, by, Edit(None, edit.version)))
    with pytest.raises(CommandError, match=r"[1-9]\d* lost"):
        call_command("simulate_editors", interleavings=40, seed=1, stdout=StringIO())
