"""Translations by people: a story in another language, and which stories of two languages are the same one.

The stories of a group are the same story, one in each language. Only what is in here writes `translation_group`: a save
of the form leaves it alone, so that a form that was open meanwhile takes no story out of its group.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from articles import clock
from articles.models import choices
from articles.models.byline import BylineRole
from articles.models.content import RELATED_PLACES, Content, Edit, id_and_name
from articles.models.copying import Copying
from articles.models.translation import Translation

if TYPE_CHECKING:
    from articles.models.article_queryset import ArticleQuerySet
    from articles.users import User

# What somebody writes in the other language. With `copy_text`, all of it but the slug is copied, to be overwritten.
WRITTEN_ANEW = ("headline", "standfirst", "kicker", "body", "lead_caption", "compact_teaser", "long_teaser", "slug")


class Translating(Copying):
    class Meta:
        abstract = True

    @property
    def group(self) -> ArticleQuerySet:
        """Return this story and the same one in other languages, public or not."""
        stories: ArticleQuerySet = type(self).objects.all()
        if self.translation_group is None:
            return stories.filter(pk=self.pk)
        return stories.filter(translation_group=self.translation_group)

    @property
    def missing_languages(self) -> list[str]:
        """Return the languages of the site in which nobody has begun this story, in the order of the site."""
        taken = set(self.group.values_list("language", flat=True))
        return [code for code, _name in settings.LANGUAGES if code not in taken]

    def translate(self, language: str, by: User | None, *, copy_text: bool = False) -> Self:
        """Return a new draft of this story in another language, or the one that somebody was faster to begin.

        It has the picture, tags, section, label, embargo and planned time of the story, its people and the person who
        translates, and for each pinned story its translation. Raises PermissionDenied, and ValidationError for a
        language that the site does not have. `by` None is a command.
        """
        if by is not None and not self.may_be_copied_by(by):
            raise PermissionDenied
        if language not in dict(settings.LANGUAGES):
            raise ValidationError(gettext("Choose one of the languages of the site."))
        try:
            with transaction.atomic():
                self._begin_group()
                return self._in_language(language) or self._translate(language, by, copy_text)
        except IntegrityError:  # twice at once
            if begun := self._in_language(language):
                return begun
            raise

    def join(self, other: Self, by: User | None) -> None:
        """Make both stories one story in two languages, with the translations that each has.

        Raises PermissionDenied unless this person may change all of them, because readers are led from each to each;
        ValidationError where both have a translation in the same language.
        """
        if by is not None and not (self.may_be_joined_by(by) and other.may_be_joined_by(by)):
            raise PermissionDenied
        try:
            with transaction.atomic():
                self._begin_group()
                type(self).objects.filter(pk__in=[story.pk for story in other.group]).update(
                    translation_group=self.translation_group
                )
        except IntegrityError as error:
            raise ValidationError(
                gettext("Both have a translation in the same language: take one of them out first.")
            ) from error

    def may_be_joined_by(self, by: User) -> bool:
        """Return whether this person may change it and all its translations."""
        editable = type(self).objects.editable_by(by).values("pk")
        return not self.group.exclude(pk__in=editable).exists()

    @transaction.atomic
    def leave_group(self, by: User | None) -> None:
        """Take this story out: it is no translation of the others any more. Raises PermissionDenied."""
        if by is not None and not self.may_be_changed_by(by):
            raise PermissionDenied
        Translation.objects.filter(article__in=self.group, original=self.pk).delete()
        Translation.objects.filter(article=self.pk).delete()
        type(self).objects.filter(pk=self.pk).update(translation_group=None)
        self.translation_group = None

    def _begin_group(self) -> None:
        """Give the story a group if it has none; several at once agree on one."""
        stories = type(self).objects.filter(pk=self.pk)
        stories.filter(translation_group=None).update(translation_group=uuid.uuid4())
        self.translation_group = stories.values_list("translation_group", flat=True).first()

    def _in_language(self, language: str) -> Self | None:
        return cast("Self | None", self.group.filter(language=language).first())

    def _translate(self, language: str, by: User | None, copy_text: bool) -> Self:
        now = clock.now()
        later = {name: getattr(self, name) for name in ("embargo_until", "publish_at")}
        times = {name: moment for name, moment in later.items() if moment and moment > now}
        translated = type(self)(translation_group=self.translation_group, language=language, **times)
        note = gettext("Translated from “%(story)s”.") % {"story": self}
        translated.save_draft(by, Edit(self._content_in(language, by, copy_text), note=note))
        Translation.objects.create(article_id=translated.pk, original_id=self.pk, version=self.version)
        return translated

    def _content_in(self, language: str, by: User | None, copy_text: bool) -> Content:
        content = choices.bring_up_to_date(self.newest_content, self.newest_content)
        emptied = ("slug",) if copy_text else WRITTEN_ANEW
        content |= {**dict.fromkeys(emptied, ""), "language": language, "never_teased": False}
        translator = getattr(by, "author", None)
        if translator and translator.current.pk not in [pk for pk, *_rest in content["authors"]]:
            person = translator.current
            content["authors"] = [*content["authors"], [person.pk, person.name, BylineRole.TRANSLATOR.value]]
        return content | self._pins_in(language, by, content)

    def _pins_in(self, language: str, by: User | None, content: Content) -> Content:
        """Return the chosen related stories in the other language, without those that have no translation."""
        stories: ArticleQuerySet = type(self).objects.all()
        pinned = [pk for name in RELATED_PLACES for pk, _name in content[name]]
        groups = dict(stories.filter(pk__in=pinned).values_list("pk", "translation_group"))
        known = stories.filter(translation_group__in=[group for group in groups.values() if group], language=language)
        rows = {story.translation_group: story for story in (known if by is None else known.readable_by(by))}
        return {
            name: [id_and_name(rows[groups[pk]]) for pk, _name in content[name] if groups.get(pk) in rows]
            for name in RELATED_PLACES
        }
