"""The public person behind a byline; a login is optional."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.byline import Byline
from articles.paths import in_language_of_page
from articles.richtext import links
from articles.slugs import ascii_slug, tag_key

PREFIX_FROM = 3  # letters that are looked for at the beginning of a name's words
MAX_LETTERS = 250  # letters of a text that may be a name: no name is longer


class AuthorQuerySet(models.QuerySet["Author"]):
    def published(self, at: datetime.datetime | None = None) -> AuthorQuerySet:
        """Return the authors of at least one story that is public at this instant (now), in a language of the site."""
        at = at or clock.now()
        signed = Byline.objects.filter(
            Q(article__unpublish_at=None) | Q(article__unpublish_at__gt=at),
            author=OuterRef("pk"),
            status="published",
            publish_at__lte=at,
        )
        # In the order of their index, without which PostgreSQL would read all that a person ever signed.
        newest = [
            Subquery(signed.filter(language=code).order_by("-publish_at", "-article").values("pk")[:1])
            for code, _name in settings.LANGUAGES
        ]
        return self.filter(reduce(or_, (Q(IsNull(one, False)) for one in newest)))

    def for_names(self, names: list[str]) -> list[Author]:
        """Return the authors with these names in their order, each once; unknown ones are created, without a login.

        A name is compared by its slug: accents and capitals make no second person. A text without a letter is no name.
        """
        wanted = {slug_of_name(name): " ".join(name.split())[:120] for name in names if any(map(str.isalnum, name))}
        found = {author.slug: author for author in self.filter(slug__in=wanted)}
        return [
            found[slug].current if slug in found else self.create(slug=slug, name=name) for slug, name in wanted.items()
        ]

    def named(self, text: str) -> AuthorQuerySet:
        """Return those whose name has every word of the text; the last word may be the beginning of one.

        Names are compared by their slug, without accents and capitals; one without Latin letters as it is written.
        """
        *whole, last = ascii_slug(text, MAX_LETTERS).split("-")
        if not last:
            return self.filter(name__contains=text)
        words = self.alias(words=Concat(Value("-"), "slug", Value("-"), output_field=models.CharField()))
        exact = Q(words__contains=f"-{last}" if len(last) >= PREFIX_FROM else f"-{last}-")
        return words.filter(reduce(and_, (Q(words__contains=f"-{word}-") for word in whole), exact) | Q(name=text))

    def active(self) -> AuthorQuerySet:
        return self.filter(is_active=True)

    def current_by_id(self, ids: Iterable[int]) -> dict[int, Author]:
        """Return for each id the author of today: a merged one is who it became. One query without merged ones."""
        return {pk: author.current for pk, author in self.in_bulk(list(ids)).items()}


class Author(models.Model):
    name = models.CharField(_("name"), max_length=120, help_text=_("As readers see it."))
    slug = models.SlugField(_("slug"), max_length=120, unique=True, help_text=_("The last part of the public address."))
    title = models.CharField(_("role"), max_length=120, blank=True, help_text=_("For example: Energy correspondent."))
    biography = models.TextField(_("biography"), blank=True)
    photo = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    email = models.EmailField(_("public e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    mastodon = models.URLField("Mastodon", blank=True)
    linkedin = models.URLField("LinkedIn", blank=True)
    x_profile = models.URLField("X", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("account"),
        help_text=_("Leave empty for a person who does not write here."),
    )
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Untick for a former colleague."))
    # The other record of the same person; this one signs nothing any more (articles/models/author_merge.py).
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_authors"
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(slug=""), name="author_has_name_and_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return in_language_of_page(f"/author/{self.slug}/")

    @property
    def current(self) -> Author:
        """Return the record that this one was merged into, or itself. A query for each step."""
        author = self
        while author.merged_into:
            author = author.merged_into
        return author

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return (label, address) of each contact link that leads to a web page.

        The form checks what is typed, but imports, fixtures and plain SQL write to the database too: what is printed
        is checked here, like the links of a story's text.
        """
        named = [
            ("Web", self.website),
            ("Mastodon", self.mastodon),
            ("LinkedIn", self.linkedin),
            ("X", self.x_profile),
        ]
        safe = [(label, links.clean_address(address)) for label, address in named]
        return [(label, address) for label, address in safe if links.is_external(address)]


def authors_of_today(rows: Iterable[Iterable[Any]]) -> list[tuple[Author, str]]:
    """Return the authors that [id, name, role] mean today with their roles, each once, without those who are gone."""
    named = [(pk, role) for pk, _name, role in rows]
    current = Author.objects.current_by_id(pk for pk, _role in named)
    roles: dict[Author, str] = {}
    for pk, role in named:
        if pk in current:
            roles.setdefault(current[pk], role)
    return list(roles.items())


def slug_of_name(name: str) -> str:
    """Return the same slug for every spelling of a name; a hash for a name without Latin letters.

    >>> slug_of_name("Aïcha Koné"), slug_of_name("عائشة")
    ('aicha-kone', 'author-16b513176da4')
    """
    return ascii_slug(name, 120) or f"author-{uuid.uuid5(uuid.NAMESPACE_URL, tag_key(name)).hex[:12]}"
