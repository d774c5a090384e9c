"""What a page shows, as keys in its Surrogate-Key header: caches drop the pages of what changed.

Objects are found in what a page is made of; which lists it depends on, its view says. A page whose view says nothing
may change with anything. https://www.w3.org/TR/edge-arch/ names the header,
https://developer.fastly.com/reference/http/http-headers/Surrogate-Key/ its shape, articles/keys.py the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet

from articles import keys, richtext
from articles.metadata import Metadata
from articles.models import Article, Author, Image, Section, Tag
from articles.related import Reason, RelatedZones

NOUNS: dict[type[Model], str] = {Article: "story", Author: "author", Image: "image", Section: "section", Tag: "tag"}


def keys_of(value: Any, lists: Iterable[str] | None) -> str:
    """Return the keys of every object in lists, QuerySets, dictionaries and dataclasses, with what was loaded along.

    `lists` are keys of lists that the page depends on; None when that is not known.
    """
    return " ".join([keys.SITE, *sorted({*_keys(value), *((keys.ANY,) if lists is None else lists)})])


def keys_of_story_page(article: Article, related: RelatedZones) -> list[str]:
    """Return the keys of what a story's own page shows, or may come to show, besides the objects in its context."""
    pictures = [keys.image(pk) for pk in richtext.find_picture_ids(article.body)]
    linked = [keys.story(pk) for pk in richtext.find_story_ids(article.body)]
    group = article.translation_group
    translations = [keys.translations(group)] if group else []
    return [keys.story_page(article.pk), *pictures, *linked, *translations, *related.keys]


def keys_of_proof(story: Article | None) -> list[str]:
    """Return the keys of a page without stories that is there because this one, in another language, is public.

    Without the story, any change may matter.
    """
    return [keys.story(story.pk)] if story else [keys.ANY]


def keys_of_redirect(target: Model, slug: str) -> str:
    """Return the keys of a redirect to the page of this row, from an address that ends in `slug` and was its own.

    An author or a tag is public by its stories.
    """
    noun = NOUNS[type(target)]
    codes = [code for code, _name in settings.LANGUAGES] if noun in {"author", "tag"} else []
    stories = [keys.stories_of(noun, target.pk, code) for code in codes]
    return keys_of(target, [keys.ADDRESSES, keys.slug(slug), *stories])


def _keys(value: Any) -> Iterable[str]:
    if isinstance(value, str | int | float | Metadata | Reason):  # most there is, and nothing in it
        return ()
    if isinstance(value, Model):
        return _keys_of(value)
    if isinstance(value, Mapping):
        return chain.from_iterable(map(_keys, value.values()))
    if isinstance(value, list | tuple | QuerySet):
        return chain.from_iterable(map(_keys, value))
    if is_dataclass(value):
        return chain.from_iterable(map(_keys, vars(value).values()))
    return ()


def _keys_of(one: Model) -> list[str]:
    """Return its own keys, and those of what was loaded with it: section, picture, authors, tags. No query."""
    return [*_own(one), *chain.from_iterable(map(_keys_of, _beside(one)))]


def _own(one: Model) -> list[str]:
    noun = NOUNS.get(type(one))
    return [f"{noun}-{one.pk}"] if noun and one.pk else []


def _beside(one: Model) -> list[Model]:
    alone = [other for other in one._state.fields_cache.values() if other and not isinstance(other, Article)]
    return alone + (one.loaded_along if isinstance(one, Article) else [])
