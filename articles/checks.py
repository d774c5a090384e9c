"""System checks of this machine, for `manage.py check`, before a reader notices."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from articles import renditions


@register
def check_avif(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not renditions.avif_is_missing():
        return []
    return [
        Warning(
            "Pillow cannot write AVIF: readers get WebP pictures, a third larger.",
            hint="Install Pillow 11.3 or later from PyPI, or build it with libavif; then run manage.py renditions.",
            id="articles.W001",
        )
    ]
