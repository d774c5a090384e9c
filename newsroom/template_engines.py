"""The two template engines: Jinja2 for readers' pages, Django's own for the desk."""

from __future__ import annotations

from logging import getLogger
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, make_logging_undefined

LOGGING_UNDEFINED = make_logging_undefined(getLogger("articles.templating"), ChainableUndefined)


def template_engines(folder: Path, *, debug: bool) -> list[dict[str, Any]]:
    """Return the setting TEMPLATES for templates in this folder; those of the desk are in its folder `desk`.

    A name that a reader's template does not know is an error for developers; for readers it is a gap, and is logged.
    """
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [folder],
            "OPTIONS": {
                "environment": "articles.templating.environment",
                "undefined": StrictUndefined if debug else LOGGING_UNDEFINED,
                "context_processors": ["django.template.context_processors.i18n", "articles.context_processors.site"],
            },
        },
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [folder / "desk"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.debug",
                    "django.template.context_processors.request",
                    "django.template.context_processors.i18n",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "articles.context_processors.site",
                    "newsroom.context_processors.desk",
                ],
            },
        },
    ]
