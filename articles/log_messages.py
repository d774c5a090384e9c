"""What the admin's log says of a change: stored in English beside its words, and translated where it is read.

Django stores the messages of its own forms in this way; these are the others. One without words is stored as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext

BEGINNING = '{"text": '


def log_message(
    text: str, words: Mapping[str, object] | None = None, parts: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Return the message with this msgid, for the log; `parts` are words that are lists of such messages themselves."""
    as_texts = {name: str(word) for name, word in (words or {}).items()}
    return json.dumps({"text": text, "words": as_texts, "parts": dict(parts or {})}, ensure_ascii=False)


def read_log_message(stored: str) -> str:
    """Return what a message of the log says, in the language of the reader.

    >>> read_log_message(log_message("Shared with %(name)s", {"name": "Awa"}))
    'Shared with Awa'
    """
    if not stored.startswith(BEGINNING):
        said = LogEntry(action_flag=CHANGE, change_message=stored).get_change_message()
        return gettext(said) if said else ""
    message = json.loads(stored)
    parts = {name: ", ".join(map(read_log_message, part)) for name, part in message["parts"].items()}
    return gettext(message["text"]) % (message["words"] | parts)
