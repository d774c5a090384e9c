"""A picture of the library: what it shows, who made it, who may change it, and where it is shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.author import Author
from articles.models.follow_up import FollowUp, works_on
from articles.models.image_copies import ImageCopies
from articles.models.image_queryset import ImageQuerySet
from articles.models.revision import Revision

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.users import User

RevisionOutcome = Literal["changed", "proposed", "nothing"]  # what became of somebody's change

IMAGE_WORDS = ("alt", "decorative", "caption", "credit")
IMAGE_CROP = ("focal_x", "focal_y")
IMAGE_FILE = ("file", "width", "height", "byte_size", "content_hash", "file_name")  # change together
FORMER_FILE_KEPT = datetime.timedelta(days=30)  # in which a replaced file can be put back
PIXELS_COPIED_AT_ONCE = 1_000_000  # the copies of a larger picture may take longer than a second


class Image(ImageCopies):
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What a reader who cannot see the picture should know."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tick if the picture adds nothing to the text."),
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    byte_size = models.PositiveIntegerField(_("size"), editable=False)  # bytes
    content_hash = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of the upload
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)  # of the upload

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100), name="image_focal_point_inside"
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="image_has_a_size"),
        ]
        indexes = [
            # With alt="" as its condition, SQLite would not use it: the value comes as a parameter.
            models.Index(
                fields=["alt", "-created_at", "-id"], condition=models.Q(decorative=False), name="image_undescribed"
            ),
            models.Index(fields=["-created_at", "-id"], name="image_newest"),
            models.Index(fields=["credit", "-created_at", "-id"], name="image_credit"),
        ]

    def __str__(self) -> str:
        number = {"number": self.pk}
        unnamed = gettext("Decorative picture %(number)s") if self.decorative else gettext("Picture %(number)s")
        return self.alt or self.caption[:80] or self.file_name or unnamed % number

    def clean(self) -> None:
        if not self.alt.strip() and not self.decorative:
            raise ValidationError({"alt": gettext("Say what the picture shows, or tick “decorative”.")})

    def may_be_changed_by(self, user: User) -> bool:
        """Return whether this person may change its words and crop at once."""
        return type(self).objects.editable_by(user).filter(pk=self.pk).exists()

    def may_be_proposed_by(self, user: User) -> bool:
        """Return whether this person may propose another text or crop to those who may publish."""
        return type(self).objects.proposable_by(user).filter(pk=self.pk).exists()

    def revise(self, by: User | None, values: Mapping[str, Any]) -> RevisionOutcome:
        """Change these words and this crop, or propose that where readers see the picture and `by` may not publish.

        Every way in which a person changes a picture ends here. `by` None is a command. Raises PermissionDenied, or
        ValidationError by field; OSError when the file cannot be read, of which a new crop is made: the words are
        stored then.
        """
        stored = type(self).objects.get(pk=self.pk)
        if by is None or stored.may_be_changed_by(by):
            unreadable = stored.prepare(values)
            if stored._store(values, by):
                if unreadable:
                    raise unreadable
                return "changed"
        if by is not None and stored.may_be_proposed_by(by):
            return "proposed" if stored.proposals.propose(stored, by, values) else "nothing"
        raise PermissionDenied

    @transaction.atomic
    def _store(self, values: Mapping[str, Any], by: User | None) -> bool:
        """Store what was prepared, unless a story was published meanwhile and `by` may only propose it now."""
        stored = type(self).objects.select_for_update().filter(pk=self.pk).first()
        if by is not None and not self.may_be_changed_by(by):
            return False
        self.save(update_fields=self.columns_to_write(values))
        self.proposals.withdraw_of(self, by)
        if stored and stored.content_hash != self.content_hash:
            self.proposals.record_replacement(stored, self, by)
            self.follow_replacement(stored)
        return True

    def follow_replacement(self, former: Image) -> None:
        """Request what follows after `former` lost its file: new copies, and later the deletion of the old file."""
        FollowUp.objects.request(FollowUp.Kind.FILES, [former.folder], after=FORMER_FILE_KEPT)
        if not self.renditions:
            FollowUp.objects.request_on_commit(FollowUp.Kind.COPIES, self.pk)

    @property
    def searched_texts(self) -> tuple[str, ...]:
        """Return the texts by whose words the library finds it."""
        return (self.alt, self.caption, self.credit, self.file_name)

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """Return these of its values as they are stored in JSON."""
        return {name: str(getattr(self, name)) if name == "file" else getattr(self, name) for name in names}

    def columns_to_write(self, values: Iterable[str]) -> list[str]:
        """Return what a change of these values writes.

        The focal point is one value, and so is the file; with both goes the record of the copies.
        """
        file = IMAGE_FILE if set(IMAGE_FILE) & set(values) else ()
        crop = [*IMAGE_CROP, "renditions"] if file or set(IMAGE_CROP) & set(values) else []
        return [*dict.fromkeys([*values, *file, *crop])]

    def prepare(self, values: Mapping[str, Any]) -> OSError | None:
        """Assign these values and make the copies of a new crop, which takes seconds. Nothing is saved yet.

        The copies of another file that is large are left to a follow-up.
        Returns why the file could not be read. Raises ValidationError by field.
        """
        self.assign(values)
        try:
            if set(IMAGE_FILE) & set(values) and self.width * self.height > PIXELS_COPIED_AT_ONCE:
                self.renditions = {}
            elif {*IMAGE_CROP, *IMAGE_FILE} & set(values):
                self.make_copies()
        except OSError as error:
            return error
        return None

    def assign(self, values: Mapping[str, Any]) -> None:
        """Assign these values. Raises ValidationError by field.

        A picture that has no alternative text yet may still get a caption or another crop.
        """
        self._require_free_file(values)
        for name, value in values.items():
            setattr(self, name, value)
        try:
            self.full_clean(exclude={field.name for field in self._meta.fields} - {*values})
        except ValidationError as error:
            concerned = {*values, *(["alt"] if "decorative" in values else [])}
            if problems := {name: found for name, found in error.error_dict.items() if name in concerned}:
                raise ValidationError(problems) from error

    def _require_free_file(self, values: Mapping[str, Any]) -> None:
        """Raise ValidationError when another picture has the file of these values, or when it is deleted."""
        if "content_hash" not in values:
            return
        if other := type(self).objects.filter(content_hash=values["content_hash"]).exclude(pk=self.pk).first():
            said = gettext("This file is in the library already, as “%(picture)s”.") % {"picture": other}
            raise ValidationError({"file": said})
        if not default_storage.exists(values["file"]):
            raise ValidationError({"file": gettext("The file is no longer there.")})

    @property
    def text_instead(self) -> str:
        """Return the alt attribute: empty when a reader who cannot see the picture misses nothing."""
        return "" if self.decorative else self.alt

    def uses(self, limit: int = 100) -> list[Article | Author]:
        """Return the stories that show it, last saved first, and the authors whose photo it is.

        At most `limit` of each. A story also shows what its changes show that are not public yet.
        """
        all_stories = Revision.stories()
        leads = all_stories.filter(lead_image=self).values("pk")
        bodies = type(self).in_bodies.through.objects.filter(image=self).values("article")
        in_changes = [story for picture, story in Revision.objects.unpublished().pictures() if picture == self.pk]
        changing = all_stories.filter(pk__in=in_changes).values("pk")
        stories = all_stories.filter(pk__in=leads.union(bodies, changing)).order_by("-saved_at", "-pk")
        return [*stories.only("headline")[:limit], *Author.objects.filter(photo=self)[:limit]]


@works_on(FollowUp.Kind.COPIES)
def make_postponed_copies(task: FollowUp) -> bool:
    """Make the copies of the picture with this id, unless it is deleted or gets another crop meanwhile."""
    image = Image.objects.filter(pk=task.key).first()
    if image is None:
        return True
    image.make_copies()
    focal = {"focal_x": image.focal_x, "focal_y": image.focal_y}
    with_this_crop = Image.objects.filter(pk=image.pk, file=image.file.name, **focal)
    if not with_this_crop.update(renditions=image.renditions) and not Image.objects.filter(pk=image.pk).exists():
        FollowUp.objects.request(FollowUp.Kind.FILES, [image.folder])
    return True
