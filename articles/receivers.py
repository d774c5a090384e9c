"""The consequences of a change, wherever the change was made: connected in apps.py."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext

from articles import richtext
from articles.models import AdvicePoint, Article, FollowUp, Image, ImageProposal, ImageTerm, Revision, SearchEntry
from articles.models.article import story_stored
from articles.models.image import FORMER_FILE_KEPT
from articles.models.revision import revision_recorded


@receiver(story_stored)
def index_words(story: Article, **_kwargs: Any) -> None:
    """Let the search find it by what it says now."""
    SearchEntry.objects.write([story])


@receiver(story_stored)
def note_pictures_of_text(story: Article, **_kwargs: Any) -> None:
    """Note that the pictures in its text are in use."""
    story.body_images.set(Image.objects.filter(pk__in=richtext.find_picture_ids(story.body)))


@receiver(story_stored)
def request_related_stories(story: Article, **_kwargs: Any) -> None:
    """Request its related stories, which are found once the save is final, even if this process dies."""
    if story.first_published_at:
        FollowUp.objects.request_on_commit(FollowUp.Kind.RELATED, story.pk)


@receiver(revision_recorded)
def note_advice(revision: Revision, **_kwargs: Any) -> None:
    """Note what the checklist advises about the newest state of the story."""
    waits_on_top = revision.event == Revision.Event.CHANGES_DUE and revision.article.waiting_id
    if revision.event != Revision.Event.KEPT and not waits_on_top:
        AdvicePoint.objects.note(revision.article, revision.stored)


@receiver(post_save, sender=Image)
def index_words_of_picture(sender: type[Image], instance: Image, raw: bool, **_kwargs: Any) -> None:
    """Let the library find it by what it says now. A dump brings the terms along."""
    if not raw:
        ImageTerm.objects.write(instance)


@receiver(pre_delete, sender=Image)
def keep_pictures_in_use(sender: type[Image], instance: Image, **_kwargs: Any) -> None:
    """Protect what the database does not: a picture in a story's text or its changes, and an author's.

    Whoever saves a change with it at this moment holds it (ImageQuerySet.lock_against_deletion), and is waited for.
    """
    Image.objects.select_for_update().filter(pk=instance.pk).first()
    if uses := instance.uses():
        raise models.ProtectedError(gettext("The picture is in use."), set(uses))


@receiver(post_delete, sender=Image)
def delete_files_of_picture(sender: type[Image], instance: Image, **_kwargs: Any) -> None:
    """Delete the files once the deletion is final, even if this process dies: a rolled-back one keeps them."""
    FollowUp.objects.request_on_commit(FollowUp.Kind.FILES, instance.folder)


@receiver(post_delete, sender=ImageProposal)
def delete_proposed_file(sender: type[ImageProposal], instance: ImageProposal, **_kwargs: Any) -> None:
    """Delete the file that waited beside a deleted picture, unless the picture comes back out of the trash."""
    if instance.folder and instance.state == ImageProposal.State.OPEN:
        FollowUp.objects.request(FollowUp.Kind.FILES, [instance.folder], after=FORMER_FILE_KEPT)
