"""The files of a picture: the master, and the copies that pages show.

The master is stored under a name made from the upload's content, its copies in a folder of that name; a copy's name
tells its shape, width and focal point. An address therefore never gets other content, and may be cached for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import renditions
from articles.renditions import ImageFormat, ImageShape

EXTENSIONS = {"jpeg": "jpg", "png": "png"}


class ImageCopies(models.Model):
    file = models.FileField(_("file"), upload_to="images/")
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
    renditions = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    @property
    def folder(self) -> str:
        """Return the folder in which the storage keeps its copies."""
        return str(self.file.name).rpartition(".")[0]

    def sizes(self, shape: ImageShape) -> list[tuple[int, int]]:
        """Return width and height of each copy of a shape that exists, smallest first."""
        return [(width, height) for width, height in self.renditions.get(shape, ())]

    def copy_url(self, shape: ImageShape, width: int, format: ImageFormat = "jpg") -> str:
        """Return the address of one of `sizes`, in a format that it has, without any query."""
        return f"{self._folder_url}/{_copy_name(shape, width, format, self.renditions['focal'])}"

    def has_avif(self, shape: ImageShape, width: int) -> bool:
        """Return whether the copy of this size exists as AVIF, which it does where that is smaller than WebP."""
        return width in self.renditions.get("avif", {}).get(shape, ())

    @cached_property
    def _folder_url(self) -> str:
        return self.file.url.rpartition(".")[0]

    def restore_master(self, master: bytes) -> None:
        """Store the master if it is missing."""
        if not default_storage.exists(str(self.file.name)):
            write_file(str(self.file.name), master)

    def make_copies(self, master: bytes = b"", *, overwrite: bool = False) -> int:
        """Make those copies that its size and focal point call for and that the storage has not; all when `overwrite`.

        Sets `renditions` to what exists, without saving. Returns how many were made.
        """
        planned = list(renditions.plan(self.width, self.height, self.focal_x, self.focal_y))
        focal = [self.focal_x, self.focal_y]
        names = {copy: _copy_name(copy.shape, copy.width, copy.format, focal) for copy in planned}
        stored = set() if overwrite else self.stored_copies()
        # Where there is a WebP copy and no AVIF copy, AVIF was not smaller.
        smaller = {(copy.shape, copy.width) for copy in planned if copy.format == "webp" and names[copy] in stored}
        missing = [
            copy
            for copy in planned
            if names[copy] not in stored and (copy.format != "avif" or (copy.shape, copy.width) not in smaller)
        ]
        if missing and not master:
            with self.file.open("rb") as file:
                master = file.read()
        made = []
        for copy, data in renditions.render(master, missing) if missing else ():
            write_file(f"{self.folder}/{names[copy]}", data)
            made.append(copy)
        kept = [copy for copy in planned if names[copy] in stored]
        self.renditions = _describe_copies([*kept, *made], focal)
        return len(made)

    def stored_copies(self) -> set[str]:
        """Return the names of the files in its folder, of former focal points too."""
        return copies_in(self.folder)

    def delete_former_copies(self) -> int:
        """Delete the copies of former focal points, once no cached page shows them. Returns how many there were."""
        focal = self.renditions["focal"]
        used = {
            _copy_name(shape, width, format_, focal)
            for shape in renditions.SHAPES
            for width, _height in self.sizes(shape)
            for format_ in renditions.FORMATS
            if format_ != "avif" or self.has_avif(shape, width)
        }
        former = self.stored_copies() - used
        for name in former:
            default_storage.delete(f"{self.folder}/{name}")
        return len(former)


def copies_in(folder: str) -> set[str]:
    """Return the names of the files in a picture's folder."""
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


def _copy_name(shape: ImageShape, width: int, format: ImageFormat, focal: list[int]) -> str:
    """
    >>> _copy_name("natural", 960, "avif", [50, 30]), _copy_name("card", 640, "webp", [50, 30])
    ('natural-960.avif', 'card-640-50-30.webp')
    """
    crop = "" if shape == "natural" else "-{}-{}".format(*focal)
    return f"{shape}-{width}{crop}.{format}"


def _describe_copies(copies: Iterable[renditions.Rendition], focal: list[int]) -> dict[str, Any]:
    """Return what pages need to know of the copies: the focal point in their names, their sizes, and which are AVIF."""
    sizes: dict[str, list[list[int]]] = {shape: [] for shape in renditions.SHAPES}
    avif: dict[str, list[int]] = {shape: [] for shape in renditions.SHAPES}
    for copy in sorted(copies, key=lambda copy: copy.width):
        if [copy.width, copy.height] not in sizes[copy.shape]:
            sizes[copy.shape].append([copy.width, copy.height])
        if copy.format == "avif":
            avif[copy.shape].append(copy.width)
    return {"focal": focal, "avif": {shape: widths for shape, widths in avif.items() if widths}, **sizes}


def write_file(name: str, data: bytes) -> None:
    """Store under exactly this name; the storage alone would choose another when it is taken."""
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
