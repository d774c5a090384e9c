"""What a content names, found in the database: sections, pictures, people, tags and related stories.

Names and rows change after a content was written: a tag is merged, an author renamed, a picture deleted. The functions
in here tell what the names mean today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from articles import richtext
from articles.models.author import authors_of_today
from articles.models.content import (
    RELATED_PLACES,
    SINGLE_CHOICES,
    TEXTS,
    ChosenRows,
    Content,
    choices_as_pairs,
    id_and_name,
)
from articles.models.image import Image
from articles.models.related_choice import RelatedChoice
from articles.models.tag import Tag
from articles.slugs import tag_key

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.saving import Saving


def read_content(article: Saving) -> Content:
    """Return the content that this story's row and its links hold."""
    found = article.stored_choices
    return {name: getattr(article, name) for name in TEXTS} | choices_as_pairs(found)


def read_choices(article: Saving) -> ChosenRows:
    """Return the rows that this story's row and links name. Three queries for a saved story, fewer with prefetching."""
    related: dict[str, list[Article]] = {name: [] for name in RELATED_PLACES}
    if article.pk:
        fields = {place.value: name for name, place in RELATED_PLACES.items()}
        for choice in RelatedChoice.objects.filter(article=article.pk).select_related("story").defer("story__body"):
            related[fields[choice.place]].append(choice.story)
    return ChosenRows(
        **{name: getattr(article, name) for name in SINGLE_CHOICES},
        authors=[(byline.author, byline.role) for byline in article.authors_in_order],
        tags=article.tags_in_order,
        related=related,
    )


def fetch_choices(content: Content) -> ChosenRows:
    """Return the rows that a content names; merged tags and authors are what they became. Five queries at most."""
    stories = (
        RelatedChoice.stories().defer("body").in_bulk([pk for name in RELATED_PLACES for pk, _name in content[name]])
    )
    return ChosenRows(
        **{name: _one(model_of_choice(name), content[name]) for name in SINGLE_CHOICES},
        authors=authors_of_today(content["authors"]),
        tags=_tags(content["tags"]),
        related={name: [stories[pk] for pk, _name in content[name] if pk in stories] for name in RELATED_PLACES},
    )


def with_current_names(content: Content) -> Content:
    """Return the content with the current names of what it chooses, without what is gone.

    Two contents of different times can then be compared: a tag that was renamed or merged is no change of a story.
    """
    return {**content, **choices_as_pairs(fetch_choices(content))}


def bring_up_to_date(content: Content, today: Content) -> Content:
    """Return an old content with the current names of what it chooses, without what is gone.

    Slug and language are those of `today`, so that the address stays; so is the section where the old one is gone.
    """
    found = with_current_names(content)
    section, body = found["section"] or today["section"], _without_gone_pictures(found["body"])
    return {**found, "section": section, "body": body, "slug": today["slug"], "language": today["language"]}


def with_current_tags(content: Content) -> Content:
    """Return the content with its current tags: a merged tag becomes the one that it went into."""
    return {**content, "tags": [id_and_name(tag) for tag in _tags(content["tags"])]}


def recreate_tags(content: Content) -> Content:
    """Return the content with tags that exist: those created for it and rolled back with a refused save come back."""
    return {
        **content,
        "tags": [id_and_name(tag) for tag in Tag.objects.for_names([name for _pk, name in content["tags"]])],
    }


def lock_tags(content: Content, stored: Content) -> Content:
    """Return the content with its current tags, and lock them and those of `stored` against merging and deletion.

    The locks last until the transaction ends.

    A tag that is found gone, because a merge came first, is looked up again only after the others are let go: whoever
    takes a lock out of turn could wait for a merge that waits for him.
    """
    while content["tags"] or stored["tags"]:
        wanted, others = ({pk for pk, _name in one["tags"]} for one in (content, stored))
        with transaction.atomic():
            if wanted <= {tag.pk for tag in Tag.objects.lock_against_deletion(wanted | others)}:
                return content
            transaction.set_rollback(True)
        content = with_current_tags(content)
    return content


def model_of_choice(name: str) -> Any:
    """Return the model of what a story has one of, such as a section."""
    return apps.get_model("articles", "Article")._meta.get_field(name).related_model


def _without_gone_pictures(body: str) -> str:
    wanted = richtext.find_picture_ids(body)
    there = Image.objects.filter(pk__in=wanted).values_list("pk", flat=True) if wanted else ()
    return richtext.drop_pictures(body, {*wanted} - {*there})


def _one(model: type[Any], pair: list[Any] | None) -> Any:
    return model.objects.filter(pk=pair[0]).first() if pair else None


def _tags(pairs: list[list[Any]]) -> list[Tag]:
    by_id = Tag.objects.current_by_id([pk for pk, _name in pairs])
    lost = [name for pk, name in pairs if pk not in by_id]
    by_key = Tag.objects.resolve_all(lost) if lost else {}
    found = [by_id.get(pk) or by_key.get(tag_key(name)) for pk, name in pairs]
    return list(dict.fromkeys(filter(None, found)))
