"""The words of each language by which a teaser is cut so that it reads well: see excerpts.py.

All are looked for together, because a text may quote another language. Several words are separated by commas.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class TeaserWords:
    small_words: str = ""  # in any case: no teaser ends with one
    whole_ends: str = ""  # in any case: may end a teaser though their last word is small, perhaps in another language
    small_units: str = ""  # in any case, small words, perhaps of another language, that are a unit after a number
    elided_words: str = ""  # in any case, before an apostrophe: no teaser ends with one
    after_elided_words: str = ""  # in any case, small words that follow an apostrophe
    titles: str = ""  # before a name, without a full stop: no teaser ends with one
    abbreviations: str = ""  # others that end with a full stop, written without it here, which ends no sentence
    ordinals: str = ""  # right after a number
    units: str = ""  # after a number, of less than four letters: a longer word after a number counts as one anyway
    after_numbers: str = ""  # of four letters and more, which are no units


TEASER_WORDS = {
    "en": TeaserWords(
        small_words="a, an, and, are, as, at, by, for, from, he, her, his, in, into, is, its, of, on, or, she, than, "
        "that, the, their, they, to, was, were, which, who, with",
        titles="Dr, Gen, Gov, Mr, Mrs, Ms, Prof",
        abbreviations="St, Sen, No, vs, p",
        ordinals="st, nd, rd, th",
        units="bn",
        after_numbers="after, before, from, with",
    ),
    "fr": TeaserWords(
        small_words="à, au, aux, avec, ce, ces, cet, cette, chez, comme, contre, dans, de, depuis, des, dès, dont, du, "
        "elle, elles, en, entre, est, et, il, ils, la, le, les, leur, leurs, mais, n°, ne, ni, où, ou, par, pendant, "
        "pour, que, qui, sa, sans, se, selon, ses, si, son, sont, sous, sur, un, une, vers, via, y",
        whole_ends="par an, un an, cet an, nouvel an",
        small_units="an",
        elided_words="c, d, j, l, m, n, s, t, qu, jusqu, lorsqu, puisqu, quoiqu",
        after_elided_words="un, une, en, y, on, il, ils, elle, elles, à, au, aux",
        titles="Dr, M, Me, Mgr, Mlle, MM, Mme, Pr",
        abbreviations="St, Ste, art, cf, p",
        ordinals="er, e, ème",
        after_numbers="avec, dans, depuis, entre, pour, sans, selon, sous, vers",
    ),
    "ar": TeaserWords(small_words="أن, أو, إلى, إن, التي, الذي, بين, ثم, على, عن, في, مع, من, و"),
}
