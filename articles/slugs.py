"""The two ASCII-minded shapes of a name: its slug in an address, its key among tags."""

import re
import unicodedata

import regex

# Letters that Unicode does not decompose into a base letter and a mark: European, then African Latin.
LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th"}
    | dict(zip("øđłıħŧðĸŋ", "odlihtdkn", strict=True))
    | dict(zip("ɛɔəǝɖɗɓƙƴƒɣʋɲɩʊʒɨʉ", "eoeeddbkyfgvniuziu", strict=True))
)
# Accents of Latin, Greek and Cyrillic, vowel points of Arabic and Hebrew and the Arabic stretching stroke.
# Marks that are letters of their script (Indic vowels, Thai, kana voicing) stay.
COMBINING_MARKS = regex.compile(
    r"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\u0640\u064B-\u065F\u0670\u0591-\u05BD\u05BF-\u05C7]"
)
INVISIBLE = regex.compile(r"[\p{Cf}\p{Cs}\uFE00-\uFE0F]")  # soft hyphens, joiners, direction marks
# All punctuation, and what people type as an apostrophe. `&` and `%` carry meaning; so does `#`, after a
# letter only (C#, #MeToo).
SEPARATORS = regex.compile(r"(?:(?<![\p{L}\p{N}\#])\#+|[[\p{P}\p{Z}\p{Cc}]--[\#&%]]|[`´ʹʻʼʽʾʿˈꞌ−])+", regex.V1)


def ascii_slug(text: str, max_length: int = 80) -> str:
    """Return lower-case ASCII words joined by hyphens, at most `max_length` characters; "" when nothing is left.

    Words are left out from the end to fit; only a first word that is too long by itself is cut.

    >>> ascii_slug("Côte d’Ivoire : l’œuvre")
    'cote-d-ivoire-l-oeuvre'
    >>> ascii_slug("Une longue phrase", max_length=12)
    'une-longue'
    """
    words = re.findall(r"[a-z0-9]+", folded(text))
    if not words or max_length < 1:
        return ""
    slug = words[0][:max_length]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > max_length:
            break
        slug += "-" + word
    return slug


def tag_key(text: str) -> str:
    """Return the key of a tag's name: equal keys differ at most in case, accents, spaces and punctuation.

    Letters of every script stay, so do symbols (`C++`, `C#`, `R&D`, emoji). A text of nothing but punctuation
    is its own key; only a text in which nothing can be seen has the key "".

    >>> tag_key("Côte d’Ivoire") == tag_key("COTE-D'IVOIRE") == "cote d ivoire"
    True
    """
    plain = folded(text)
    return SEPARATORS.sub(" ", plain).strip() or " ".join(plain.split())


def folded(text: str) -> str:
    """Return `text` without case, marks and invisible characters, in compatibility form."""
    if text.isascii():
        return text.casefold()
    # Folding case can bring back composed letters and the other way round: twice each reaches a fixed point.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    return COMBINING_MARKS.sub("", INVISIBLE.sub("", text)).translate(LETTERS)
