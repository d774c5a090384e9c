"""Datelines: agencies open a first paragraph with place, date or names; teasers must not.

The grammar is narrow on purpose. A place alone counts only in capitals, or before a dash and a word that
opens a sentence, so that `Addis Ababa – Djibouti` stays. Its words are in dateline_words.py, by language.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from articles.dateline_words import LANGUAGES, DatelineWords

CAPITALS = r"[\p{Lu}'’-]{3,}(?:,?[ \u00a0][\p{Lu}'’.-]{2,}){0,4}"
AGENCY = r"\([^()\n]{1,40}\)"
DASH = r"\s*[.,:]?\s*(?:--?(?=\s)|[–—―|]|\n)\s*"
STOP = rf"(?:{DASH}|\s*:\s+|\.\s+(?=[\p{{Lu}}«“\"])|\s*[.,:]?\s*$)"  # after a date less is needed
END = r"\s*[.,:]?\s*$"
TIME = r"\d{1,2}\s?[h:]\s?(?:\d{2})?(?:\s?\(?(?:UTC|GMT|TU)\)?)?"


def opening_pattern(languages: Iterable[DatelineWords]) -> regex.Pattern[str]:
    """Return the pattern of a dateline or a byline with the words of these languages."""
    words = [*languages]
    date, day = _date(words), _any(words, "weekdays")
    # A word that opens a sentence ends a name before it, and shows that a dash was a dateline's.
    opener = rf"(?:(?:{_any(words, 'openers')})\s|(?:{_any(words, 'elided_openers')})['’])"
    word = rf"(?!{opener})(?:(?:\p{{Lu}}\.)++|[\p{{Lu}}\p{{Lo}}][\p{{L}}\p{{M}}'’-]*+)"
    name = rf"{word}(?:[ \u00a0](?:{word}|{_any(words, 'particles')})\b){{0,4}}"
    place = rf"{name}(?:,\s?{name})?"
    on = _any(words, "before_dates")
    return regex.compile(
        rf"""
          (?:(?i:{_any(words, "published")})\b[\s:–—-]*(?i:{on})?\s*)?
            (?:{date}|(?<=\S\s*){TIME})(?:,\s*{place})?(?:\s*{AGENCY})?{STOP}
        | {place}(?:\s*{AGENCY})?,\s*(?:(?:{on})\s+)?(?:{date}|(?i:{day})\b)(?:\s*{AGENCY})?{STOP}
        | (?:{place}\s*)?{AGENCY}{DASH}
        | {CAPITALS}(?:,\s{name})?{DASH}(?=[\p{{Lu}}\p{{N}}«“"])
        | {name}{DASH}(?={opener})
        | (?:{_any(words, "by")})[\s:]+
            {word}[ \u00a0]{name}(?:(?:,|\s(?:{_any(words, "conjunctions")}))\s{name}){{0,3}}
            (?:{DASH}|{END}|\.\s+(?=[\p{{Lu}}«“"])|\s+(?={opener})|,\s[^.\n–—]{{1,60}}(?:{DASH}|{END}))
        """,
        regex.VERBOSE | regex.V1,
    )


def _date(words: list[DatelineWords]) -> str:
    month = _any(words, "months")
    return rf"""(?i:
        (?:(?:{_any(words, "weekdays")})\.?,?\s+)?(?:
            \d{{1,2}}(?:{_any(words, "ordinals")})?\s+(?:(?:{_any(words, "of")})\s+)?(?:{month})\b\.?(?:,?\s+\d{{4}})?
          | (?:{month})\b\.?\s+\d{{1,2}}(?:{_any(words, "ordinals")})?\b(?:,?\s+\d{{4}})?
          | (?:{month})\s+\d{{4}}
          | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}
          | \d{{4}}-\d{{2}}-\d{{2}} )
        (?:,?\s+(?:(?:{_any(words, "at")})\s+)?{TIME})? )"""


def aside_pattern(languages: Iterable[DatelineWords]) -> regex.Pattern[str]:
    """Return the pattern of a line that stands near the story without being it: caption, credit, cross-reference."""
    words = [*languages]
    return regex.compile(
        rf"""(?i:[(\[]?\s*(?:
          (?:{_any(words, "captions")})(?:\s\p{{L}}+){{0,2}}\s*[:/©]
        | ©
        | (?:{_any(words, "cross_references")})\b ))""",
        regex.VERBOSE,
    )


def _any(languages: list[DatelineWords], kind: str) -> str:
    """Return an alternation of these languages' words of a kind, the longest first."""
    words = {word.strip() for words in languages for word in getattr(words, kind).split(",") if word.strip()}
    return "|".join(
        r"\s".join(map(regex.escape, word.split())) for word in sorted(words, key=lambda one: (-len(one), one))
    )


OPENING, ASIDE = opening_pattern(LANGUAGES), aside_pattern(LANGUAGES)


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
