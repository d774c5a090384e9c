"""Text as people see it: characters as a reader counts them, spaces that mean something, no junk."""

import re

import regex

NO_BREAK_SPACES = "\u00a0\u2007\u202f"

# Invisible characters that come along with a copy: soft hyphens, zero-width spaces, byte order marks,
# overrides of direction, controls (PostgreSQL refuses NUL), half a surrogate pair.
JUNK = re.compile(
    r"[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\xAD\u180E\u200B\u202D\u202E\u2060\uFEFF\uFFF9-\uFFFC\uD800-\uDFFF]"
)
SURROGATE = re.compile(r"[\uD800-\uDFFF]")
# A joiner shapes the text only after emoji and after letters of scripts that know joining (Arabic, Indic).
STRAY_JOINERS = regex.compile(
    r"(?<!(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|[\p{L}--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}]])\p{M}*)"
    r"[\u200C\u200D]",
    regex.V1,
)
INVISIBLE_TEXT = regex.compile(r"[\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}]*")
SPACES = re.compile(rf"\s{{2,}}|[^\S {NO_BREAK_SPACES}]")
CHARACTER = regex.compile(r"\X")
OBJECT = "\ufffc"  # where something stood that was not copied; Python prints it


def graphemes(text: str) -> list[str]:
    """Return the characters of `text` as a reader counts them: an accented letter is one, a family emoji too.

    >>> len(graphemes("e\\u0301té 👩‍🌾"))
    5
    """
    return CHARACTER.findall(text)


def is_blank(text: str) -> bool:
    """Return whether a reader sees nothing of it: spaces, zero-width characters, direction marks.

    >>> is_blank(" \\u200b\\u2066"), is_blank("🎉")
    (True, False)
    """
    return INVISIBLE_TEXT.fullmatch(text) is not None


def without_junk(text: str) -> str:
    """Return `text` without characters that nobody sees and nobody meant."""
    if is_plain(text):
        return text
    text = JUNK.sub("", text)
    has_joiners = "\u200c" in text or "\u200d" in text
    return STRAY_JOINERS.sub("", text) if has_joiners else text


def tidy(text: str) -> str:
    """Return `text` on one line without junk: every run of white space is one space, none at the ends.

    A no-break space stays, and a run of several that holds one stays unbreakable where it must.

    >>> tidy("  pre\\u00admier\\n tri\\u00admestre\\u00a0: 11\\u202f900\\u00a0%  ")
    'premier trimestre\\xa0: 11\\u202f900\\xa0%'
    """
    if is_plain(text):
        return " ".join(text.split())
    return one_spaced(without_junk(text)).strip()


def one_spaced(text: str) -> str:
    """Return `text` with every run of white space as one space, at the ends too."""
    if "  " not in text and text.isprintable():
        return text
    return SPACES.sub(_one_space, text)


def is_plain(text: str) -> bool:
    """Return whether all of it is visible and its only white space is spaces, as in most texts. Faster than JUNK."""
    return text.isprintable() and OBJECT not in text


def _one_space(run: re.Match[str]) -> str:
    text, start, end = run.string, run.start(), run.end()
    hard = next((space for space in run[0] if space in NO_BREAK_SPACES), "")
    before, after = text[start - 1 : start], text[end : end + 1]
    if hard and (before == "«" or after and after in ":;!?»%‰€" or before.isdigit() and after.isdigit()):
        return hard
    return " "
