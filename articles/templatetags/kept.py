"""Parts of a page that are rendered once in each process: kept with the story that they show, or by all that they show.

{% teaser story … %}, and lists of them: {% teasers stories … %}, {% zone … %}, {% headlines stories %};
{% story article %} and {% story_head article %}; {% masthead %} and {% foot %}.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles import pages
from articles.menu import entries
from articles.models import Article, Section
from articles.sql.prepared import made_of
from articles.teasers import Teaser
from articles.templatetags.languages import ways

register = template.Library()

PARTS = 500  # mastheads and feet


@register.simple_tag(takes_context=True)
def teaser(context: Context, story: Article, **given: Any) -> SafeString:
    """How this story invites; `given` as articles/_teaser.html asks for it, but for the section whose list this is."""
    return _teaser(story, context.get("section"), get_language(), given)


@register.simple_tag(takes_context=True)
def teasers(context: Context, stories: Iterable[Article], text: str = "", **given: Any) -> SafeString:
    """Each of these stories in an <li>; `text` is the name of the field that it invites with."""
    section, language = context.get("section"), get_language()
    return _listed(_teaser(one, section, language, {"text": getattr(one, text, "")} | given) for one in stories)


@register.simple_tag(takes_context=True)
def zone(context: Context, teasers: Iterable[Teaser], **given: Any) -> SafeString:
    """The teasers of a zone beside a story, each in an <li>."""
    section, language = context.get("section"), get_language()
    return _listed(
        _teaser(one.story, section, language, {"text": one.text, "reason": one.reason.short} | given) for one in teasers
    )


@register.simple_tag
def headlines(stories: Iterable[Article]) -> SafeString:
    """When each came out and its headline, in an <li>."""
    name = ("headline", get_language())
    return _listed(made_of(one, name, partial(_rendered, "articles/_headline.html", {"story": one})) for one in stories)


def _listed(rows: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(f"<li>{row}</li>\n" for row in rows))  # noqa: S308 - of rendered templates


def _teaser(story: Article, section: Section | None, language: str | None, given: dict[str, Any]) -> SafeString:
    shown = given | {"story": story, "section": section, "LANGUAGE_CODE": language}
    name = ("teaser", language, section and section.pk, *given.items())
    return made_of(story, name, lambda: _rendered("articles/_teaser.html", shown))


@register.simple_tag(takes_context=True)
def story(context: Context, article: Article) -> SafeString:
    """The story itself, with all that stands around its text; `shared` is the link by which an outsider reads it."""
    language, shared = get_language(), context.get("shared")

    def render() -> SafeString:
        given = {"article": article, "body": pages.body(article), "translations": article.translations}
        return _rendered("articles/_story.html", given | {"shared": shared, "LANGUAGE_CODE": language})

    return render() if shared else made_of(article, ("story", language), render)


@register.simple_tag(takes_context=True)
def story_head(context: Context, article: Article) -> SafeString:
    """What machines read of a story's page, and where they find more."""
    given = {name: context.get(name) for name in ("metadata", "alternates", "site_name")}
    return made_of(
        article,
        ("head", get_language(), context["metadata"].index),
        partial(_rendered, "articles/_story_head.html", given),
    )


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    """Languages, search, the site's name, its sections. The section of a list is this page, that of a story near."""
    here, article = context.get("section"), context.get("article")
    return _part(
        "articles/_masthead.html",
        get_language(),
        site_name=context.get("site_name"),
        menu=entries(context.get("sections")),
        links=ways(context.get("translations")),
        here=here and here.pk,
        near=article and article.section_id,
    )


@register.simple_tag(takes_context=True)
def foot(context: Context) -> SafeString:
    return _part(
        "articles/_foot.html",
        get_language(),
        site_name=context.get("site_name"),
        menu=entries(context.get("sections")),
        year=context["now"].year,
    )


def _part(name: str, language: str | None, **shown: Any) -> SafeString:
    """This part in the language that is on; all that it shows is compared by value."""
    return _rendered(name, shown) if settings.DEBUG else _kept(name, language, **shown)


@lru_cache(PARTS)
def _kept(name: str, language: str | None, **shown: Any) -> SafeString:
    return _rendered(name, shown)


def _rendered(name: str, shown: dict[str, Any]) -> SafeString:
    return mark_safe(get_template(name).render(shown).strip())  # noqa: S308 - a template's own
