"""The pictures of the library: how they come in, which are in use, and who may change which."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import DatabaseError, IntegrityError, connection, models, transaction

from articles import renditions
from articles.models.author import Author
from articles.models.byline import Byline
from articles.models.follow_up import FollowUp
from articles.models.image_copies import EXTENSIONS, write_file
from articles.models.image_term import ImageTerm
from articles.models.revision import Revision
from articles.renditions import MasterPicture
from articles.sql.row_lookups import has_row
from articles.terms import terms

if TYPE_CHECKING:
    from articles.models.image import Image
    from articles.users import User

MAX_TERMS = 12  # of a search
# Pictures of a term that are looked up by their ids. Those of a common one are met soon among the newest pictures.
MAX_PICTURES_OF_RARE_TERM = 1000
UPLOAD_TIMEOUT = datetime.timedelta(days=1)  # longer than any lasts


class ImageQuerySet(models.QuerySet["Image"]):
    def ingest(self, file: BinaryIO, *, by: User | None = None, copies_later: bool = False, **words: Any) -> Image:
        """Return the library's picture of this upload: a new one with all its copies, or the one made from these bytes.

        `words` are alt, decorative, caption, credit, focal_x and focal_y of a new picture; those left out are taken
        from the file. With `copies_later`, a follow-up makes the copies, and pages show the master until then.
        Raises renditions.ImageRefused with a sentence for the person who uploads.
        """
        content = file.read(renditions.MAX_BYTES + 1)
        return self.find_upload(content) or self.store_upload(
            content, renditions.reencode(BytesIO(content)), by=by, copies_later=copies_later, **words
        )

    def find_upload(self, content: bytes) -> Image | None:
        """Return the picture that was made from exactly these bytes."""
        return self.filter(content_hash=hashlib.sha256(content).hexdigest()).first()

    def store_upload(
        self,
        content: bytes,
        picture: MasterPicture,
        *,
        by: User | None = None,
        copies_later: bool = False,
        **words: Any,
    ) -> Image:
        """Store what became of an upload. That takes seconds, which is why no transaction should be open."""
        image = self.model(uploaded_by=by, **file_values(content, picture), **words)
        content_hash = image.content_hash
        image.alt = image.alt or picture.alt[:250]
        image.caption = image.caption or picture.caption
        image.credit = image.credit or picture.credit[:200]
        # Should this process die before the picture is stored, its files go later, see picture_files.py.
        announced = FollowUp.objects.request(FollowUp.Kind.FILES, [image.folder], after=UPLOAD_TIMEOUT)
        try:
            write_file(str(image.file.name), picture.data)
            if not copies_later:
                image.make_copies(picture.data)
            with transaction.atomic():
                image.save()
                FollowUp.objects.filter(kind=FollowUp.Kind.FILES, key=image.folder).delete()
                image.restore_master(picture.data)  # another upload of the same picture may have failed meanwhile
                if copies_later:
                    FollowUp.objects.request(FollowUp.Kind.COPIES, [image.pk])
                else:
                    image.make_copies(picture.data)
        except IntegrityError:  # somebody uploads the same picture at this moment, under the same names
            return self.get(content_hash=content_hash)
        except (DatabaseError, OSError):  # a full disk is not filled further with what no picture shows
            for task in announced:  # none when another upload of the same picture has begun since
                task.work()
            raise
        return image

    def store_file(self, content: bytes, picture: MasterPicture) -> dict[str, Any]:
        """Store the master of another file for a picture, and return the values that `Image.revise` is given.

        If it is neither taken nor proposed for a picture, the file is deleted after a day.
        """
        values = file_values(content, picture)
        FollowUp.objects.request(FollowUp.Kind.FILES, [values["file"].rpartition(".")[0]], after=UPLOAD_TIMEOUT)
        write_file(values["file"], picture.data)
        return values

    def lock_against_deletion(self, ids: Iterable[int]) -> set[int]:
        """Return which of these ids exist; nobody deletes those pictures until the transaction ends.

        A change that waits beside a story names its pictures without a foreign key.
        """
        if not connection.features.has_select_for_update:
            return set(self.filter(pk__in=ids).values_list("pk", flat=True))
        query = "SELECT id FROM articles_image WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"
        return {image.pk for image in self.raw(query, [list(ids)])}

    def used(self) -> ImageQuerySet:
        """Return those that a story or an author shows, changes included that are not public yet."""
        return self.filter(self._is_used())

    def unused(self) -> ImageQuerySet:
        return self.exclude(self._is_used())

    def _is_used(self) -> models.Q:
        in_changes = {picture for picture, _story in Revision.objects.unpublished().pictures()}
        return (
            models.Q(has_row(Revision.stories().filter(lead_image=models.OuterRef("pk"))))
            | models.Q(has_row(self.model.in_bodies.through.objects.filter(image=models.OuterRef("pk"))))
            | models.Q(has_row(Author.objects.filter(photo=models.OuterRef("pk"))))
            | models.Q(pk__in=in_changes)
        )

    def search(self, text: str) -> ImageQuerySet:
        """Return those that have, for each word of the text, a word that begins with it; none for a text without words.

        Upper case and accents make no difference.
        """
        typed = dict.fromkeys(terms(text)[:MAX_TERMS])
        found = self if typed else self.none()
        is_narrow = False
        for term in sorted(typed, key=len, reverse=True):  # the longest is the rarest, most of the time
            rows = ImageTerm.objects.beginning_with(term)
            ids = [] if is_narrow else list(rows.values_list("image", flat=True)[: MAX_PICTURES_OF_RARE_TERM + 1])
            if not is_narrow and len(ids) <= MAX_PICTURES_OF_RARE_TERM:
                found, is_narrow = found.filter(pk__in=set(ids)), True
            else:
                found = found.filter(has_row(rows.filter(image=models.OuterRef("pk"))))
        return found

    def newer_than(self, image: Image) -> Image | None:
        """Return the picture above this one in the library, which is newest first."""
        later = models.Q(created_at__gt=image.created_at) | models.Q(created_at=image.created_at, pk__gt=image.pk)
        return self.filter(later, created_at__gte=image.created_at).order_by("created_at", "pk").first()

    def older_than(self, image: Image) -> Image | None:
        """Return the picture below this one in the library."""
        earlier = models.Q(created_at__lt=image.created_at) | models.Q(created_at=image.created_at, pk__lt=image.pk)
        return self.filter(earlier, created_at__lte=image.created_at).order_by("-created_at", "-pk").first()

    def undescribed(self) -> ImageQuerySet:
        """Return those that say nothing to a reader who cannot see them, though they are not decorative."""
        return self.filter(alt="", decorative=False)

    def without_credit(self) -> ImageQuerySet:
        return self.filter(credit="")

    def for_readers(self) -> ImageQuerySet:
        """Return the pictures that readers see, or will see without another word of the desk."""
        return self.filter(self._is_for_readers())

    def _is_for_readers(self, beyond: User | None = None) -> models.Q:
        """Return the condition; with `beyond` only what stories show whose section is not this person's."""
        stories, scheduled = Revision.stories().for_readers(), Revision.objects.scheduled()
        if beyond:
            theirs = Revision.stories().in_sections_of(beyond).values("pk")
            stories, scheduled = stories.exclude(pk__in=theirs), scheduled.exclude(article__in=theirs)
        in_bodies = self.model.in_bodies.through.objects.filter(article__in=stories.values("pk"))
        signed = Byline.objects.filter(article__in=stories.values("pk"), author__photo=models.OuterRef("pk"))
        will_sign = Author.objects.filter(pk__in=scheduled.authors(), photo=models.OuterRef("pk"))
        return (
            models.Q(has_row(stories.filter(lead_image=models.OuterRef("pk"))))
            | models.Q(has_row(in_bodies.filter(image=models.OuterRef("pk"))))
            | models.Q(has_row(signed))
            | models.Q(has_row(will_sign))
            | models.Q(pk__in={picture for picture, _story in scheduled.pictures()})
        )

    def editable_by(self, user: User) -> ImageQuerySet:
        """Return the pictures that this person may change at once.

        Those that readers see are for those who may publish the stories that show them; others are for their uploader,
        and for those who may change every story.
        """
        if not user.has_perm("articles.change_image"):
            return self.none()
        if user.has_perm("articles.publish_article"):
            return self.filter(~self._is_for_readers(beyond=user)) if user.section_limits else self
        own = self if user.has_perm("articles.change_any_article") else self.filter(uploaded_by=user)
        return own.filter(~self._is_for_readers())

    def proposable_by(self, user: User) -> ImageQuerySet:
        """Return the pictures of which this person may propose a change: those that readers see, and others publish."""
        if not user.has_perm("articles.change_image"):
            return self.none()
        if not user.has_perm("articles.publish_article"):
            return self.for_readers()
        return self.filter(self._is_for_readers(beyond=user)) if user.section_limits else self.none()


def file_values(content: bytes, picture: MasterPicture) -> dict[str, Any]:
    """Return what a picture stores of its file; `content` is what was uploaded."""
    content_hash = hashlib.sha256(content).hexdigest()
    name = f"images/{content_hash[:2]}/{content_hash[2:22]}.{EXTENSIONS[picture.format]}"
    size = {"width": picture.width, "height": picture.height, "byte_size": len(picture.data)}
    return {"file": name, "content_hash": content_hash, **size}
