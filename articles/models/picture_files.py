"""Files of pictures that are no longer needed: those of a deleted picture, and of an upload that never became one.

An upload announces the folder of its files as a follow-up before it stores the first, and takes that back together
with storing its picture. Files are deleted while that row is locked, so that no upload of the same picture, whose
files have the same names, can begin meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.core.files.storage import default_storage
from django.db import transaction

from articles.models.follow_up import FollowUp, works_on
from articles.models.image import Image
from articles.models.image_copies import EXTENSIONS, delete_files
from articles.models.image_proposal import ImageProposal
from articles.models.trash import TrashEntry

ROOT = "images"
FOLDER_PART = re.compile(r"[0-9a-f]{2}")  # the first two figures of a picture's hash
# The name of a folder of copies, or of a master
FOLDER_OR_MASTER = re.compile(rf"([0-9a-f]{{20}})(?:\.(?:{'|'.join(EXTENSIONS.values())}))?")


@works_on(FollowUp.Kind.FILES)
def delete_unneeded_files(task: FollowUp) -> bool:
    """Delete what the picture with this folder has left, unless there is such a picture or an upload of it began."""
    with transaction.atomic():
        mine = FollowUp.objects.select_for_update().filter(pk=task.pk, token=task.token)
        if mine.first() and not _needed([task.key]):
            delete_files(task.key)
    return True


def unneeded_folders() -> Iterator[str]:
    """Yield folders whose files, or whose master beside them, belong to no picture and to no upload under way.

    What does not have the name of a picture's file is left out.
    """
    for part in sorted(_listed(ROOT)[0]):
        if not FOLDER_PART.fullmatch(part):
            continue
        names = filter(
            None, (FOLDER_OR_MASTER.fullmatch(name) for names in _listed(f"{ROOT}/{part}") for name in names)
        )
        stored = {f"{ROOT}/{part}/{name[1]}" for name in names}
        # Uploads first: one that ends between the two queries has its picture then.
        stored -= set(FollowUp.objects.filter(kind=FollowUp.Kind.FILES, key__in=stored).values_list("key", flat=True))
        yield from sorted(stored - _needed(stored))


def _needed(folders: Iterable[str]) -> set[str]:
    """Return which of these folders belong to a picture, are proposed for one, or belong to one in the trash."""
    names = list(folders)
    masters = [f"{folder}.{extension}" for folder in names for extension in EXTENSIONS.values()]
    owned = {name.rpartition(".")[0] for name in Image.objects.filter(file__in=masters).values_list("file", flat=True)}
    proposed = {proposal.folder for proposal in ImageProposal.objects.open()} & {*names}
    return owned | proposed | set(TrashEntry.objects.filter(folder__in=names).values_list("folder", flat=True))


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
