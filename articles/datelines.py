"""Datelines: agencies open a first paragraph with place, date or names; teasers must not.

The grammar is narrow on purpose. A place alone counts only in capitals, or before a dash and a word that
opens a sentence, so that `Addis Ababa – Djibouti` stays. Its words are in dateline_words.py, by language.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from articles.dateline_words import DATELINE_WORDS, DatelineWords
from articles.word_lists import any_word

CAPITALS = r"[\p{Lu}'’-]{3,}(?:,?[ \u00a0][\p{Lu}'’.-]{2,}){0,4}"
AGENCY = r"\([^()\n]{1,40}\)"
DASH = r"\s*[.,:]?\s*(?:--?(?=\s)|[–—―|]|\n)\s*"
STOP = rf"(?:{DASH}|\s*:\s+|\.\s+(?=[\p{{Lu}}«“\"])|\s*[.,:]?\s*$)"  # after a date less is needed
END = r"\s*[.,:]?\s*$"
TIME_OF_DAY = r"\d{1,2}\s?[h:]\s?(?:\d{2})?(?:\s?\(?(?:UTC|GMT|TU)\)?)?"


def opening_pattern(languages: Iterable[DatelineWords]) -> regex.Pattern[str]:
    """Return the pattern of a dateline or a byline with the words of these languages."""
    words = [*languages]
    date, day = _date(words), any_word(words, "weekdays")
    # A word that opens a sentence ends a name before it, and shows that a dash was a dateline's.
    opener = rf"(?:(?:{any_word(words, 'openers')})\s|(?:{any_word(words, 'elided_openers')})['’])"
    word = rf"(?!{opener})(?:(?:\p{{Lu}}\.)++|[\p{{Lu}}\p{{Lo}}][\p{{L}}\p{{M}}'’-]*+)"
    name = rf"{word}(?:[ \u00a0](?:{word}|{any_word(words, 'particles')})\b){{0,4}}"
    place = rf"{name}(?:,\s?{name})?"
    on = any_word(words, "before_dates")
    return regex.compile(
        rf"""
          (?:(?i:{any_word(words, "published")})\b[\s:–—-]*(?i:{on})?\s*)?
            (?:{date}|(?<=\S\s*){TIME_OF_DAY})(?:,\s*{place})?(?:\s*{AGENCY})?{STOP}
        | {place}(?:\s*{AGENCY})?,\s*(?:(?:{on})\s+)?(?:{date}|(?i:{day})\b)(?:\s*{AGENCY})?{STOP}
        | (?:{place}\s*)?{AGENCY}{DASH}
        | {CAPITALS}(?:,\s{name})?{DASH}(?=[\p{{Lu}}\p{{N}}«“"])
        | {name}{DASH}(?={opener})
        | (?:{any_word(words, "by")})[\s:]+
            {word}[ \u00a0]{name}(?:(?:,|\s(?:{any_word(words, "conjunctions")}))\s{name}){{0,3}}
            (?:{DASH}|{END}|\.\s+(?=[\p{{Lu}}«“"])|\s+(?={opener})|,\s[^.\n–—]{{1,60}}(?:{DASH}|{END}))
        """,
        regex.VERBOSE | regex.V1,
    )


def _date(words: list[DatelineWords]) -> str:
    month, ordinal = any_word(words, "months"), any_word(words, "ordinals")
    return rf"""(?i:
        (?:(?:{any_word(words, "weekdays")})\.?,?\s+)?(?:
            \d{{1,2}}(?:{ordinal})?\s+(?:(?:{any_word(words, "of")})\s+)?(?:{month})\b\.?(?:,?\s+\d{{4}})?
          | (?:{month})\b\.?\s+\d{{1,2}}(?:{ordinal})?\b(?:,?\s+\d{{4}})?
          | (?:{month})\s+\d{{4}}
          | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}
          | \d{{4}}-\d{{2}}-\d{{2}} )
        (?:,?\s+(?:(?:{any_word(words, "at")})\s+)?{TIME_OF_DAY})? )"""


def aside_pattern(languages: Iterable[DatelineWords]) -> regex.Pattern[str]:
    """Return the pattern of a line that stands near the story without being it: caption, credit, cross-reference."""
    words = [*languages]
    return regex.compile(
        rf"""(?i:[(\[]?\s*(?:
          (?:{any_word(words, "captions")})(?:\s\p{{L}}+){{0,2}}\s*[:/©]
        | ©
        | (?:{any_word(words, "cross_references")})\b ))""",
        regex.VERBOSE,
    )


OPENING, ASIDE = opening_pattern(DATELINE_WORDS.values()), aside_pattern(DATELINE_WORDS.values())


def story_text(text: str) -> str:
    """Return `text` from where the story begins; "" when it is nothing but a dateline, a byline or a caption.

    Lines of `text` are separated by a line feed, which ends a dateline like a dash does.

    >>> story_text("Dakar, le 3 mars 2020 — Le port rouvre.")
    'Le port rouvre.'
    """
    if ASIDE.match(text):
        return ""
    while opening := OPENING.match(text):
        text = text[opening.end() :]
    return text


def opens_with_dateline(text: str) -> bool:
    """Return whether `text` begins with a dateline or a byline: what a teaser must not show."""
    return OPENING.match(text) is not None
