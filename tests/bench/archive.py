"""A made-up archive for measuring, of any size: `python -m tests.bench.archive 1000 > archive.jsonl`.

Written line by line in the format of articles/importers/json_lines.py. A story depends on the seed, its number and the
size alone, so that the same command always writes the same bytes. Its shape is that of a business-news site: some 450
words in six to eight paragraphs under one subheading, up to two quotations, one or two of 50 authors, three to six of
2,000 tags by Zipf's law, a section of ten, every second story in French, ten years evenly filled.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import re
import sys
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, islice, product
from typing import Any

from tests.bench import words
from tests.bench.words import Language

SEED = 1
END = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
SPAN = datetime.timedelta(days=3652)  # ten years
WORDS = 450  # in a body, about
AUTHORS, TAGS, NAMES = 50, 2000, 5000  # names are of companies, in the text
PLACES, TOPICS, COMPANIES = words.PLACES.split(), words.TOPICS.split(), words.COMPANIES.split()
SYLLABLES = words.SYLLABLES.split()


def lines(size: int, seed: int = SEED) -> Iterator[str]:
    """Yield the archive's lines, each with its end; the first names the fields of the others. Needs constant memory."""
    archive = Archive(size, seed)
    yield as_line(archive.meta())
    for number in range(size):
        yield as_line(archive.story(number))


def as_line(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"


class Archive:
    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed
        self.companies = [company(rank) for rank in range(NAMES)]
        self.sections = [named(name) for name in words.SECTIONS.split()]
        self.authors = [named(name) for name in people()]
        of_places = [f"{topic} {place}" for topic, place in product(TOPICS, PLACES)]
        self.tags = [named(name) for name in islice([*TOPICS, *PLACES, *of_places, *self.companies], TAGS)]
        random.Random(seed).shuffle(self.tags)  # noqa: S311  nothing secret

    def meta(self) -> dict[str, Any]:
        return {
            "kind": "meta",
            "n": self.size,
            "sections": self.sections,
            "authors": self.authors,
            "tags": self.tags,
        }

    def story(self, number: int) -> dict[str, Any]:
        """Return the story with this number, from 0 on; a higher number is a later publication."""
        chance = random.Random(f"{self.seed}:{self.size}:{number}")  # noqa: S311  nothing secret
        language = words.LANGUAGES[number % 2]
        headline = self._headline(chance, language)
        moment = END - SPAN + SPAN * ((number + chance.random()) / self.size)
        return {
            "kind": "article",
            "id": f"bench-{self.size}-{number}",
            "slug": f"{slug(headline)[:60].strip('-')}-{number}",
            "language": language.code,
            "title": headline,
            "summary": self._sentence(chance, language),
            "section": chance.choice(self.sections)["slug"],
            "authors": self._drawn(chance, self.authors, chance.choice((1, 1, 1, 2))),
            "tags": self._drawn(chance, self.tags, chance.randint(3, 6)),
            "published": moment.isoformat(timespec="seconds"),
            "body": self._body(chance, language),
        }

    def _body(self, chance: random.Random, language: Language) -> list[dict[str, str]]:
        number = chance.randint(6, 8)
        quotes = set(chance.sample(range(1, number), chance.randint(0, 2)))
        blocks = []
        for place in range(number):
            if place == number // 2:
                blocks.append({"t": "h2", "text": chance.choice(language.subheadings)})
            text = self._paragraph(chance, language, WORDS // number)
            is_quote = place in quotes
            blocks.append({"t": "quote", "text": language.quote.format(text)} if is_quote else {"t": "p", "text": text})
        return blocks

    def _paragraph(self, chance: random.Random, language: Language, length: int) -> str:
        sentences: list[str] = []
        count = 0
        while count < length - 16:  # half a sentence
            sentences.append(self._sentence(chance, language))
            count += sentences[-1].count(" ") + 1
        return " ".join(sentences)

    def _sentence(self, chance: random.Random, language: Language) -> str:
        pick = chance.choice
        parts = (
            pick(language.openings) + self._who(chance, language),
            pick(language.where).format(pick(PLACES)),
            pick(language.does),
            pick(language.what),
            pick(language.amounts).format(chance.randint(2, 990)),
            pick(language.purposes),
            pick(language.times),
        )
        return capital(" ".join(filter(None, parts))) + "."

    def _who(self, chance: random.Random, language: Language) -> str:
        """Return a name; of companies the first are named often, the last hardly ever."""
        return chance.choice(language.who).format(self.companies[int(NAMES ** chance.random()) - 1])

    def _headline(self, chance: random.Random, language: Language) -> str:
        return capital(
            language.headline.format(
                place=chance.choice(PLACES),
                who=self._who(chance, language),
                does=chance.choice(language.does),
                what=chance.choice(language.what),
            )
        )

    def _drawn(self, chance: random.Random, things: list[dict[str, str]], number: int) -> list[str]:
        """Return the slugs of this number of different things, the second half as often as the first, and so on."""
        drawn: list[str] = []
        while len(drawn) < number:
            one = things[zipf(len(things), chance.random())]["slug"]
            if one not in drawn:
                drawn.append(one)
        return drawn


_weights: dict[int, list[float]] = {}


def zipf(size: int, share: float) -> int:
    """Return which of this number of things a random number from 0 to 1 draws by Zipf's law, counted from 0.

    >>> zipf(3, 0.0), zipf(3, 0.5), zipf(3, 0.6), zipf(3, 0.9), zipf(3, 0.9999)
    (0, 0, 1, 2, 2)
    """
    if size not in _weights:
        _weights[size] = list(accumulate(1 / rank for rank in range(1, size + 1)))
    return min(bisect(_weights[size], share * _weights[size][-1]), size - 1)


def company(rank: int) -> str:
    """Return a name that no other rank has.

    >>> company(0), company(4001)
    ('Baba Cargo', 'Bewafa Énergie')
    """
    high, low = divmod(rank, len(SYLLABLES))
    higher, high = divmod(high, len(SYLLABLES))
    letters = (SYLLABLES[higher - 1] if higher else "") + SYLLABLES[high] + SYLLABLES[low]
    return f"{letters.capitalize()} {COMPANIES[rank % len(COMPANIES)]}"


def named(name: str) -> dict[str, str]:
    return {"slug": slug(name), "name": name}


def people() -> list[str]:
    """Return AUTHORS names, spread over all first and last names."""
    pairs = list(product(words.FIRST_NAMES.split(), words.LAST_NAMES.split()))
    return [" ".join(pairs[place * len(pairs) // AUTHORS]) for place in range(AUTHORS)]


def slug(text: str) -> str:
    """
    >>> slug("N’Djamena : la régie répare")
    'n-djamena-la-regie-repare'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("stories", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    sys.stdout.writelines(lines(options.stories, options.seed))


if __name__ == "__main__":
    main()
