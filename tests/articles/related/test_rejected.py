import pytest

from articles.models import Article, RelatedChoice, RelatedList, Section
from articles.related import explain_related, working_out
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """Return a story on a site with enough stories for a tag on a few of them to say something."""
    story = cast.story("La bourse de Douala grandit", tags=["BVMAC"])
    Section.objects.update(story_count=200)
    return story


def said(story):
    working_out.work_out(RelatedList.objects.missing())
    stored = Article.objects.with_page_parts().get(pk=story.pk)
    return [(one.story.headline, one.why) for one in explain_related(stored)[1]]


def test_each_relative_that_is_not_there_says_why(story):
    for number in range(12):
        cast.story(f"Dépêche numéro {number} du jour", hours_ago=100 + number)
    headline = "Le port de Lomé bat son record de conteneurs"
    cast.story(headline, tags=["BVMAC"], hours_ago=9)
    cast.story(headline + " !", tags=["BVMAC"], hours_ago=3)
    never = cast.story("Jamais ici", tags=["BVMAC"], hours_ago=20)
    story.set_related(RelatedChoice.Place.NEVER, [never])
    cast.story("Jamais nulle part", tags=["BVMAC"], never_teased=True, hours_ago=30)
    cast.story("Publicité", tags=["BVMAC"], label=Article.Label.SPONSORED, hours_ago=40)
    cast.story("Demain", tags=["BVMAC"], hours_ago=-24)
    assert dict(said(story)) == {
        headline: f"nearly the same headline as “{headline} !”",
        "Jamais ici": "never beside this story: an editor’s choice",
        "Jamais nulle part": "never as a related story: an editor’s choice",
        "Publicité": "sponsored: it can only be pinned",
        "Demain": "readers cannot see it now",
    }


def test_those_with_fewer_points_say_so(story):
    for number in range(13):
        cast.story(f"{number} entreprises cotées à la bourse de Lomé", tags=[f"Thème {number}"], hours_ago=10)
    for number in range(13):
        other = Article.objects.get(headline__startswith=f"{number} entreprises")
        other.set_tags([*other.tags_in_order, *story.tags_in_order])
    for tag in story.tags_in_order:
        tag.refresh_from_db()
    assert {why for _headline, why in said(Article.objects.get(pk=story.pk))} == {"others have more points"}


def test_a_story_without_relatives_has_none_to_reject(story):
    assert said(cast.story("Seule")) == []


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_the_same_however_many(story, count, django_assert_max_num_queries):
    for number in range(count):
        cast.story(f"Marché {number}", tags=["BVMAC"])
    working_out.work_out([story.pk])
    story = Article.objects.with_page_parts().get(pk=story.pk)
    with django_assert_max_num_queries(4):
        explain_related(story)
