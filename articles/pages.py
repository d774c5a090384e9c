"""What a story's page is made of, for readers and for the desk's preview alike."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles import metadata, pictures, richtext, teasers
from articles.models import Article, Image


def story_context(article: Article, at: datetime.datetime | None = None) -> dict[str, Any]:
    """The context of templates/articles/article.html; also for a story that nobody saved yet."""
    return {
        "article": article,
        "body": body(article),
        "related": teasers.related(article, at),
        "translations": list(Article.objects.visible(at).translations_of(article).only(*ADDRESS)),
        "metadata": metadata.for_article(article),
    }


ADDRESS = ("headline", "slug", "language", "address_date")


def body(article: Article) -> str:
    """The story's HTML, clean since it was saved: its dateline put in front, its pictures in every size."""
    numbers = richtext.picture_ids(article.body)
    images = Image.objects.filter(pk__in=numbers) if numbers else []
    html = richtext.with_pictures(article.body, pictures.figures(images))
    if article.dateline and html.startswith("<p>"):
        html = format_html('<p><span class="dateline">{}</span> ', article.dateline) + html.removeprefix("<p>")
    return mark_safe(html)  # noqa: S308
