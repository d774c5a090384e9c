"""What readers' templates may use, beyond Jinja2's own: the environment that settings.TEMPLATES names.

The desk's templates, in templates/desk/, are Django's.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.template.defaultfilters import urlencode
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment

from articles import fragments, pictures
from articles.languages import local_name


def environment(**options: Any) -> Environment:
    env = Environment(extensions=["jinja2.ext.i18n"], finalize=escape_as_django, **options)  # noqa: S701 - Django's backend says autoescape
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals |= {
        "get_language": translation.get_language,
        "picture": pictures.markup,
        "static": static,
        "url": url,
        **{part.__name__: part for part in PARTS},
    }
    env.filters |= {
        "date": date,
        "escape": conditional_escape,
        "iso": iso,
        "linebreaks": linebreaks_of,
        "local_name": local_name,
        "urlencode": urlencode,
    }
    return env


PARTS = (
    *(fragments.teaser, fragments.teasers, fragments.zone, fragments.headlines),
    *(fragments.story, fragments.story_head, fragments.masthead, fragments.foot),
)


def escape_as_django(value: Any) -> Any:
    """Escape quotes as Django's templates do, and so the functions that put HTML together.

    >>> escape_as_django("l'eau"), escape_as_django(mark_safe("<b>")), escape_as_django(7)
    ('l&#x27;eau', '<b>', 7)
    """
    if type(value) is str and ("'" in value or '"' in value):
        return conditional_escape(value)
    return value


def url(name: str, *values: Any) -> str:
    """Return the path of the page of this name in the language that is on."""
    return reverse(name, args=values)


def date(moment: datetime.date, form: str) -> str:
    """Return a moment, in the current time zone, or a day, in one of Django's formats: "DATE_FORMAT", "j F Y".

    https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date
    """
    return date_format(_local(moment), form)


def iso(moment: datetime.datetime) -> str:
    """Return a moment as <time> has it: 2024-05-17T09:30:00+0100."""
    return date_format(_local(moment), r"Y-m-d\TH:i:sO")


def linebreaks_of(text: str) -> SafeString:
    """Return plain text as paragraphs."""
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped


def _local(moment: datetime.date) -> datetime.date:
    return timezone.localtime(moment) if isinstance(moment, datetime.datetime) else moment
