"""manage.py diffsettings: Django's own, without the secrets."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import diffsettings

from newsroom.redaction import redact


class Command(diffsettings.Command):
    def handle(self, **options: Any) -> str:
        return redact(super().handle(**options))
