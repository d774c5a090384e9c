"""Datelines: agencies open a first paragraph with place, date or names; teasers must not.

The grammar is narrow on purpose. A place alone counts only in capitals, or before a dash and a word that
opens a sentence, so that `Addis Ababa – Djibouti` stays.
"""

import regex

MONTH = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    "|janv?|févr?|feb|mar|avr|apr|jun|juil|jul|aug|sept?|oct|nov|d[ée]c"
    "|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    "|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت|غشت|شتنبر|نونبر|دجنبر"
)
DAY = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun"
)
DATE = rf"""(?i:
    (?:(?:{DAY})\.?,?\s+)?(?:
        \d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?:{MONTH})\b\.?(?:,?\s+\d{{4}})?
      | (?:{MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?
      | (?:{MONTH})\s+\d{{4}}
      | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}
      | \d{{4}}-\d{{2}}-\d{{2}} )
    (?:,?\s+(?:[àa]t?\s+)?\d{{1,2}}\s?[h:]\s?(?:\d{{2}})?(?:\s?\(?(?:UTC|GMT|TU)\)?)?)? )"""
TIME = r"\d{1,2}\s?[h:]\s?(?:\d{2})?(?:\s?\(?(?:UTC|GMT|TU)\)?)?"

# Words that open a sentence: they end a name before them, and show that a dash was a dateline's.
OPENER = (
    r"(?:(?:Les?|La|Une?|Des|Du|Aux?|À|Ce|Cette|Ces|Ils?|Elles?|On|En|Après|Dans)\s|[LD]['’]"
    r"|(?:The|An?|This|These|It|In)\s)"
)
WORD = rf"(?!{OPENER})(?:(?:\p{{Lu}}\.)++|[\p{{Lu}}\p{{Lo}}][\p{{L}}\p{{M}}'’-]*+)"
NAME = rf"{WORD}(?:[ \u00a0](?:{WORD}|d[eu]|des|la|le|sur|of|and|et|van|bin|ben|ould|el|al)\b){{0,4}}"
PLACE = rf"{NAME}(?:,\s?{NAME})?"
CAPITALS = r"[\p{Lu}'’-]{3,}(?:,?[ \u00a0][\p{Lu}'’.-]{2,}){0,4}"
AGENCY = r"\([^()\n]{1,40}\)"
DASH = r"\s*[.,:]?\s*(?:--?(?=\s)|[–—―|]|\n)\s*"
STOP = rf"(?:{DASH}|\s*:\s+|\.\s+(?=[\p{{Lu}}«“\"])|\s*[.,:]?\s*$)"  # after a date less is needed
END = r"\s*[.,:]?\s*$"

OPENING = regex.compile(
    rf"""
      (?:(?i:publi[ée]|mis\ à\ jour|mise\ à\ jour|posted|published|updated?)\b[\s:–—-]*(?i:le|on)?\s*)?
        (?:{DATE}|(?<=\S\s*){TIME})(?:,\s*{PLACE})?(?:\s*{AGENCY})?{STOP}
    | {PLACE}(?:\s*{AGENCY})?,\s*(?:(?:le|on|the)\s+)?(?:{DATE}|(?i:{DAY})\b)(?:\s*{AGENCY})?{STOP}
    | (?:{PLACE}\s*)?{AGENCY}{DASH}
    | {CAPITALS}(?:,\s{NAME})?{DASH}(?=[\p{{Lu}}\p{{N}}«“"])
    | {NAME}{DASH}(?={OPENER})
    | (?:By|BY|Par|PAR|Written\ by|Reporting\ by|Propos\ recueillis\ par|بقلم)[\s:]+
        {WORD}[ \u00a0]{NAME}(?:(?:,|\s(?:and|et|&))\s{NAME}){{0,3}}
        (?:{DASH}|{END}|\.\s+(?=[\p{{Lu}}«“"])|\s+(?={OPENER})|,\s[^.\n–—]{{1,60}}(?:{DASH}|{END}))
    """,
    regex.VERBOSE | regex.V1,
)
# Lines that stand near the story without being it: captions, credits, cross-references.
ASIDE = regex.compile(
    r"""(?i:[(\[]?\s*(?:
      (?:photos?|images?|illustrations?|cr[ée]dits?|l[ée]gende|captions?|sources?|vid[ée]os?)
        (?:\s\p{L}+){0,2}\s*[:/©]
    | ©
    | (?:(?:à\s)?lire\s(?:aussi|[ée]galement)|à\slire|voir\saussi)\b
    | (?:read\s(?:also|more)|also\sread|see\salso)\b ))""",
    regex.VERBOSE,
)


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
