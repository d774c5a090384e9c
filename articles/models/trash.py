"""The trash: stories and pictures that somebody deleted, each whole, for thirty days.

What is in it has no rows of its own any more, so that no page, list, search, chooser or count can show it by mistake.
An entry holds these rows as a dump does; putting it back writes them again, under the same ids. A picture's files stay
where they are for as long (picture_files.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import choices
from articles.models.article import Article
from articles.models.autosave import Autosave
from articles.models.byline import Byline
from articles.models.follow_up import FollowUp, works_on
from articles.models.image import Image
from articles.models.image_proposal import ImageProposal
from articles.models.related_choice import RelatedChoice
from articles.models.revision import Revision
from articles.models.share_link import ShareLink
from articles.models.tag import Tag
from articles.models.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from articles.users import User

TIME_IN_TRASH = datetime.timedelta(days=30)
# What is kept of a story and of a picture beside the row itself: model and the foreign key to it, in the order in which
# the rows are written again. The rest derives from these, or is about who looked at it.
ROWS_OF_KINDS: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Article: (
        (Revision, "article"),
        (Byline, "article"),
        (TaggedArticle, "content_object"),
        (RelatedChoice, "article"),
        (RelatedChoice, "story"),
        (Autosave, "article"),
        (ShareLink, "article"),
    ),
    Image: ((ImageProposal, "image"),),
}


class WholeMoments(DjangoJSONEncoder):
    """Django's encoder, but with moments to the microsecond, as the database has them."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.datetime) else super().default(value)


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
            entry.owner = thing.created_by
        else:
            entry.owner, entry.folder = thing.uploaded_by, thing.folder
        entry.rows = serializers.serialize("json", [thing, *_parts_of(thing)], cls=WholeMoments)
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
            found |= stories if may_all else stories.filter(owner=user)
        return found


class TrashEntry(models.Model):
    class Kind(models.TextChoices):
        ARTICLE = "article", _("story")
        IMAGE = "image", _("picture")

    kind = models.CharField(max_length=20, choices=Kind)
    number = models.BigIntegerField()  # its id, before and after
    name = models.CharField(max_length=200)
    rows = models.TextField()  # as `manage.py dumpdata` writes them
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

    def _stored_rows(self) -> list[Any]:
        """Return what was serialized, the story or picture itself first."""
        return [row.object for row in serializers.deserialize("json", self.rows, ignorenonexistent=True)]

    def _restored_story(self) -> Article:
        story, *parts = self._stored_rows()
        _give_up_taken_names(story)
        _insert(story)
        for part in _with_current_tags(parts):
            part.pk = None  # only stories and pictures are named by their ids
            _insert(part)
        restored = Article.objects.get(pk=self.number)
        restored.body = choices.bring_up_to_date(restored.stored_content, restored.stored_content)["body"]
        restored.save()  # writes what derives from it, such as the words by which search finds it
        restored.update_listings()
        return restored

    def _restored_picture(self) -> Image:
        picture, *proposals = self._stored_rows()
        if again := Image.objects.filter(content_hash=picture.content_hash).first():
            return again
        for row in (picture, *proposals):
            _insert(row)
        return Image.objects.get(pk=self.number)


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


def _parts_of(thing: models.Model) -> Iterator[models.Model]:
    for model, name in ROWS_OF_KINDS[type(thing)]:
        yield from model._default_manager.filter(**{name: thing.pk}).order_by("pk")


def _insert(row: models.Model) -> None:
    """Insert this row as it was, unless something that it cannot be without has gone."""
    if _drop_gone_targets(row):
        models.Model.save_base(row, raw=True, force_insert=True)


def _drop_gone_targets(row: models.Model) -> bool:
    """Empty the foreign keys whose target has gone. Returns False when the row cannot be without one."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not field.is_relation or value is None:
            continue
        targets: Any = field.related_model
        if targets._default_manager.filter(pk=value).exists():
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    return True


def _give_up_taken_names(story: Article) -> None:
    """Leave an importer's id and a place among translations to the story that has taken it meanwhile."""
    if Article.objects.filter(source_id=story.source_id).exclude(source_id=None).exists():
        story.source_id = None
    group = Article.objects.filter(translation_group=story.translation_group, language=story.language)
    if group.exclude(translation_group=None).exists():
        story.translation_group = None


def _with_current_tags(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows; a tag that was merged meanwhile is the one that it went into, once."""
    parts = list(rows)
    current = Tag.objects.current_by_id([row.tag_id for row in parts if isinstance(row, TaggedArticle)])
    seen: set[int] = set()
    for row in parts:
        if isinstance(row, TaggedArticle):
            tag = current.get(row.tag_id)
            if tag is None or tag.pk in seen:
                continue
            row.tag_id = tag.pk
            seen.add(tag.pk)
        yield row
