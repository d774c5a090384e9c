"""Only the newest of several stories with nearly the same headline is listed."""

import datetime

import pytest

from articles.models import Article
from articles.related.repeats import repeated_by, share_most_words

MARCH = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def story(pk, headline, day=0):
    return Article(pk=pk, headline=headline, publish_at=MARCH + datetime.timedelta(days=day))


def test_the_newest_of_a_repeated_headline_stays():
    older, newer = story(1, "Le port de Lomé agrandi"), story(2, "Le port de Lomé agrandi", day=1)
    assert repeated_by([older, newer]) == {1: newer}


def test_what_is_there_already_stands_for_newer_ones_too():
    there, newer = story(1, "Le port de Lomé agrandi"), story(2, "Le Port de Lomé, agrandi", day=1)
    assert repeated_by([newer], [there]) == {2: there}


def test_other_headlines_repeat_nothing():
    assert repeated_by([story(1, "Le port de Lomé"), story(2, "Le port de Cotonou")]) == {}


@pytest.mark.parametrize(("other", "expected"), [("a b c d e", True), ("a b c d", True), ("a b c", False), ("", False)])
def test_four_words_in_five_make_two_headlines_the_same(other, expected):
    assert share_most_words(set("abcde"), set(other.split())) is expected
