"""What is to be told and has not been: who works it off, and how what waits for other machines is done.

While the shared cache does not answer, both a command and the servers do it: each follow-up is claimed by one of them.
"""

from __future__ import annotations

from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

from articles.models import FollowUp
from newsroom.models.notice import MAILING
from newsroom.models.story_event import TELLING
from newsroom.models.webhook import CALLING
from newsroom.notices.outings import OUTING

DELIVERIES = (MAILING, CALLING)  # the kinds of follow-ups that wait for other machines
DRAINED = "newsroom.outbox-is-drained"
GRACE_SECONDS = 60  # that a command may need for a round


def drain() -> int:
    """Do everything that is due, and return how much of it was done."""
    return FollowUp.objects.filter(kind__in=(TELLING, OUTING)).work_off() + deliver()


def deliver() -> int:
    """Send and call what is due, one after the other: another process may take the next meanwhile."""
    return FollowUp.objects.filter(kind__in=DELIVERIES).work_off(at_a_time=1)


def note_draining(seconds: float) -> None:
    """Tell the servers that a command drains the outbox, and checks it again after this many seconds."""
    with suppress(RedisError):
        cache.set(DRAINED, True, timeout=seconds + GRACE_SECONDS)


def forget_draining() -> None:
    with suppress(RedisError):
        cache.delete(DRAINED)


def is_drained_elsewhere() -> bool:
    """Return whether a command drains the outbox. Where it died, the servers take over after a minute."""
    try:
        return bool(cache.get(DRAINED))
    except RedisError:
        return False
