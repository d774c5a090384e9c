"""Invitations: a link by which somebody chooses the first password. It ends when used, repeated or withdrawn."""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.states import name_of
from newsroom.models import User

logger = logging.getLogger(__name__)


def invitation_url(person: User) -> str:
    """Return the address at which this person, who has been invited, chooses a password.

    Nothing of it is stored: it is signed for the password that there is now.
    """
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return str(get_adapter().get_reset_password_from_key_url(key))


def send_invitation(person: User, by: User) -> bool:
    """Invite this person by mail, in their language; return whether the mail server took it."""
    person.invite()
    if not (settings.EMAIL_HOST and person.email):
        return False
    context = {"user": person, "inviter": name_of(by), "invitation_url": invitation_url(person)}
    try:
        get_adapter().send_mail_now("account/email/invitation", person.email, context)
    except (OSError, ValueError):  # what smtplib raises, too; an address that cannot be written
        logger.exception("The invitation of %s could not be sent", person.get_username())
        return False
    return True


def invite_by_mail(request: HttpRequest, person: User, by: User) -> None:
    """Invite this person and say so; show the link where no mail could be sent, for `by` to hand it on."""
    if send_invitation(person, by):
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": person.email})
    else:
        said = _("%(name)s is invited, but no mail could be sent. Hand on this link yourself: it is shown only once.")
        part = {"label": said % {"name": name_of(person)}, "address": invitation_url(person)}
        messages.warning(request, render_to_string("admin/_given_address.html", part))
