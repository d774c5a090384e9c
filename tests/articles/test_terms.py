from hypothesis import given
from hypothesis import strategies as st

from articles.slugs import folded
from articles.terms import ACRONYM, MAX_TERM_LENGTH, TERM, terms

TEXT = st.text(st.sampled_from("aéŒßſИيा漢กｶﾞ\u0301\u200d\u00ad.’-_ \n\u00a0\u2028\x1c1²"), max_size=60)


@given(TEXT)
def test_words_that_are_remembered_are_those_of_the_whole_text(text):
    whole = folded(ACRONYM.sub(lambda acronym: acronym[0].replace(".", ""), text))
    assert terms(text) == terms(text) == [term[:MAX_TERM_LENGTH] for term in TERM.findall(whole)]
