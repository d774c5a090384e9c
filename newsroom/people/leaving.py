"""What ends when somebody leaves, and does not come back when they do: sessions, links, addresses that wait."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from articles import clock
from articles.models import ShareLink
from newsroom.models import User


def sign_out_everywhere(person: User) -> None:
    """End the sessions of this person, and the change to an address that somebody else may have asked for."""
    person.end_sessions()
    for session in UserSession.objects.filter(user=person):
        session.end()
    EmailAddress.objects.filter(user=person, verified=False).delete()


def end_access(person: User) -> None:
    """End everything by which this person, or whom they let in, sees what readers do not."""
    sign_out_everywhere(person)
    SocialAccount.objects.filter(user=person).delete()
    if person.is_invited:
        person.end_invitation()
    ShareLink.objects.filter(created_by=person, revoked_at=None).update(revoked_at=clock.now())
