"""What readers would see: the public page of a story as its form has it now, saved or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles.models import Article, Byline
from articles.pages import story_context


def typed_story(form: Any) -> Article:
    """The story that a bound form describes; what is wrong in it stays as it is stored. Nothing is written."""
    form.is_valid()
    story: Article = form.instance
    if "authors" in form.cleaned_data:
        roles = {byline.author_id: byline.role for byline in story.authors_in_order}
        story.preview_bylines = [
            Byline(article=story, author=author, role=roles.get(author.pk, Byline.Role.AUTHOR))
            for author in form.cleaned_data["authors"]
        ]
    if "tags" in form.cleaned_data:
        story.preview_tags = [tag for tag in form.cleaned_data["tags"] if tag.pk]  # new ones have no address yet
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
