import pytest
from django.http import HttpResponse, HttpResponsePermanentRedirect

from articles.models import FormerAddress, MergedTag, Tag, TagAlias, TaggedArticle
from tests.simulations.tag_desk import TagSimulation, ambiguous_aliases, differences, main, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def simulation():
    new = TagSimulation(seed=7)
    new.begin()
    return new


def test_random_steps_lose_nothing():
    report = TagSimulation(seed=3).run(20)
    assert (report.lost, report.dead, report.differences) == (0, set(), 0)
    assert report.passed
    assert sum(report.steps.values()) == 20


@pytest.mark.long
@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("seed", [7, 9])
def test_steps_that_once_lost_links_lose_nothing(seed):
    """They ended in a refused undo and in lost links. PostgreSQL takes twice as long (see CONTRIBUTING.md)."""
    report = TagSimulation(seed).run(300)
    assert report.passed, report


def test_a_link_that_is_gone_is_noticed(simulation):
    TaggedArticle.objects.first().delete()
    simulation.check()
    assert simulation.report.lost == 1


def test_a_link_at_another_place_is_noticed(simulation):
    link = TaggedArticle.objects.first()
    TaggedArticle.objects.filter(pk=link.pk).update(position=50)
    simulation.check()
    assert simulation.report.lost == 2  # one that is not there, one that should not be


def test_an_address_that_does_not_answer_is_noticed(simulation):
    tag = Tag.objects.first()
    simulation.served.add("ancienne")
    simulation.check()
    assert simulation.report.dead == {"/tag/ancienne/", "/tag/ancienne/feed/", "/tag/ancienne/feed/atom/"}
    FormerAddress.objects.record("/tag/ancienne/", tag)
    assert simulation.answers("/tag/ancienne/feed/")


def test_an_address_that_leads_to_a_page_that_is_not_there_is_dead(simulation, monkeypatch):
    monkeypatch.setattr(simulation.client, "get", lambda path, **_more: ANSWERS[path])
    assert simulation.answers("/tag/one-step/")
    assert not simulation.answers("/tag/two-steps/")


ANSWERS = {
    "/tag/two-steps/": HttpResponsePermanentRedirect("/tag/one-step/"),
    "/tag/one-step/": HttpResponsePermanentRedirect("/tag/today/"),
    "/tag/today/": HttpResponse(),
}


def test_a_merged_tag_that_leads_nowhere_is_noticed(simulation):
    merged, target = Tag.objects.all()[:2]
    simulation.merged[merged.pk] = target.pk
    target.merge([merged], None)
    simulation.check()
    assert not simulation.report.astray
    MergedTag.objects.all().delete()
    simulation.check()
    assert simulation.report.astray == {merged.pk}


def test_an_alias_with_the_address_of_another_tag_is_noticed():
    one, other = Tag.objects.create_named("Un"), Tag.objects.create_named("Deux")
    alias = one.aliases.create(name="Uno", slug=one.slug)
    assert not ambiguous_aliases()
    TagAlias.objects.filter(pk=alias.pk).update(slug=other.slug)
    assert ambiguous_aliases() == {"Uno"}


def test_what_an_undo_did_not_give_back_is_a_difference(simulation):
    before = state()
    TagAlias.objects.create(name="Autre", tag=Tag.objects.first())
    assert len(differences(before, state())) == 1


def test_a_former_address_more_is_none(simulation):
    before = state()
    FormerAddress.objects.record("/tag/ancienne/", Tag.objects.first())
    assert not differences(before, state())


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_it_says_what_was_lost_and_leaves_the_newsroom_alone(capsys):
    Tag.objects.create_named("Mali")
    assert main(["--steps", "5", "--seed", "2"]) == 0
    said = capsys.readouterr().out
    for line in ("5 steps with seed 2", "links lost: 0", "dead addresses: 0", "differences after undo: 0"):
        assert line in said
    assert [tag.name for tag in Tag.objects.all()] == ["Mali"]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_it_fails_when_a_link_is_lost(monkeypatch):
    monkeypatch.setattr(TagSimulation, "undo", lambda simulation: TaggedArticle.objects.first().delete())
    assert main(["--steps", "10", "--seed", "2"]) == 1
