"""What django-allauth tells people, in the words of the newsroom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PASSWORD_CHANGED = _("Your password was changed.")
PASSWORD_SAVED = _("Your password is saved.")
CODES_CHANGED = _("You have new recovery codes; any earlier ones no longer work.")
APP_ADDED = _("An authenticator app was added to your account.")
APP_REMOVED = _("The authenticator app was removed from your account.")
PASSKEY_ADDED = _("A passkey was added to your account.")
PASSKEY_REMOVED = _("A passkey was removed from your account.")

# What a person gets a mail about when it happened to their account, by django-allauth's name for the mail.
NOTIFICATIONS = {
    "account/email/email_changed": _("Your e-mail address was changed."),
    "account/email/email_confirm": _("Your e-mail address was confirmed."),
    "account/email/email_deleted": _("An e-mail address was removed from your account."),
    "account/email/password_changed": PASSWORD_CHANGED,
    "account/email/password_reset": PASSWORD_CHANGED,
    "account/email/password_set": PASSWORD_CHANGED,
    "socialaccount/email/account_connected": _(
        "An external account was connected to yours: you can sign in with it now."
    ),
    "mfa/email/recovery_codes_generated": CODES_CHANGED,
    "mfa/email/totp_activated": APP_ADDED,
    "mfa/email/totp_deactivated": APP_REMOVED,
    "newsroom/second_factor_removed": _(
        "Your second factor was removed: authenticator app, passkeys and recovery codes."
    ),
    "mfa/email/webauthn_added": PASSKEY_ADDED,
    "mfa/email/webauthn_removed": PASSKEY_REMOVED,
}

# What the next page says, by django-allauth's template. What is not here is not said: a sign-in shows by itself.
MESSAGES = {
    "account/messages/email_confirmation_failed.txt": _("Somebody else has the address %(email)s."),
    "account/messages/email_confirmation_sent.txt": _(
        "A mail is on its way to %(email)s: the address is yours when you follow the link in it."
    ),
    "account/messages/email_confirmed.txt": _("Your e-mail address is %(email)s now."),
    "account/messages/email_deleted.txt": _("%(email)s was removed."),
    "account/messages/password_changed.txt": PASSWORD_SAVED,
    "account/messages/password_set.txt": PASSWORD_SAVED,
    "mfa/messages/recovery_codes_generated.txt": CODES_CHANGED,
    "mfa/messages/totp_activated.txt": APP_ADDED,
    "mfa/messages/totp_deactivated.txt": APP_REMOVED,
    "mfa/messages/webauthn_added.txt": PASSKEY_ADDED,
    "mfa/messages/webauthn_removed.txt": PASSKEY_REMOVED,
}

SIGN_IN_AGAIN = _("The password was changed meanwhile, or the account was signed out. Sign in again.")

_WRONG_PASSWORD = _("The user name or the password is wrong. Capital letters count in the password.")
_WRONG_CODE = _("This code is wrong. Each code works once, and one from an app for half a minute.")

# What is wrong with a form, by django-allauth's code.
ERRORS = {
    "email_password_mismatch": _WRONG_PASSWORD,
    "username_password_mismatch": _WRONG_PASSWORD,
    "email_taken": _("Somebody already has this e-mail address."),
    "duplicate_email": _("This is already your e-mail address."),
    "enter_current_password": _("This is not your current password."),
    "incorrect_password": _("This is not your password."),
    "incorrect_code": _WRONG_CODE,
    "rate_limited": _("Too many attempts. Please wait a minute."),
    "too_many_login_attempts": _(
        "Too many wrong passwords. Please wait 15 minutes, or choose a new password with “Forgotten your password?”."
    ),
    "account_waits": _(
        "Somebody is trying many passwords for this account. Please wait an hour, use a browser in which you have "
        "signed in before, or choose a new password with “Forgotten your password?”."
    ),
}
FACTOR_ERRORS = {
    "incorrect_code": _WRONG_CODE,
    "too_many_codes": _(
        "Too many wrong codes. Please wait up to an hour, or use a browser in which you have signed in before. "
        "If they were not yours, somebody knows your password: choose a new one."
    ),
    "cannot_delete_authenticator": _("Your role needs a second factor: add another before you remove this one."),
    "cannot_generate_recovery_codes": _("Add an authenticator app or a passkey first."),
}
