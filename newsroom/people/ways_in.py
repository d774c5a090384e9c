"""The ways in which a person signs in, in words for the chief editor."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.models import User


def describe_ways_in(person: User) -> str:
    """Return what signs this person in without anything else before it."""
    external = SocialAccount.objects.filter(user=person).values_list("provider", "extra_data__email")
    accounts = [
        _("the account %(email)s of %(provider)s") % {"email": email, "provider": urlsplit(issuer).hostname}
        for issuer, email in external
    ]
    password = [_("the password")] if person.has_usable_password() else []
    keys = [one.wrap() for one in Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)]
    passkey = [_("a passkey alone")] if any(key.is_passwordless for key in keys) else []
    return ", ".join([*password, *passkey, *accounts]) or _("nothing yet")


def describe_second_factors(person: User) -> str:
    """Return what the desk asks for after the password."""
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    keys = kinds.count(Authenticator.Type.WEBAUTHN)
    words = [
        _("an authenticator app") if Authenticator.Type.TOTP in kinds else "",
        ngettext("%(count)d passkey", "%(count)d passkeys", keys) % {"count": keys} if keys else "",
        _("recovery codes") if Authenticator.Type.RECOVERY_CODES in kinds else "",
    ]
    return ", ".join(filter(None, words)) or _("none")
