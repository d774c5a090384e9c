"""The Jinja2 environment of readers' templates, which settings.TEMPLATES names, and its functions.

The desk's templates, in templates/desk/, are Django's.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.template.defaultfilters import urlencode
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment
from markupsafe import Markup

from articles import pages, pictures
from articles.dates import format_date, format_day
from articles.languages import links_to_languages, local_name
from articles.menu import entries


def environment(**options: Any) -> Environment:
    env = Environment(extensions=["jinja2.ext.i18n"], finalize=escape_as_django, **options)  # noqa: S701 - autoescape is an option
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.globals |= {
        "_": gettext,
        "body": pages.render_body,
        "get_language": translation.get_language,
        "links_to_languages": links_to_languages,
        "menu_entries": entries,
        "picture": pictures.markup,
        "static": static,
        "url": url,
    }
    env.filters |= {
        "date": date,
        "day": day,
        "escape": conditional_escape,
        "iso": iso,
        "linebreaks": linebreaks_of,
        "local_name": local_name,
        "urlencode": urlencode,
    }
    return env


def gettext(message: str, **values: Any) -> Markup:
    """Return a translation, with these values in it: `_("Page %(number)s", number=2)`.

    Jinja2's own does the same, in four times the time.
    """
    return _filled(translation.gettext(message), values)


def ngettext(singular: str, plural: str, number: int, **values: Any) -> Markup:
    return _filled(translation.ngettext(singular, plural, number), values)


def pgettext(context: str, message: str, **values: Any) -> Markup:
    return _filled(translation.pgettext(context, message), values)


def npgettext(context: str, singular: str, plural: str, number: int, **values: Any) -> Markup:
    return _filled(translation.npgettext(context, singular, plural, number), values)


def _filled(text: str, values: dict[str, Any]) -> Markup:
    escaped = {name: escape_as_django(value) for name, value in values.items()}
    return Markup(text) % escaped if values else Markup(text)  # noqa: S704 - what a translator wrote is HTML


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
    return format_date(_localized(moment), form)


def day(moment: datetime.date) -> str:
    """Return the day of a moment, in the current time zone, with its weekday: “Monday 2 March 2026”."""
    return format_day(_localized(moment))


def iso(moment: datetime.datetime) -> str:
    """Return a moment as <time> has it: 2024-05-17T09:30:00+0100."""
    local = timezone.localtime(moment)
    return f"{local.date().isoformat()}T{local:%H:%M:%S%z}"


def linebreaks_of(text: str) -> SafeString:
    """Return plain text as paragraphs."""
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped


def _localized(moment: datetime.date) -> datetime.date:
    return timezone.localtime(moment) if isinstance(moment, datetime.datetime) else moment
