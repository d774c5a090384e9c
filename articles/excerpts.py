"""The text of a teaser: where it comes from, and how it is cut so that it still reads as written.

Its words are in teaser_words.py, by language. Each save stores a story's teasers. After a change here, there or in
articles/datelines.py, `manage.py rebuild_teasers` brings those of all stories up to date.
"""

import re
from os.path import commonprefix

import regex

from articles.characters import graphemes, tidy
from articles.datelines import opens_with_dateline, story_text
from articles.plaintext import paragraphs, plain_blocks, plain_text, word_count
from articles.teaser_words import TEASER_WORDS
from articles.word_lists import any_word, list_words

__all__ = [
    "COMPACT",
    "LONG",
    "cut",
    "ends_inside_quotation",
    "excerpt",
    "graphemes",
    "opens_with_dateline",
    "paragraphs",
    "plain_text",
    "split_at_limit",
    "uncut",
    "word_count",
]

COMPACT = 100  # characters of a teaser in the compact zone
LONG = 150  # characters of a teaser in the long zone
ELLIPSIS = "…"

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Latin letters and common punctuation: one code point is one character (\X takes 30 times as long).
ONE_EACH = re.compile(r"[\0-\x0C\x0E-\xAC\xAE-\u02FF\u2010-\u2027\u202F-\u205F]*")

QUOTATIONS = {"«": "»", "“": "”", "„": "“", "‹": "›", "「": "」", "『": "』", '"': '"'}
PAIRS = QUOTATIONS | {"(": ")", "[": "]", "《": "》"}
MARK = re.compile(r"[«»“”„‹›「」『』()\[\]《》\"]")

# Never before the ellipsis: space, punctuation, openers, Thai vowels that precede their letter.
TAIL = " \t\n\r\u2028\u2029\u00a0\u2007\u202f\u3000.,;:!?…·•&/\\|*=+<~‐‑–—−-¿¡،؛؟۔。、，；：！？«“‘„‹(\\[{「『《เแโใไ"
LAST_WORD = regex.compile(r"(?r)(?<![\p{L}\p{M}\p{N}'’-])[\p{L}\p{M}]+(?:['’]\p{L}*|°)?$")
WORDS = TEASER_WORDS.values()
SMALL_WORDS = frozenset(list_words(WORDS, "small_words"))
TITLES = frozenset(list_words(WORDS, "titles"))
ELISION = re.compile(
    rf"(?:{any_word(WORDS, 'elided_words')})['’](?:{any_word(WORDS, 'after_elided_words')})?", re.IGNORECASE
)
WHOLE_END = re.compile(
    rf"(?:\b(?:{any_word(WORDS, 'whole_ends')})|\d\s+(?:{any_word(WORDS, 'small_units')}))$", re.IGNORECASE
)

# Without its other half or its unit, a number says something else.
# Years may stand alone; small words after a number do not belong to it.
IN_NUMBER = rf"""(?<=\d|\b\d{{1,4}}(?:{any_word(WORDS, "ordinals")}))(?<!\b(?:19|20)\d\d)\s
    (?=[%‰€$\d]|(?:{any_word(WORDS, "units")})\b|(?!(?:{any_word(WORDS, "after_numbers")})\b)\p{{Ll}}{{4}})"""
# Thai, Chinese and their neighbours write without spaces: a line breaks at any character.
SPACELESS = (
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
    r"\u3000-\u303F\uFF00-\uFFEF]"
)
CUT_POINT = regex.compile(
    rf"""(?!{IN_NUMBER}) [\x20\t\n\r\u2028]
    | (?<=\w)[\u00A0\u202F]?[.,;:!?…،؛؟]+(?:[\x20\t\n\r\u2028]|$)
    | (?:(?<={SPACELESS})|(?={SPACELESS})) (?![\p{{M}}\u0E33\u0EB3\uFF9E\uFF9F\u200C\u200D])""",
    regex.VERBOSE,
)
# Closing marks belong to the sentence; the full stop of `M. Diop`, `J. Kofi` or `No. 5` does not end one.
SENTENCE_END = regex.compile(
    rf"""[.!?…؟۔。！？]++ (?<![«“(][.!?…؟۔。！？]+|\s\.)
    (?<!\b(?:\p{{Lu}}|{any_word(WORDS, "titles", "abbreviations")})\.)
    (?:\s?[»”’"')\]」』》])* (?:(?=\s+["'«“‘(\[¿¡–—-]*\s?[\p{{Lu}}\p{{Lo}}\p{{N}}]) | (?<=[。！？][」』》]*))""",
    regex.VERBOSE,
)


def excerpt(override: str, standfirst: str, body: str, limit: int) -> str:
    """Return a teaser's text within `limit` characters: the override, else the standfirst, else the first paragraph.

    Plain text, to be escaped at output. It never opens with a dateline or byline; "" when there is no text.
    """
    return cut(uncut(override, standfirst, body), limit)


def uncut(override: str, standfirst: str, body: str) -> str:
    """Return the whole text that a teaser is cut from."""
    for source in (override, standfirst):
        if story := tidy(story_text(_plain(source))):
            return story
    item = ""
    for block in plain_blocks(body):
        if block.kind != "heading" and (story := tidy(story_text(block.text))):
            if block.kind == "paragraph":
                return story
            item = item or story
    return item


def split_at_limit(text: str, limit: int) -> tuple[str, str]:
    """Return where `cut` cuts: what stays of `text`, and what falls away.

    >>> split_at_limit("Le marché de la dette reprend des couleurs à Abidjan", 26)
    ('Le marché de la dette', ' reprend des couleurs à Abidjan')
    """
    kept = commonprefix([cut(text, limit), text])
    return kept, text[len(kept) :]


def cut(text: str, limit: int) -> str:
    """Return `text`, or as much as reads well within `limit` characters, as a reader counts them, and `…`.

    A text that fits comes back as it is. Else it ends with a sentence of the last quarter or with a word, with
    no stranded article, number without its unit or open quotation mark.

    >>> cut("Le marché de la dette reprend des couleurs à Abidjan", 26)
    'Le marché de la dette…'
    """
    if len(text) <= limit or _reach(text, limit) == len(text):
        return text
    for room in range(limit - 1, 0, -1):  # a second turn only when closing marks did not fit
        kept = _closed(_shortened(text, room))
        if kept and _reach(kept, limit - 1) == len(kept):
            return kept + ELLIPSIS
    return ELLIPSIS[:limit]


def ends_inside_quotation(text: str) -> bool:
    """Return whether a quotation that `text` opens is still open at its end."""
    return any(text[at] in QUOTATIONS for at in _open_marks(text))


def _plain(source: str) -> str:
    """Return the text of a field that people type as plain text, though it may come with markup from elsewhere."""
    looks_marked = ("<" in source or "&" in source) and MARKUP.search(source)
    return plain_text(source) if looks_marked else tidy(source)


def _reach(text: str, count: int) -> int:
    """Return the offset behind the first `count` characters that a reader counts."""
    head = min(count + 1, len(text))
    if ONE_EACH.fullmatch(text, 0, head):
        return min(count, head)
    found = regex.match(rf"\X{{0,{count}}}+", text)
    return found.end() if found else 0


def _shortened(text: str, room: int) -> str:
    """Return the best beginning of `text` within `room` characters, ready for the ellipsis."""
    end = _reach(text, room)
    kept = ""
    for sentence in SENTENCE_END.finditer(text, _reach(text, room * 3 // 4), end + 12):
        longer = _trimmed(text[: sentence.end()])
        kept = longer if len(longer) <= end else kept
    kept = kept or _trimmed(text[: _last_break(text, end)])
    # A word that takes up most of the room is cut: left out, it would leave no teaser.
    return kept if len(kept) * 3 > end else _trimmed(text[:end]) or text[:end].strip()


def _last_break(text: str, end: int) -> int:
    """Return the last offset up to `end` where a line could break; 0 when the first word is longer."""
    return next((at for at in range(end, 0, -1) if CUT_POINT.match(text, at)), 0)


def _trimmed(text: str) -> str:
    """Return `text` without what cannot stand before an ellipsis: punctuation, articles, elisions, titles."""
    length = -1
    while length != len(text):
        length = len(text)
        text = text.rstrip(TAIL)
        word = LAST_WORD.search(text)
        if word and _is_stranded(word[0]) and not WHOLE_END.search(text):
            text = text[: word.start()]
    return text


def _is_stranded(word: str) -> bool:
    if word in TITLES or ELISION.fullmatch(word):
        return True
    is_initials = len(word) > 1 and word.isupper() or word == "A"  # WHO, LA; vitamin A
    return word.lower() in SMALL_WORDS and not is_initials


def _closed(text: str) -> str:
    """Return `text` without an open quotation or bracket: cut before it, or closed if that would cost over half."""
    for at in _open_marks(text):
        before = _trimmed(text[:at])
        if len(before) * 2 >= len(text):
            text = before
            break
    for at in reversed(_open_marks(text)):
        inner_space = text[at + 1 : at + 2]
        space = inner_space if inner_space in ("\u00a0", "\u202f") else "\u00a0" if inner_space.isspace() else ""
        text += space + PAIRS[text[at]]
    return text


def _open_marks(text: str) -> list[int]:
    """Return the offsets of opening marks that nothing closes, in order; each kind is counted separately."""
    opened: dict[str, list[int]] = {}
    for mark in MARK.finditer(text):
        sign, at = mark[0], mark.start()
        if sign == '"' and text[at - 1 : at].isdigit() and not opened.get(sign):
            continue  # inches
        opener = next((o for o, closer in PAIRS.items() if closer == sign and opened.get(o)), None)
        if opener:
            opened[opener].pop()
        elif sign in PAIRS:
            opened.setdefault(sign, []).append(at)
    return sorted(at for places in opened.values() for at in places)
