"""Two editors at one story in random order: no word is lost, and no question about a conflict lacks a reason."""

import re

import pytest

from articles.models import Article
from articles.models.content import Edit
from tests.simulations.editors import Simulation, main

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
def test_it_says_what_it_found(capsys):
    assert main(["--interleavings", "5", "--seed", "1"]) == 0
    said = capsys.readouterr().out
    assert "5 interleavings: " in said
    assert " 0 lost, " in said


@pytest.mark.django_db(transaction=True)
def test_a_lost_word_is_found(monkeypatch, capsys):
    kept = Article.keep_unsaved
    monkeypatch.setattr(Article, "keep_unsaved", lambda story, by, edit: kept(story, by, Edit(None, edit.version)))
    assert main(["--interleavings", "20", "--seed", "1"]) == 1
    assert re.search(r"[1-9]\d* lost", capsys.readouterr().out)
