"""The forms of signing in and of a person's own account, in the words of the newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.guesses import count_code
from newsroom.models import User
from newsroom.models.user import EMAIL_TAKEN

MAX_CREDENTIAL_LENGTH = 20_000  # characters
WRONG_KEY = _("This passkey cannot be used. Try again.")

LABELS = {
    "login": _("User name or e-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "email": _("E-mail address"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
    "passwordless": _("Sign in with this passkey alone, without the password"),
}

HELP = {"passwordless": _("“Sign in with a passkey” on the sign-in page takes such passkeys alone.")}


@contextmanager
def _refusing_nonsense() -> Iterator[None]:
    """Refuse what no key says: the library that reads it raises whatever it stumbles over."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise forms.ValidationError(WRONG_KEY) from None


class LabelledForm(forms.Form):
    """A form whose labels say what is meant, so that nothing has to stand in the fields; the first has the focus."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
        for name in {"password", "oldpassword", "passwordless"} & self.fields.keys():
            self.fields[name].help_text = HELP.get(name, "")
        for first in self.visible_fields()[:1]:
            first.field.widget.attrs["autofocus"] = True


class SignInForm(LabelledForm, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ForgottenPasswordForm(LabelledForm, account.ResetPasswordForm):
    def clean_email(self) -> str:
        """Find who has this address and a password, by one query whether anybody has them or not.

        Who is invited waits for the link of the invitation, which ends: this would be another one without an end.
        """
        email: str = self.cleaned_data["email"].lower()
        people = User.objects.filter(email=email, is_active=True, is_staff=True)
        self.users = list(people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX))
        return email


class NewPasswordForm(LabelledForm, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(LabelledForm, account.ChangePasswordForm):
    pass


class SetPasswordForm(LabelledForm, account.SetPasswordForm):
    pass


class PasswordAgainForm(LabelledForm, account.ReauthenticateForm):
    pass


class NewAddressForm(LabelledForm, account.AddEmailForm):
    def clean_email(self) -> str:
        """Say at once that a colleague has this address, as the people's page does."""
        email = super().clean_email()
        if User.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(EMAIL_TAKEN)
        return str(email)


class CountedCodeForm(factor.BaseAuthenticateForm):
    @cached_property
    def kinds(self) -> set[str]:
        """Return what second factors the person has."""
        return set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))

    def clean_code(self) -> str:
        """Count every code before looking at it; a right one takes back its own count and no other."""
        guess = count_code(context.request, self.user)
        if not guess:
            raise get_adapter().validation_error("too_many_codes")
        code: str = self.cleaned_data["code"]
        with_codes = Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN)
        authenticators = list(with_codes.order_by("-type"))  # an app before the recovery codes
        for authenticator in authenticators:
            if authenticator.wrap().validate_code(code):
                authenticator.user = self.user
                self.authenticator = authenticator
                guess.rollback()
                return code
        for authenticator in authenticators[:1]:
            self._emit_authentication_failed(authenticator)
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(LabelledForm, CountedCodeForm, factor.AuthenticateForm):
    pass


class CodeAgainForm(LabelledForm, CountedCodeForm, factor.ReauthenticateForm):
    pass


class FirstCodeForm(LabelledForm, totp.ActivateTOTPForm):
    pass


class CredentialField(forms.JSONField):
    """What a browser says of a key; a few kilobytes, whatever the key."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > MAX_CREDENTIAL_LENGTH:
            raise forms.ValidationError(WRONG_KEY)
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise forms.ValidationError(WRONG_KEY) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return nothing for a form that is shown again: the browser asks the key again."""
        return None


class KeyForm(webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        with _refusing_nonsense():
            return super().clean_credential()


class KeyAloneForm(KeyForm, webauthn.LoginWebAuthnForm):
    pass


class KeyAgainForm(KeyForm, webauthn.ReauthenticateWebAuthnForm):
    pass


class NewKeyForm(LabelledForm, webauthn.AddWebAuthnForm):
    credential = CredentialField()

    def clean(self) -> Any:
        with _refusing_nonsense():
            return super().clean()


class KeyNameForm(LabelledForm, webauthn.EditWebAuthnForm):
    pass
