"""What the desk says of one thing among several that it refused, while the others were done."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def refused_message(thing: object, reason: str | ValidationError) -> str:
    """Return the name of what was refused, and why."""
    words = " ".join(reason.messages) if isinstance(reason, ValidationError) else reason
    return _("“%(name)s”: %(reason)s") % {"name": thing, "reason": words}
