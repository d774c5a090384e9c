import pytest
from django.core.management import CommandError, call_command

from articles.management.tag_simulation import TagSimulation
from articles.models import Tag, TaggedArticle

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_it_says_what_was_lost_and_leaves_the_newsroom_alone(capsys):
    Tag.objects.named("Mali")
    call_command("simulate_tag_desk", steps=5, seed=2, verbosity=0)
    said = capsys.readouterr().out
    for line in ("5 steps with seed 2", "links lost: 0", "dead addresses: 0", "differences after undo: 0"):
        assert line in said
    assert [tag.name for tag in Tag.objects.all()] == ["Mali"]


def test_it_fails_when_a_link_is_lost(monkeypatch):
    monkeypatch.setattr(TagSimulation, "undo", lambda simulation: TaggedArticle.objects.first().delete())
    with pytest.raises(CommandError, match="not safe"):
        call_command("simulate_tag_desk", steps=10, seed=2, verbosity=0)
