"""Keeps django-allauth's e-mail addresses as the people have them: one for each person."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from newsroom.models import User


def sync_email_address(
    sender: type[User], instance: User, raw: bool, update_fields: frozenset[str] | None = None, **_more: Any
) -> None:
    """Make the person's address the one that mail goes to: a receiver of post_save."""
    if raw or (update_fields is not None and "email" not in update_fields):
        return
    addresses = EmailAddress.objects.filter(user=instance)
    if addresses.filter(email=instance.email or "", primary=True).exists():
        return
    addresses.delete()  # with what waits for a confirmation: who asked for it may have been somebody else
    if instance.email:
        EmailAddress.objects.filter(email=instance.email).delete()  # a row that nobody has any more
        # What is not verified waits for a confirmation.
        EmailAddress.objects.create(user=instance, email=instance.email, primary=True, verified=True)
