"""Hands what happened to stories to those who must follow: caches to purge, search engines to tell, mail to send.

A receiver is a function of an OutboxEntry. It may be called more than once for the same entry, so it must be
idempotent; whatever it raises is kept with the entry, which comes again later and stops no other.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable

from django.db import transaction

from articles.failures import description
from articles.models import Article, OutboxEntry

logger = logging.getLogger(__name__)

Receiver = Callable[[OutboxEntry], None]
receivers: dict[str, list[Receiver]] = defaultdict(list)


def receives(*events: str) -> Callable[[Receiver], Receiver]:
    """Register a function for these events (OutboxEntry.Event)."""

    def register(receiver: Receiver) -> Receiver:
        for event in events:
            receivers[event].append(receiver)
        return receiver

    return register


def drain() -> tuple[int, int]:
    """Hand out everything that is due: (how many are done, how many failed and come again)."""
    Article.objects.put_due_changes_live()
    done = failed = 0
    while entries := OutboxEntry.objects.claim():
        for entry in entries:
            if deliver(entry):
                done += 1
            else:
                failed += 1
    return done, failed


def deliver(entry: OutboxEntry) -> bool:
    """Call the receivers of one entry in a transaction of its own; whether all of them succeeded."""
    try:
        with transaction.atomic():
            for receiver in receivers[entry.event]:
                receiver(entry)
            entry.finish()
    except Exception as error:  # noqa: BLE001 - whatever a receiver raises must not stop the others
        logger.warning("%s failed: %s", entry, error)
        entry.postpone(description(error))
        return False
    return True
