"""Two records of one person become one, and for thirty days two again.

The merged record stays, without stories, and points to the other: old versions of stories name authors by id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles import clock
from articles.models.author import Author
from articles.models.byline import Byline
from articles.models.former_address import FormerAddress, plain_path
from articles.models.listing import Listing
from articles.models.tag_change import UNDO_FOR

if TYPE_CHECKING:
    from articles.users import User


ROWS_PER_QUERY = 1000


@dataclass(frozen=True)
class AuthorMergePlan:
    """What a merge would do."""

    author: Author  # who stays
    merged: Author
    moved: int  # stories that change their author
    shared: int  # stories that both signed, which lose one of the two names
    addresses: list[str]  # paths that will lead to who stays
    gives_account: bool


class AuthorMergeQuerySet(models.QuerySet["AuthorMerge"]):
    def plan(self, author: Author, merged: Author) -> AuthorMergePlan:
        """Return what would happen if `merged` became `author`. Raises ValidationError where they cannot."""
        _require_two_records(author, merged)
        shared = merged.bylines.filter(article__bylines__author=author).count()
        return AuthorMergePlan(
            author=author,
            merged=merged,
            moved=merged.bylines.count() - shared,
            shared=shared,
            addresses=[plain_path(merged), *merged.former_addresses.values_list("path", flat=True)],
            gives_account=bool(merged.user_id and not author.user_id),
        )

    @transaction.atomic
    def merge(self, author: Author, merged: Author, by: User | None) -> AuthorMerge:
        """Give all that `merged` signed to `author`, and its account to who has none.

        Raises ValidationError where they are one record, or one of them is merged already.
        """
        author, merged = _lock(author, merged)
        _require_two_records(author, merged)
        change = self.create(author=author, merged=merged, by=by)
        change.record = {
            "dropped": _drop_shared(author, merged),
            "moved": _move(merged.bylines.all(), author),
            "paths": [plain_path(merged), *merged.former_addresses.values_list("path", flat=True)],
            "was_active": merged.is_active,
            "user": merged.user_id if not author.user_id else None,
        }
        change.save(update_fields=["record"])
        _give_account(change.record["user"], merged, author)
        merged.merged_into, merged.is_active = author, False
        merged.save(update_fields=["merged_into", "is_active"])
        merged.former_addresses.update(author=author)
        FormerAddress.objects.record(plain_path(merged), author)
        return change


class AuthorMerge(models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name="merges")  # who stayed
    merged = models.ForeignKey(Author, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    # `moved`: ids of stories; `dropped`: [id of a story, role, position]; `paths`; `was_active`; `user`: id
    record = models.JSONField(default=dict)

    objects = AuthorMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "merge of authors"
        verbose_name_plural = "merges of authors"

    def __str__(self) -> str:
        return f"{self.merged} → {self.author}"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.at > clock.now() - UNDO_FOR

    @transaction.atomic
    def undo(self) -> int:
        """Make two records of them again; return how many stories went back.

        A story whose byline was changed since stays as it is. Raises ValidationError when it is too late, or the one
        who stayed has been merged into another author since.
        """
        author, merged = _lock(self.author, self.merged)
        change = AuthorMerge.objects.select_for_update().get(pk=self.pk)
        if not change.can_be_undone or merged.merged_into_id != author.pk:
            raise ValidationError(_("This can no longer be undone."))
        if author.merged_into_id:
            raise ValidationError(_("Undo the later merge first."))
        record = change.record
        back = sum(len(_move(author.bylines.filter(article__in=ids), merged)) for ids in _batches(record["moved"]))
        back += sum(_sign_again(merged, beside=author, rows=rows) for rows in _batches(record["dropped"]))
        _give_account(record["user"], author, merged)
        merged.merged_into, merged.is_active = None, record["was_active"]
        merged.save(update_fields=["merged_into", "is_active"])
        FormerAddress.objects.filter(path__in=record["paths"], author=author).update(author=merged)
        FormerAddress.objects.forget([plain_path(merged)])
        change.undone_at = clock.now()
        change.save(update_fields=["undone_at"])
        return back


def _lock(author: Author, merged: Author) -> tuple[Author, Author]:
    """Lock both, always in the same order, and return them as they are stored."""
    ids = [author.pk, merged.pk]
    found = {one.pk: one for one in Author.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return found[author.pk], found[merged.pk]


def _require_two_records(author: Author, merged: Author) -> None:
    if author.pk == merged.pk:
        raise ValidationError(_("This is one author: choose another one."))
    for one in (author, merged):
        if one.merged_into_id:
            raise ValidationError(_("“%(name)s” has already been merged into another author.") % {"name": one})


def _drop_shared(author: Author, merged: Author) -> list[list[Any]]:
    """Delete the bylines of stories that both signed, and return them."""
    shared = merged.bylines.filter(article__in=author.bylines.values("article"))
    rows = [list(row) for row in shared.order_by("article").values_list("article", "role", "position")]
    shared.delete()
    return rows


def _move(bylines: models.QuerySet[Byline], author: Author) -> list[int]:
    """Give these bylines to this author, but for stories that the author signs already; return the stories' ids."""
    moving = bylines.exclude(article__in=author.bylines.values("article"))
    ids = list(moving.order_by("article").values_list("article", flat=True))
    moving.order_by().update(author=author)
    return ids


def _sign_again(author: Author, *, beside: Author, rows: list[list[Any]]) -> int:
    """Write these bylines again where the other still signs and this author does not; return how many."""
    ids = [article for article, *_more in rows]
    signed = set(author.bylines.filter(article__in=ids).values_list("article", flat=True))
    others = {byline.article_id: byline for byline in beside.bylines.filter(article__in=ids)}
    missing = [row for row in rows if row[0] in others and row[0] not in signed]
    Byline.objects.bulk_create(
        Byline(
            article_id=article,
            author=author,
            role=role,
            position=position,
            **{field.name: getattr(others[article], field.name) for field in Listing._meta.local_fields},
        )
        for article, role, position in missing
    )
    return len(missing)


def _give_account(user: int | None, giver: Author, taker: Author) -> None:
    """Move this account from the one to the other, if the giver still has it and the taker has none."""
    if user is not None and giver.user_id == user and taker.user_id is None:
        Author.objects.filter(pk=giver.pk).update(user=None)
        Author.objects.filter(pk=taker.pk).update(user=user)
        giver.user_id, taker.user_id = None, user


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), ROWS_PER_QUERY):
        yield rows[start : start + ROWS_PER_QUERY]
