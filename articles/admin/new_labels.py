"""What a new thing of each kind is called, in buttons, headings and the finder: a gender and an article each."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NEW_LABELS = {
    "article": gettext_noop("New story"),
    "image": gettext_noop("New picture"),
    "author": gettext_noop("New author"),
    "section": gettext_noop("New section"),
    "tag": gettext_noop("New tag"),
    "user": gettext_noop("New person"),
    "webhook": gettext_noop("New webhook"),
    "group": gettext_noop("New role"),
}


def new_label(model_name: str) -> str:
    """Return “New tag”; raise KeyError for a model that nobody adds on the desk."""
    return _(NEW_LABELS[model_name])
