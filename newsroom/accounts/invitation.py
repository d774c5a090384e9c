"""Invitations: a link by which somebody chooses the first password. It ends when used, repeated or withdrawn."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from articles.states import name_of
from newsroom.models import User


def invitation_url(person: User) -> str:
    """Return the address at which this person, who has been invited, chooses a password.

    Nothing of it is stored: it is signed for the password that there is now.
    """
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return str(get_adapter().get_reset_password_from_key_url(key))


def send_invitation(person: User, by: User | None = None) -> None:
    """Invite this person by mail, in their language."""
    person.invite()
    context = {"user": person, "inviter": name_of(by), "invitation_url": invitation_url(person)}
    get_adapter().send_mail("account/email/invitation", person.email, context)
