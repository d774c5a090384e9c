import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related.mentions import MAX_NAME_WORDS, NameMentions

words = st.lists(st.sampled_from(["la", "bvmac", "de", "lome", "banque", "centrale", "b"]), max_size=12)


def wording(headline, text=""):
    return NameMentions.from_terms(headline.split(), text.split())


@pytest.mark.parametrize(
    ("headline", "text", "mentioned"),
    [
        ("la bvmac grandit", "", True),
        ("la bourse", "la bvmac grandit", False),
        ("la bourse", "la bvmac grandit et la bvmac double", True),
        ("la bvmac1", "bvmacs bvmacs", False),
    ],
)
def test_a_story_is_about_what_its_headline_names_or_its_text_more_than_once(headline, text, mentioned):
    assert wording(headline, text).mentions("bvmac") is mentioned


def test_a_name_of_several_words_stands_in_a_row():
    assert wording("la banque centrale").mentions("banque centrale")
    assert not wording("la banque tres centrale").mentions("banque centrale")


def test_words_that_everybody_uses_are_no_names_of_their_own():
    assert wording("le monde du la").names == {"monde", "le monde", "monde du", "le monde du", *LONG}


LONG = {"monde du la", "le monde du la"}


@given(words, words, words)
def test_names_are_what_is_mentioned(headline, text, more):
    story = NameMentions.from_terms(headline, text)
    assert all(story.mentions(name) for name in story.names)
    name = " ".join(more[:MAX_NAME_WORDS])
    if story.mentions(name) and {"bvmac", "lome", "banque", "centrale"} & {*more[:MAX_NAME_WORDS]}:
        assert name in story.names
