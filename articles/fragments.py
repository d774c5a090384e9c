"""Parts of a page that are rendered once in each process: kept with the story that they show, or by all that they show.

In readers' templates: teaser(story, …), and lists of them: teasers(stories, …), zone(…), headlines(stories);
story(article) and story_head(article); masthead() and foot().
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from articles import pages
from articles.languages import links_to_languages
from articles.menu import entries
from articles.models import Article, Section
from articles.related import Teaser
from articles.sql.prepared import made_of

PARTS = 500  # mastheads and feet


@pass_context
def teaser(context: Context, story: Article, **given: Any) -> Markup:
    """How this story invites; `given` as articles/_teaser.html asks for it, but for the section whose list this is."""
    return _teaser(story, context.get("section"), get_language(), given)


@pass_context
def teasers(
    context: Context, stories: Iterable[Article], section: Section | None = None, text: str = "", **given: Any
) -> Markup:
    """Each of these stories in an <li>; `text` is the name of the field that it invites with."""
    section, language = section or context.get("section"), get_language()
    return _listed(_teaser(one, section, language, {"text": getattr(one, text, "")} | given) for one in stories)


@pass_context
def zone(context: Context, teasers: Iterable[Teaser], **given: Any) -> Markup:
    """The teasers of a zone beside a story, each in an <li>."""
    section, language = context.get("section"), get_language()
    return _listed(
        _teaser(one.story, section, language, {"text": one.text, "reason": one.reason.short} | given) for one in teasers
    )


def headlines(stories: Iterable[Article]) -> Markup:
    """When each came out and its headline, in an <li>."""
    name = ("headline", get_language())
    return _listed(made_of(one, name, partial(_macro, "headline", story=one)) for one in stories)


def _listed(rows: Iterable[Markup]) -> Markup:
    return Markup("".join(f"<li>{row}</li>\n" for row in rows))  # noqa: S704 - of rendered templates


def _teaser(story: Article, section: Section | None, language: str | None, given: dict[str, Any]) -> Markup:
    name = ("teaser", language, section and section.pk, *given.items())
    return made_of(story, name, partial(_macro, "teaser", story=story, section=section, **given))


@pass_context
def story(context: Context, article: Article) -> Markup:
    """The story itself, with all that stands around its text; `shared` is the link by which an outsider reads it."""
    shared = context.get("shared")

    def render() -> Markup:
        given = {"article": article, "body": pages.body(article), "translations": article.translations}
        return _macro("story", **given, shared=shared)

    return render() if shared else made_of(article, ("story", get_language()), render)


@pass_context
def story_head(context: Context, article: Article) -> Markup:
    """What machines read of a story's page, and where they find more."""
    given = {name: context[name] for name in ("metadata", "alternates", "site_name")}
    name = ("head", get_language(), context["metadata"].index)
    return made_of(article, name, lambda: Markup(get_template("articles/_story_head.html").render(given)))  # noqa: S704


@pass_context
def masthead(context: Context) -> Markup:
    """Languages, search, the site's name, its sections. The section of a list is this page, that of a story near."""
    here, article = context.get("section"), context.get("article")
    return _part(
        "masthead",
        get_language(),
        site_name=context["site_name"],
        menu=entries(context["sections"]),
        links=links_to_languages(context.get("translations")),
        here=here and here.pk,
        near=article and article.section_id,
    )


@pass_context
def foot(context: Context) -> Markup:
    menu = entries(context["sections"])
    return _part("foot", get_language(), site_name=context["site_name"], menu=menu, year=context["now"].year)


def _part(name: str, language: str | None, **shown: Any) -> Markup:
    """This part in the language that is on; all that it shows is compared by value."""
    return _macro(name, **shown) if settings.DEBUG else _kept(name, language, **shown)


@lru_cache(PARTS)
def _kept(name: str, language: str | None, **shown: Any) -> Markup:
    return _macro(name, **shown)


def _macro(name: str, **given: Any) -> Markup:
    """Call the macro of this name, alone in its file of templates/articles."""
    template: Any = get_template(f"articles/_{name}.html")
    rendered: Markup = getattr(template.template.module, name)(**given)
    return rendered
