"""What a browser posts from a story's form."""

import datetime

from django.urls import reverse
from django.utils import timezone

from articles.models import Article

ADD = "/admin/articles/article/add/"


def change(story):
    return reverse("admin:articles_article_change", args=[story.pk])


def typed(story=None, *, verb="save", **fields):
    """Return the form of this story (a new one) with these fields changed, and the button pressed."""
    story = story or Article()
    form = {
        "version": story.version,
        "headline": story.headline,
        "standfirst": story.standfirst,
        "body": story.body,
        "kicker": story.kicker,
        "dateline": story.dateline,
        "slug": story.slug,
        "section": story.section_id or "",
        "label": story.label,
        "language": story.language,
        "authors": [f"id:{byline.author_id}" for byline in story.authors_in_order],
        "tags": [f"id:{tag.pk}" for tag in story.tags_in_order],
        "publish_at": minutes(story.publish_at),
        "unpublish_at": minutes(story.unpublish_at),
        "anyway": "1",  # whatever the checklist advises
        f"_{verb}": "confirmed",  # whatever is asked before it
    }
    return form | fields


def minutes(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


def in_days(days):
    return minutes(timezone.now() + datetime.timedelta(days=days))


def pairs(form):
    """Return the pairs that static/desk/autosave.js sends for a form, including its empty fields."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
    return [[name, str(value)] for name, values in lists.items() for value in values]


def autosave(client, story, form):
    name = "autosave" if story else "autosave_new"
    address = reverse(f"admin:articles_article_{name}", args=[story.pk] if story else [])
    return client.post(address, pairs(form), content_type="application/json")
