"""The trash: stories and pictures that somebody deleted, each whole, for thirty days.

What is in it has no rows of its own any more, so that no page, list, search, chooser or count can show it by mistake.
An entry holds these rows as a dump does; putting it back writes them again, under the same ids. The content of a story
stands beside them, so that it is brought to today's shape like every other stored content. A picture's files stay where
they are for as long (picture_files.py).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import choices
from articles.models.article import Article
from articles.models.follow_up import FollowUp, works_on
from articles.models.image import Image
from articles.models.image_term import ImageTerm
from articles.models.section import Section
from articles.models.stored_content import StoredContent
from articles.models.trash_rows import (
    dump_rows,
    fill_columns,
    follow_merged_tags,
    give_up_taken_names,
    insert_again,
    load_rows,
)

if TYPE_CHECKING:
    from articles.users import User

TIME_IN_TRASH = datetime.timedelta(days=30)


class TrashEntryQuerySet(models.QuerySet["TrashEntry"]):
    @transaction.atomic
    def put_in(self, thing: Article | Image, by: User | None) -> TrashEntry:
        """Move this story or picture into the trash.

        Raises PermissionDenied; ValidationError for a story that readers see or will see; DoesNotExist when it is gone
        already; and what its deletion raises, such as ProtectedError for a picture in use.
        """
        model = type(thing)
        thing = model.objects.select_for_update().get(pk=thing.pk)  # as it is stored now
        if isinstance(thing, Article) and thing.first_published_at:
            raise ValidationError(gettext("Readers have seen it, or will: withdraw it instead."))
        if by is not None and not _may_delete(thing, by):
            raise PermissionDenied
        entry = self.model(kind=str(model._meta.model_name), number=thing.pk, name=str(thing)[:200], moved_by=by)
        if isinstance(thing, Article):
            entry.owner, entry.content = thing.created_by, thing.stored_content
        else:
            entry.owner, entry.folder = thing.uploaded_by, thing.folder
        entry.rows = dump_rows(thing)
        entry.save()
        thing.delete()
        FollowUp.objects.request(FollowUp.Kind.TRASH, [entry.pk], after=TIME_IN_TRASH)
        return entry

    def seen_by(self, user: User) -> TrashEntryQuerySet:
        """Return what this person may put back or delete for good: what they may delete where it comes from.

        Of stories only their own, unless they may change every story.
        """
        found = self.none()
        if user.has_perm("articles.delete_image"):
            found |= self.filter(kind="image")
        if user.has_perm("articles.delete_article"):
            stories = self.filter(kind="article")
            may_all = user.has_perm("articles.change_any_article") and user.has_perm("articles.view_any_article")
            found |= stories.of_every_section(user) if may_all else stories.filter(owner=user)
        return found

    def of_every_section(self, user: User) -> TrashEntryQuerySet:
        """Return them all to those who edit every section, else what they moved here themselves."""
        if user.is_superuser:
            return self
        return self.filter(Q(moved_by=user) | ~Exists(Section.limits_for_user(user)))


class TrashEntry(models.Model):
    class Kind(models.TextChoices):
        ARTICLE = "article", _("story")
        IMAGE = "image", _("picture")

    kind = models.CharField(max_length=20, choices=Kind)
    number = models.BigIntegerField()  # its id, before and after
    name = models.CharField(max_length=200)
    rows = models.TextField()  # as `manage.py dumpdata` writes them
    content = StoredContent(default=dict)  # of a story, for its columns may be others when it is put back
    folder = models.CharField(max_length=200, blank=True, db_index=True)  # of a picture's files
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )  # who began the story or uploaded the picture
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField(default=clock.now)

    objects = TrashEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("trash")
        verbose_name_plural = _("trash")
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="trash_entry_once")]
        indexes = [models.Index(fields=["-moved_at", "-id"], name="trash_entry_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def deleted_at(self) -> datetime.datetime:
        """Return when it is deleted for good."""
        return self.moved_at + TIME_IN_TRASH

    @property
    def days_left(self) -> int:
        """Return how many days are left, counted up: 30 on the first day, 1 on the last."""
        return max(0, -((clock.now() - self.deleted_at) // datetime.timedelta(days=1)))

    @transaction.atomic
    def put_back(self, by: User | None) -> Article | Image:
        """Write what was deleted again, without what has gone since, and return it.

        A picture that was uploaded again meanwhile is that one. Raises PermissionDenied; DoesNotExist when somebody
        else was faster.
        """
        entry = self._lock(by)
        entry._forget()
        return entry._restored_picture() if entry.kind == self.Kind.IMAGE else entry._restored_story()

    @transaction.atomic
    def delete_for_good(self, by: User | None) -> None:
        """Delete it now. Raises PermissionDenied; DoesNotExist when somebody else was faster."""
        entry = self._lock(by)
        entry._forget()
        if entry.folder:
            FollowUp.objects.request_on_commit(FollowUp.Kind.FILES, entry.folder)

    def _lock(self, by: User | None) -> TrashEntry:
        entry = TrashEntry.objects.select_for_update().get(pk=self.pk)
        if by is not None and not TrashEntry.objects.seen_by(by).filter(pk=self.pk).exists():
            raise PermissionDenied
        return entry

    def _forget(self) -> None:
        FollowUp.objects.filter(kind=FollowUp.Kind.TRASH, key=str(self.pk)).delete()
        TrashEntry.objects.filter(pk=self.pk).delete()

    def _restored_story(self) -> Article:
        story, *parts = load_rows(self.rows, without=self.content)
        fill_columns(story, self.content)
        give_up_taken_names(story)
        insert_again(story)
        for part in follow_merged_tags(parts):
            part.pk = None  # only stories and pictures are named by their ids
            insert_again(part)
        restored = Article.objects.get(pk=self.number)
        restored.body = choices.bring_up_to_date(restored.stored_content, restored.stored_content)["body"]
        restored.save()  # writes what derives from it, such as the words by which search finds it
        restored.update_listings()
        return restored

    def _restored_picture(self) -> Image:
        picture, *proposals = load_rows(self.rows)
        if again := Image.objects.filter(content_hash=picture.content_hash).first():
            return again
        for row in (picture, *proposals):
            insert_again(row)
        restored = Image.objects.get(pk=self.number)
        ImageTerm.objects.write(restored)
        return restored


@works_on(FollowUp.Kind.TRASH)
def delete_after_its_time(task: FollowUp) -> bool:
    """Delete the entry with this id for good, unless somebody has put it back."""
    entry = TrashEntry.objects.filter(pk=task.key).first()
    if entry is None:
        return True
    if entry.deleted_at > clock.now():
        return False
    entry.delete_for_good(None)
    return True


def _may_delete(thing: Article | Image, user: User) -> bool:
    if isinstance(thing, Image):
        return user.has_perm("articles.delete_image")
    return user.has_perm("articles.delete_article") and thing.may_be_changed_by(user)
