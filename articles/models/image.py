"""A picture of the library: its file, what it shows, who made it, and where to crop.

The master is stored under a name made from the upload's content, its copies in a folder of that name; a copy's name
tells its shape, width and focal point. An address therefore never gets other content, and may be cached for ever.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import renditions
from articles.models.follow_up import FollowUp
from articles.renditions import Format, Picture, Shape

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.author import Author

EXTENSIONS = {"jpeg": "jpg", "png": "png"}
UPLOAD = datetime.timedelta(days=1)  # longer than any lasts


class ImageQuerySet(models.QuerySet["Image"]):
    def ingest(self, file: BinaryIO, *, by: Any = None, **words: Any) -> Image:
        """The library's picture of this upload: a new one with all its copies, or the one made from the same bytes.

        `words` are alt, decorative, caption, credit, focal_x and focal_y of a new picture; those left out are taken
        from the file. Raises renditions.ImageRefused with a sentence for the person who uploads.
        """
        content = file.read(renditions.MAX_BYTES + 1)
        return self.known(content) or self.keep(content, renditions.reencode(BytesIO(content)), by=by, **words)

    def known(self, content: bytes) -> Image | None:
        """The picture that was made from exactly these bytes."""
        return self.filter(content_hash=hashlib.sha256(content).hexdigest()).first()

    def keep(self, content: bytes, picture: Picture, *, by: Any = None, **words: Any) -> Image:
        """Store what became of an upload; takes seconds, which is why no transaction should be open."""
        content_hash = hashlib.sha256(content).hexdigest()
        image = self.model(content_hash=content_hash, uploaded_by=by, **words)
        image.alt = image.alt or picture.alt[:250]
        image.caption = image.caption or picture.caption
        image.credit = image.credit or picture.credit[:200]
        image.width, image.height, image.byte_size = picture.width, picture.height, len(picture.data)
        image.file.name = f"images/{content_hash[:2]}/{content_hash[2:22]}.{EXTENSIONS[picture.format]}"
        # Should this process die before the picture is stored, its files go later, see picture_files.py.
        FollowUp.objects.request(FollowUp.Kind.FILES, [image.folder], after=UPLOAD)
        try:
            _put(image.file.name, picture.data)
            image.make_copies(picture.data)
            with transaction.atomic():
                image.save()
                FollowUp.objects.filter(kind=FollowUp.Kind.FILES, key=image.folder).delete()
        except IntegrityError:  # somebody uploads the same picture at this moment, under the same names
            return self.get(content_hash=content_hash)
        except (DatabaseError, OSError):  # a full disk is not filled further with what no picture shows
            if not self.known(content):
                delete_files(image.folder)
            raise
        return image

    def unused(self) -> ImageQuerySet:
        """Those that no story and no author shows."""
        from articles.models.article import Article
        from articles.models.author import Author

        return self.filter(
            ~models.Exists(Article.objects.filter(lead_image=models.OuterRef("pk"))),
            ~models.Exists(Article.body_images.through.objects.filter(image=models.OuterRef("pk"))),
            ~models.Exists(Author.objects.filter(photo=models.OuterRef("pk"))),
        )

    def editable_by(self, user: Any) -> ImageQuerySet:
        """The pictures that this person may change: all, or those that they uploaded."""
        if not user.has_perm("articles.change_image"):
            return self.none()
        if user.has_perm("articles.change_any_article"):
            return self
        return self.filter(uploaded_by=user)


class Image(models.Model):
    file = models.FileField(_("file"), upload_to="images/")
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What a reader who cannot see the picture should know."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tick when the picture says nothing that the text does not."),
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent."),
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the top"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)  # pixels, of the stored file
    height = models.PositiveIntegerField(_("height"), editable=False)  # pixels
    byte_size = models.PositiveIntegerField(_("size"), editable=False)  # bytes
    content_hash = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of the upload
    renditions = models.JSONField(default=dict, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

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

    def __str__(self) -> str:
        return self.alt or self.caption[:80] or gettext("Decorative picture %(number)s") % {"number": self.pk}

    def clean(self) -> None:
        if not self.alt.strip() and not self.decorative:
            raise ValidationError({"alt": gettext("Say what the picture shows, or tick “decorative”.")})

    @property
    def folder(self) -> str:
        """Where the storage keeps its copies."""
        return str(self.file.name).rpartition(".")[0]

    @property
    def text_instead(self) -> str:
        """The alt attribute: empty when a reader who cannot see the picture misses nothing."""
        return "" if self.decorative else self.alt

    def sizes(self, shape: Shape) -> list[tuple[int, int]]:
        """Width and height of each copy of a shape that exists, smallest first."""
        return [(width, height) for width, height in self.renditions.get(shape, ())]

    def copy_url(self, shape: Shape, width: int, format: Format = "jpg") -> str:
        """The address of one of `sizes`, in one of renditions["formats"]. Asks neither database nor storage."""
        return f"{self._folder_url}/{_copy_name(shape, width, format, self.renditions['focal'])}"

    @cached_property
    def _folder_url(self) -> str:
        return self.file.url.rpartition(".")[0]

    def uses(self, limit: int = 100) -> list[Article | Author]:
        """The stories that show it, last saved first, and the authors whose photo it is; at most `limit` of each."""
        from articles.models.article import Article
        from articles.models.author import Author

        leads = Article.objects.filter(lead_image=self).values("pk")
        bodies = Article.body_images.through.objects.filter(image=self).values("article")
        stories = Article.objects.filter(pk__in=leads.union(bodies)).order_by("-saved_at", "-pk")
        return [*stories.only("headline")[:limit], *Author.objects.filter(photo=self)[:limit]]

    def make_copies(self, master: bytes = b"", *, anew: bool = False) -> int:
        """Make those copies that its size and focal point call for and that the storage has not; all when `anew`.

        Sets `renditions` to what exists, without saving. Returns how many were made.
        """
        planned = list(renditions.plan(self.width, self.height, self.focal_x, self.focal_y))
        focal = [self.focal_x, self.focal_y]
        names = {copy: _copy_name(copy.shape, copy.width, copy.format, focal) for copy in planned}
        stored = set() if anew else self.stored_copies()
        missing = [copy for copy in planned if names[copy] not in stored]
        if missing and not master:
            with self.file.open("rb") as file:
                master = file.read()
        made = 0
        for copy, data in renditions.render(master, missing) if missing else ():
            _put(f"{self.folder}/{names[copy]}", data)
            made += 1
        self.renditions = _record(planned, focal)
        return made

    def stored_copies(self) -> set[str]:
        """The names of the files in its folder, of former focal points too."""
        return copies_in(self.folder)

    def drop_former_copies(self) -> int:
        """Delete the copies of former focal points, once no cached page shows them. Returns how many there were."""
        focal = self.renditions["focal"]
        used = {
            _copy_name(shape, width, format_, focal)
            for shape in renditions.SHAPES
            for width, _height in self.sizes(shape)
            for format_ in renditions.FORMATS
        }
        former = self.stored_copies() - used
        for name in former:
            default_storage.delete(f"{self.folder}/{name}")
        return len(former)


def copies_in(folder: str) -> set[str]:
    """The names of the files in a picture's folder."""
    try:
        return set(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return set()


def delete_files(folder: str) -> None:
    """Delete the master and every copy of the picture with this folder."""
    for name in copies_in(folder):
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
    for extension in EXTENSIONS.values():
        default_storage.delete(f"{folder}.{extension}")


def _copy_name(shape: Shape, width: int, format: Format, focal: list[int]) -> str:
    """
    >>> _copy_name("natural", 960, "avif", [50, 30]), _copy_name("card", 640, "webp", [50, 30])
    ('natural-960.avif', 'card-640-50-30.webp')
    """
    crop = "" if shape == "natural" else "-{}-{}".format(*focal)
    return f"{shape}-{width}{crop}.{format}"


def _record(planned: Iterable[renditions.Rendition], focal: list[int]) -> dict[str, Any]:
    """What pages need to know of the copies: the focal point in their names, their formats and sizes."""
    formats = [name for name in renditions.FORMATS if name != "avif" or not renditions.avif_is_missing()]
    sizes: dict[str, list[list[int]]] = {shape: [] for shape in renditions.SHAPES}
    for copy in planned:
        if copy.format == "jpg":  # every size has one
            sizes[copy.shape].append([copy.width, copy.height])
    return {"focal": focal, "formats": formats, **sizes}


def _put(name: str, data: bytes) -> None:
    """Store under exactly this name; the storage alone would choose another when it is taken."""
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
