"""Cutting text for readers."""

import html as entities
import re

COMPACT = 100  # characters
LONG = 150  # characters


def plain_text(html: str) -> str:
    return " ".join(entities.unescape(re.sub(r"<[^>]*>", " ", html)).split())


def excerpt(override: str, standfirst: str, body: str, limit: int) -> str:
    text = override or standfirst or plain_text(body)
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def word_count(html: str) -> int:
    return len(plain_text(html).split())
