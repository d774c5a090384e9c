import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lexicon import Lexicon
from articles.related.likeness import likeness_of_texts

WORDS = ["barrage", "turbine", "soubre", "port", "lome", "quai", "le", "la", "banque"]
LEXICON = Lexicon(100, {"banque": 80, "le": 2, "barrage": 4, "turbine": 2, "port": 9, "lome": 12})
texts = st.lists(st.sampled_from(WORDS), max_size=30)


def text(headline, words=""):
    return LEXICON.text(headline.split(), words.split())


def test_how_many_stories_have_a_word_is_known_at_most():
    assert (LEXICON.share("banque"), LEXICON.share("turbine"), LEXICON.share("soubre")) == (0.8, 0.02, 0.01)
    assert (LEXICON.share_beginning("ba"), LEXICON.share_beginning("zinsou")) == (0.85, 0.01)
    assert (Lexicon().share("banque"), Lexicon().share_beginning("ba")) == (1, 1)


def test_the_same_text_is_wholly_alike_and_another_not_at_all():
    assert likeness_of_texts(text("le barrage", "turbine"), text("le barrage", "turbine")) == pytest.approx(1)
    assert likeness_of_texts(text("le barrage", "turbine"), text("le port", "lome")) == 0


def test_words_that_many_stories_have_say_nothing():
    assert likeness_of_texts(text("banque"), text("banque")) == 0


def test_stop_words_say_nothing_however_few_stories_have_them():
    assert likeness_of_texts(text("le la du"), text("le la du")) == 0


def test_a_rare_word_in_common_says_more_than_a_frequent_one():
    story = text("turbine lome")
    assert likeness_of_texts(story, text("turbine quai")) > likeness_of_texts(story, text("lome quai"))


def test_the_headline_counts_twice():
    story = text("barrage")
    assert likeness_of_texts(story, text("barrage", "port")) > likeness_of_texts(story, text("port", "barrage"))


def test_telling_words_are_the_heaviest_that_others_have_and_names_that_are_new():
    assert LEXICON.telling(text("barrage", "soubre soubre quai le port")) == ["barrage", "port", "soubre"]


def test_a_word_weighs_more_in_a_story_that_says_little_else():
    assert text("barrage").share("barrage") == 1
    assert text("barrage", "port").share("barrage") > text("barrage", "port lome quai turbine").share("barrage") > 0


def test_so_many_telling_words_as_are_asked_for():
    assert LEXICON.telling(text("barrage", "soubre soubre quai le port"), 1) == ["barrage", "soubre"]


def test_a_language_without_stories_yet_takes_every_word():
    lexicon = Lexicon()
    assert likeness_of_texts(lexicon.text(["pont"], []), lexicon.text(["pont"], [])) == pytest.approx(1)


@given(texts, texts, texts, texts)
def test_likeness_is_symmetric_and_between_nothing_and_all(headline, words, other_headline, other_words):
    one, other = LEXICON.text(headline, words), LEXICON.text(other_headline, other_words)
    assert 0 <= likeness_of_texts(one, other) <= 1
    assert likeness_of_texts(one, other) == pytest.approx(likeness_of_texts(other, one))
