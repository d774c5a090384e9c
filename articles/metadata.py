"""The metadata of a page for machines: canonical address, Open Graph, JSON-LD.

Vocabularies: https://ogp.me, https://schema.org/NewsArticle, Google's article structured data.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Image
from articles.models.byline import group_by_credit

SCHEMA_TYPES = {
    Article.Label.ANALYSIS: "AnalysisNewsArticle",
    Article.Label.OPINION: "OpinionNewsArticle",
    Article.Label.SPONSORED: "AdvertiserContentArticle",
}
OPEN_GRAPH_LOCALES = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_PT", "ar": "ar_AR", "sw": "sw_KE"}
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Metadata:
    """The head of a page; addresses are absolute."""

    title: str
    description: str
    canonical: str
    properties: list[tuple[str, str]] = field(default_factory=list)  # Open Graph and article: properties
    json_ld: SafeString = SafeString("")
    index: bool = True  # whether search engines may list it

    @cached_property
    def tags(self) -> SafeString:
        """Return the properties as <meta> elements."""
        return format_html_join("\n", '<meta property="{}" content="{}">', self.properties)


def absolute(path: str) -> str:
    """Return the public address of a path of this site; an absolute address stays."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


def for_page(title: str, description: str, path: str, *, language: str, index: bool = True) -> Metadata:
    """Return the metadata of a front page or a list; `path` has a query only if that makes a page of its own."""
    canonical = absolute(path)
    properties = _open_graph("website", title or settings.SITE_NAME, description, canonical, language)
    return Metadata(title, description, canonical, properties, index=index)


def for_article(article: Article) -> Metadata:
    """Return the metadata of a story's page, also of a draft, whose canonical address is empty."""
    path = article.get_absolute_url()
    canonical = absolute(path) if path else ""
    description = article.standfirst or article.long_text
    properties = _open_graph("article", article.headline, description, canonical, article.language)
    published = article.first_published_at or article.publish_at
    if published:
        properties.append(("article:published_time", published.isoformat()))
    if article.last_changed:
        properties.append(("article:modified_time", article.last_changed.isoformat()))
    if article.section:
        properties.append(("article:section", article.section.label))
    properties += [
        ("article:author", absolute(byline.author.get_absolute_url())) for byline in article.writers_in_order
    ]
    properties += [("article:tag", tag.name) for tag in article.tags_in_order]
    if article.lead_image:
        properties += _social_image(article.lead_image)
    properties.append(("twitter:card", "summary_large_image" if article.lead_image else "summary"))
    return Metadata(article.headline, description, canonical, properties, script(news_article(article)))


def news_article(article: Article) -> dict[str, Any]:
    """Return schema.org's NewsArticle, or the narrower type of its label."""
    address = absolute(article.get_absolute_url())
    published = article.first_published_at or article.publish_at
    people = {
        credit: [_person(byline.author) for byline in bylines]
        for credit, bylines in group_by_credit(article.authors_in_order).items()
    }
    data = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(article.label, "NewsArticle"),  # type: ignore[call-overload]
        "headline": article.headline,
        "description": article.standfirst or article.long_text,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "inLanguage": article.language,
        "datePublished": published.isoformat() if published else None,
        "dateModified": article.last_changed.isoformat() if article.last_changed else None,
        "articleSection": article.section.label if article.section else None,
        "keywords": [tag.name for tag in article.tags_in_order] or None,
        "wordCount": article.word_count or None,
        "dateline": article.dateline or None,
        "image": [_image(article.lead_image)] if article.lead_image else None,
        **people,
        "author": people["author"] or _organization(),
        "publisher": _organization(),
    }
    return {key: value for key, value in data.items() if value}


def script(data: dict[str, Any]) -> SafeString:
    """Return the content of a <script type="application/ld+json">, which no headline can close."""
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT))  # noqa: S308


def _open_graph(kind: str, title: str, description: str, canonical: str, language: str) -> list[tuple[str, str]]:
    return [
        ("og:type", kind),
        ("og:site_name", settings.SITE_NAME),
        ("og:title", title),
        ("og:description", description),
        ("og:url", canonical),
        ("og:locale", OPEN_GRAPH_LOCALES.get(language, language)),
    ]


def _social_image(image: Image) -> list[tuple[str, str]]:
    picture = _image(image)
    properties = [
        ("og:image", picture["url"]),
        ("og:image:width", str(picture["width"])),
        ("og:image:height", str(picture["height"])),
    ]
    return properties + ([("og:image:alt", image.alt)] if image.alt else [])


def _image(image: Image) -> dict[str, Any]:
    """Return the copy made for sharing; the whole picture while it has none."""
    url, (width, height) = image.file.url, (image.width, image.height)
    if sizes := image.sizes("share"):
        width, height = sizes[-1]
        url = image.copy_url("share", width)
    return {"@type": "ImageObject", "url": absolute(url), "width": width, "height": height}


def _person(author: Any) -> dict[str, Any]:
    person = {
        "@type": "Person",
        "name": author.name,
        "url": absolute(author.get_absolute_url()),
        "jobTitle": author.title,
        "sameAs": [address for _label, address in author.links],
    }
    return {key: value for key, value in person.items() if value}


def _organization() -> dict[str, Any]:
    return {"@type": "NewsMediaOrganization", "name": settings.SITE_NAME, "url": absolute(reverse("front"))}
