"""The words that tell a story from others are stored once, and lead to the stories that they tell most of."""

import pytest

from articles.models import Keyword
from tests.articles import cast

pytestmark = pytest.mark.django_db


def write(**words):
    """Store words, with their weights, for new stories; return the stories."""
    stories = {name: cast.draft(name) for name in words}
    Keyword.objects.write({stories[name].pk: _keywords(stories[name].pk, weights) for name, weights in words.items()})
    return stories


def _keywords(pk, weights):
    return [Keyword(article_id=pk, language="en", word=word, weight=weight) for word, weight in weights.items()]


def stored(story):
    return {word.word: word.pk for word in Keyword.objects.filter(article=story)}


def test_words_take_the_place_of_former_ones():
    story = write(dam={"barrage": 0.5, "soubre": 0.2})["dam"]
    Keyword.objects.write({story.pk: _keywords(story.pk, {"port": 0.7})})
    assert stored(story).keys() == {"port"}
    Keyword.objects.write({story.pk: []})
    assert stored(story) == {}


def test_words_that_are_stored_already_are_not_written():
    story = write(dam={"barrage": 0.5})["dam"]
    before = stored(story)
    Keyword.objects.write({story.pk: _keywords(story.pk, {"barrage": 0.5})})
    assert stored(story) == before


def test_a_word_leads_to_the_stories_that_it_tells_most_of():
    stories = write(little={"barrage": 0.1}, much={"barrage": 0.9}, other={"port": 0.5})
    found = Keyword.objects.heaviest_with(["barrage"], "en")
    assert [pk for _word, pk, _weight in found] == [stories["much"].pk, stories["little"].pk]
    assert Keyword.objects.heaviest_with(["barrage"], "fr") == []
