"""The context and the page of a story, for readers and for the desk's preview alike."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import excerpts, metadata, pictures, related, richtext
from articles.models import Article, Byline
from articles.models.content import RELATED_PLACES, TEXTS, ChosenRows, Content

HTML_TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')  # in clean HTML, where a quoted value may hold “>”
# Pictures and pull quotes may stand before the text begins. Nothing is tried twice: without a paragraph after them, the
# time would double with every figure.
FIRST_PARAGRAPH = re.compile(r"\s*+(?:(?><figure\b.*?</figure>)\s*+)*+<p>", re.DOTALL)


def story_context(article: Article, at: datetime.datetime | None = None, total: int = 0) -> dict[str, Any]:
    """Return the context of templates/articles/article.html; also for a story that is not saved yet.

    `total` is how many stories the site has published, 0 when the database has to count them.
    """
    return {
        "article": article,
        "related": related.find_related(article, at, total),
        "translations": article.translations,
        "alternates": alternates(article),
        "metadata": metadata.for_article(article),
    }


def saved_story(story: Article) -> Article:
    """Return the story as it was saved last, also when that waits over what readers see."""
    return apply_content(story, story.newest_content, story.newest_choices)


def apply_content(story: Article, content: Content, choices: ChosenRows) -> Article:
    """Return the story with this content in place of the stored one. Nothing is written."""
    for name in TEXTS:
        setattr(story, name, content[name])
    story.section, story.lead_image = choices.section, choices.lead_image
    story.preview_bylines = [Byline(article=story, author=author, role=role) for author, role in choices.authors]
    story.preview_tags = [tag for tag in choices.tags if tag.pk]  # new ones have no address yet
    story.preview_related = {name: choices.related.get(name, []) for name in RELATED_PLACES}
    story.prepare()
    return story


def render_unlisted(request: HttpRequest, story: Article, **more: Any) -> HttpResponse:
    """Return the story's page as readers see it, for no index and no cache. `more` adds to its context.

    It is in its own language and the newsroom's time zone, not in those of the person who opens it.
    """
    with translation.override(story.language), timezone.override(None):
        context = story_context(story) | more
        context["metadata"] = replace(context["metadata"], index=False)
        response = render(request, "articles/article.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def alternates(article: Article) -> list[tuple[str, str]]:
    """Return (language, absolute address) of every version of a translated story, itself too, for search engines."""
    stories = [article, *article.translations] if article.translations else []
    return [(story.language, metadata.absolute(story.get_absolute_url())) for story in stories]


def render_body(article: Article) -> SafeString:
    """Return the story's HTML, clean since it was saved: the place in front, links to stories where they are today,
    pictures in all sizes, wide tables.
    """
    addresses = {story.pk: story.get_absolute_url() for story in article.linked_stories}
    html = richtext.replace_story_links(article.body, addresses.get)
    html = richtext.replace_pictures(html, pictures.figures(article.pictures_in_body))
    return mark_safe(with_dateline(with_table_boxes(html), article.dateline))  # noqa: S308 - of safe parts


def with_table_boxes(html: str) -> str:
    """Put each table into a box of its own that a narrow screen scrolls sideways, by keyboard too."""
    box = format_html('<section class="table" tabindex="0" aria-label="{}">', _("Table"))
    parts = {"<table>": f"{box}<table>", "</table>": "</table></section>"}
    return HTML_TAG.sub(lambda tag: parts.get(tag[0], tag[0]), html)


def with_dateline(html: str, dateline: str) -> str:
    """Put the place before the first words, unless the text names it there itself.

    >>> with_dateline("<p>Les banques…</p>", "Lomé")
    '<p><span class="dateline">Lomé</span> Les banques…</p>'
    """
    first = FIRST_PARAGRAPH.match(html)
    start = first.end() if first else 0
    if not dateline or excerpts.opens_with_dateline(excerpts.plain_text(html[start : html.find("</p>", start)])):
        return html
    place = format_html('<span class="dateline">{}</span> ', dateline)
    return html[:start] + (place if first else f"<p>{place}</p>") + html[start:]
