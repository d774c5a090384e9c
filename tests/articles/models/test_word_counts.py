"""How many stories use each word, counted seldom."""

import datetime

import pytest
from django.utils import timezone

from articles.models import WordCounts
from tests.articles import cast

pytestmark = pytest.mark.django_db


def publish(count):
    for number in range(count):
        cast.story(f"Le barrage {number}", body="<p>Les turbines du barrage tournent.</p>")


def test_words_are_counted_again_while_the_newsroom_grows():
    publish(3)
    first = WordCounts.objects.recount("en")
    publish(4)
    grown = WordCounts.objects.refresh_lexicon("en")
    assert (first.stories, grown.stories) == (3, 7)
    assert grown.counts["turbines"] == 7
    assert WordCounts.objects.refresh_lexicon("en") is grown


def test_words_counted_by_another_process_are_read_again():
    publish(2)
    WordCounts.objects.recount("en")
    later = timezone.now() + datetime.timedelta(seconds=1)
    WordCounts.objects.update(counts={"barrage": 3}, counted_at=later)
    assert WordCounts.objects.lexicon("en").counts == {"barrage": 3}


def test_a_language_without_counts_has_an_empty_lexicon():
    assert WordCounts.objects.lexicon("fr").stories == 0


def test_a_word_of_one_story_alone_is_left_out():
    publish(2)
    cast.story("Le port", body="<p>Une grue.</p>")
    counts = WordCounts.objects.recount("en").counts
    assert ("turbines" in counts, "grue" in counts) == (True, False)
