"""What readers would see: the public page of a story as its form has it now, saved or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles.models import TEXTS, Article, Byline, Choices, Content
from articles.pages import story_context


def typed_story(form: Any) -> Article:
    """The story that a bound form describes; what is wrong in it stays as it was saved. Nothing is written."""
    form.is_valid()
    return shown(form.story, form.content(), form.choices())


def saved_story(story: Article) -> Article:
    """The story as it was saved last, also when that waits over what readers see."""
    return shown(story, story.newest_content, story.newest_choices)


def shown(story: Article, content: Content, choices: Choices) -> Article:
    """The story with this content in place of what is stored. Nothing is written."""
    for name in TEXTS:
        setattr(story, name, content[name])
    story.section, story.lead_image = choices.section, choices.lead_image
    story.preview_bylines = [Byline(article=story, author=author, role=role) for author, role in choices.authors]
    story.preview_tags = [tag for tag in choices.tags if tag.pk]  # new ones have no address yet
    story.prepare()
    return story


@xframe_options_sameorigin
def page(request: HttpRequest, story: Article) -> HttpResponse:
    """In the story's language, for nobody's index and nobody's cache."""
    with translation.override(story.language):
        context = story_context(story)
        context["metadata"] = replace(context["metadata"], index=False)
        response = render(request, "articles/article.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response
