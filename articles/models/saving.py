"""How a story is saved: whole, against the version it was loaded with, and with a record of it.

What the public may see is written to the story's own row and links; changes to a live story are set aside in a
Revision. One save is one transaction, one new version and one entry in the log.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles import clock
from articles.checklist import NOT_THEIR_SECTION
from articles.models import choices
from articles.models import content as contents
from articles.models.article_row import ArticleRow, StaleStory
from articles.models.content import ChosenRows, Content, Edit
from articles.models.former_address import FormerAddress
from articles.models.image import Image
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.story_links import number_story_links
from articles.models.unseen import with_unseen_stories

if TYPE_CHECKING:
    from articles.models.byline import Byline
    from articles.models.tag import Tag
    from articles.users import User


class Saving(ArticleRow):
    if TYPE_CHECKING:  # article.py has them

        @property
        def authors_in_order(self) -> list[Byline]: ...

        @property
        def tags_in_order(self) -> list[Tag]: ...

    _address = ""  # what it was before this save
    _listed: dict[str, Any] | None = None  # what its links said before this save

    class Meta:
        abstract = True

    @cached_property
    def stored_choices(self) -> ChosenRows:
        """Return the section, picture, people, tags and stories that the row and its links name."""
        return choices.read_choices(self)

    @cached_property
    def stored_content(self) -> Content:
        """Return what the row and its links hold: the public text, or the draft of a story that nobody sees."""
        return choices.read_content(self)

    @cached_property
    def newest_choices(self) -> ChosenRows:
        """Return what was chosen when it was saved last."""
        return choices.fetch_choices(self.newest_content) if self.has_changes else self.stored_choices

    @property
    def newest_content(self) -> Content:
        """Return what was saved last, with which a form opens."""
        revision = self.waiting or self.due
        return (
            contents.fill_missing_fields(revision.stored, lambda: self.stored_content)
            if revision
            else self.stored_content
        )

    @property
    def has_changes(self) -> bool:
        """Return whether changes to a live story wait or are scheduled."""
        return bool(self.waiting_id or self.due_id)

    def may_be_changed_by(self, user: User) -> bool:
        return type(self).objects.editable_by(user).filter(pk=self.pk).exists()

    def may_be_shared_by(self, user: User) -> bool:
        """Return whether this person may show it to an outsider before it is public."""
        return user.has_perm("articles.publish_article") and self.may_be_changed_by(user)

    def _require(self, permission: str, by: User | None) -> None:
        """Raise PermissionDenied unless `by` may do this. None stands for a command, which may do anything."""
        if by is None:
            return
        if not by.has_perm(permission) or (self.pk and not self.may_be_changed_by(by)):
            raise PermissionDenied

    def _require_section(self, content: Content, by: User | None) -> None:
        """Raise ValidationError for somebody who would take the story to a section that is not theirs."""
        if not self._may_be_in_section(content, by):
            raise ValidationError({"section": NOT_THEIR_SECTION})

    def _may_be_in_section(self, content: Content, by: User | None) -> bool:
        """Return whether this person may save the story with this section: the one it has, or one of theirs."""
        section = content["section"] and content["section"][0]
        if by is None or section in (None, self.section_id):
            return True
        return Section.objects.edited_by(by).filter(pk=section).exists()

    def _load_edit(self, edit: Edit, by: User | None = None) -> Content:
        """Return the content to save, cleaned, and give the story the version and times of the edit.

        Stories that `by` may not see stay chosen as they were, even if the edit lacks them.
        """
        self._address, self._listed = self.get_absolute_url(), self.listing()
        if edit.version is not None:
            self.version = edit.version
        for name, moment in edit.times.items():
            setattr(self, name, moment)
        if edit.content is None:
            return self._newest_today()
        content = contents.clean_content(edit.content)
        self._require_section(content, by)
        content["body"] = number_story_links(content["body"], by)
        return with_unseen_stories(content, self.newest_content, by)

    def _newest_today(self) -> Content:
        """Return what was saved last, without what is gone since: changes that wait may name it, a row cannot."""
        if not self.has_changes:
            return self.newest_content
        content = self.newest_content
        found = choices.with_current_names(content)
        return {**found, "section": found["section"] or (content["section"] and self.stored_content["section"])}

    def _require_storable(self, content: Content, before: Content) -> None:
        """Raise ValidationError, by field, for new values of this content that cannot be stored.

        Its pictures are held until the transaction ends, because waiting changes name them without a foreign key.
        """
        new = contents.changed_fields(before, content)
        if too_long := {name: words for name in new if (words := self._too_long(name, content[name]))}:
            raise ValidationError(too_long)
        if "language" in new and (words := self._why_language_stays(content["language"])):
            raise ValidationError({"language": words})
        if {"lead_image", "body"} & set(new):
            there = Image.objects.lock_against_deletion(contents.picture_ids(content))
            if content["lead_image"] and content["lead_image"][0] not in there:
                words = gettext("This picture has been deleted: choose another one.")
                raise ValidationError({"lead_image": words})
            if set(contents.body_picture_ids(content)) - there - set(contents.body_picture_ids(before)):
                words = gettext("A picture in the text has been deleted: remove it, or choose another one.")
                raise ValidationError({"body": words})

    def _why_language_stays(self, wanted: str) -> str:
        """Return why this story cannot be in another language, "" where it can."""
        if self.pk and self.was_public:
            return gettext("Readers know it in its language: translate it, or withdraw it and copy it as a new draft.")
        others = type(self).objects.filter(translation_group=self.translation_group, language=wanted)
        if self.translation_group and others.exclude(pk=self.pk).exists():
            return gettext("It has a translation in this language already.")
        return ""

    def _too_long(self, name: str, value: Any) -> str:
        """Return what to say of a text that is longer than its column, which SQLite would store all the same."""
        field: Any = self._meta.get_field(name) if name in contents.TEXTS else None
        limit = getattr(field, "max_length", None)
        if not limit or len(value) <= limit:
            return ""
        words = gettext("%(field)s: at most %(limit)d characters fit. Shorten it in the story’s form.")
        return words % {"field": capfirst(str(field.verbose_name)), "limit": limit}

    def _write(self, content: Content, event: str, *, by: User | None, note: str = "", message: str = "") -> None:
        """Save this content as the story's own; nothing waits any longer. Raises StaleStory."""
        newest = self.newest_content
        self.waiting = self.due = None
        self.due_at = None
        adding = not self.pk
        content = self._store_content(content, by)
        published = self.status == "published"
        Revision.objects.record(self, content, event, by=by, note=note, before=newest, published=published)
        self._log(by, message, ADDITION if adding else CHANGE)

    def _store_content(self, content: Content, by: User | None = None, *, bump: bool = True) -> Content:
        """Write row and links. Returns the content with the slug that was free."""
        stored, adding = self.stored_content, not self.pk
        for name in contents.TEXTS:
            setattr(self, name, content[name])
        if self._listed != self.listing() or "tags" in contents.changed_fields(stored, content):
            content = choices.lock_tags(content, stored)  # their links will be written
        changed = contents.changed_fields(stored, content)
        self._require_storable(content, stored)
        for name in contents.SINGLE_CHOICES:
            setattr(self, f"{name}_id", content[name] and content[name][0])
        if self.address_date and {"slug", "language"} & set(changed):
            self.slug = self.free_slug()
        if adding:
            self.created_by = by
            self.save()
            before = {}
        else:
            before = self.write_row(bump=bump, text_changed=bool(changed))
        self.store_links(content, [name for name in contents.LIST_FIELDS if name in changed], by)
        if self._address and self.was_public and self.get_absolute_url() != self._address:
            FormerAddress.objects.record(self._address, self)
        self.stored_content = {**content, "slug": self.slug}
        self.count(before, *([pk for pk, _name in one["tags"]] for one in (stored, content)))
        return self.stored_content

    def _store_pending(
        self,
        content: Content,
        event: str,
        *,
        by: User | None,
        note: str = "",
        message: str = "",
        for_time: datetime.datetime | None = None,
    ) -> Revision:
        """Store this content beside the public one, under the next version; `_move_pointers` decides what it is."""
        self._require_storable(content, self.newest_content)
        revision = Revision.objects.record(
            self,
            content,
            event,
            by=by,
            note=note,
            before=self.newest_content,
            version=self.version + 1,
            published=bool(for_time),
            for_time=for_time,
        )
        self._log(by, message)
        return revision

    def _move_pointers(self, **columns: Any) -> None:
        """Write these columns and the times, nothing else, under a new version. Raises StaleStory."""
        times = {name: getattr(self, name) for name in ("unpublish_at", "embargo_until")}
        columns |= {"version": self.version + 1, "saved_at": clock.now()}
        if not type(self).objects.filter(pk=self.pk, version=self.version).update(**columns, **times):
            raise StaleStory
        for name, value in columns.items():
            setattr(self, name, value)
        self.__dict__.pop("newest_choices", None)

    def _log(self, by: User | None, message: str, flag: int = CHANGE) -> None:
        """Add an entry to the desk's log; a command leaves none."""
        if by is not None:
            LogEntry.objects.log_actions(by.pk, [self], flag, message, single_object=True)
