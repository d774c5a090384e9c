"""Writes the audit log: receivers of what is saved, of sign-ins, and of changes to what protects an account.

What people do to things comes from the log of Django's admin, which every verb of the desk writes, in the transaction
of the change.
"""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as second_factor
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.conf import settings
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from articles import clock
from newsroom.accounts.provider_sign_in import provider_sign_in_refused
from newsroom.models import AuditEntry, User
from newsroom.visitor import visitor_address

ACTIONS_OF_FLAGS = {ADDITION: AuditEntry.Action.ADDED, DELETION: AuditEntry.Action.DELETED}
PERSON_LABEL = User._meta.label_lower
REFUSED_AGAIN = datetime.timedelta(hours=1)  # in which an address that is asked for repeatedly is noted once

# What happened to an account, by the signal that says so.
CHANGES_OF_ACCOUNT: dict[Signal, str] = {
    account.password_changed: gettext_noop("Password changed"),
    account.password_set: gettext_noop("Password chosen"),
    account.password_reset: gettext_noop("Forgotten password replaced"),
    account.email_changed: gettext_noop("E-mail address changed"),
    second_factor.authenticator_added: gettext_noop("Second factor added"),
    second_factor.authenticator_removed: gettext_noop("Second factor removed"),
    second_factor.authenticator_reset: gettext_noop("New recovery codes"),
}
CHANGES_OF_FACTOR: dict[tuple[Signal, str], str] = {
    (second_factor.authenticator_added, "totp"): gettext_noop("Authenticator app added"),
    (second_factor.authenticator_added, "webauthn"): gettext_noop("Passkey added"),
    (second_factor.authenticator_added, "recovery_codes"): gettext_noop("Recovery codes created"),
    (second_factor.authenticator_removed, "totp"): gettext_noop("Authenticator app removed"),
    (second_factor.authenticator_removed, "webauthn"): gettext_noop("Passkey removed"),
    (second_factor.authenticator_removed, "recovery_codes"): gettext_noop("Recovery codes removed"),
}
CONNECTED, UNKNOWN_ACCOUNT = gettext_noop("External account connected"), gettext_noop("Unknown external account")
# By what somebody signed in, by django-allauth's name for it.
WAYS_IN = {
    "recovery_codes": gettext_noop("With a recovery code"),
    "totp": gettext_noop("With an authenticator app"),
    "webauthn": gettext_noop("With a passkey"),
    "socialaccount": gettext_noop("With an external account"),
    "password_reset": gettext_noop("With the link of a mail"),
    "password": gettext_noop("With the password"),
}
WRONG_PASSWORD, WRONG_CODE = gettext_noop("Wrong password"), gettext_noop("Wrong second factor")


def connect_receivers() -> None:
    post_save.connect(record_log_entry, sender=LogEntry, dispatch_uid="newsroom.audit")
    user_logged_in.connect(record_sign_in, dispatch_uid="newsroom.audit")
    user_logged_out.connect(record_sign_out, dispatch_uid="newsroom.audit")
    user_login_failed.connect(record_wrong_password, dispatch_uid="newsroom.audit")
    second_factor.authentication_failed.connect(record_wrong_code, dispatch_uid="newsroom.audit")
    social_account_added.connect(record_connection, dispatch_uid="newsroom.audit")
    provider_sign_in_refused.connect(record_unknown_account, dispatch_uid="newsroom.audit")
    for signal in CHANGES_OF_ACCOUNT:
        signal.connect(record_change_of_account, dispatch_uid="newsroom.audit")


def record_log_entry(sender: type[LogEntry], instance: LogEntry, created: bool, raw: bool, **_more: Any) -> None:
    """Copy an entry of the admin's log, but for one that comes from a dump: the dump has the audit log, too."""
    if raw or not created:
        return
    model = ContentType.objects.get_for_id(instance.content_type_id) if instance.content_type_id else None
    kind = f"{model.app_label}.{model.model}" if model else ""
    pk = str(instance.object_id or "")
    AuditEntry.objects.create(
        at=instance.action_time,
        person_id=instance.user_id,
        action=ACTIONS_OF_FLAGS.get(instance.action_flag, AuditEntry.Action.CHANGED),
        kind=kind,
        object_id=pk,
        object_name="" if kind == PERSON_LABEL else instance.object_repr,
        account_id=int(pk) if kind == PERSON_LABEL and pk.isdecimal() else None,
        message=instance.change_message,
    )


def record_sign_in(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    """Record it, and forget what is older than AUDIT_DAYS."""
    _record(request, AuditEntry.Action.SIGNED_IN, user, message=_way_in(request, user))
    if settings.AUDIT_DAYS:
        AuditEntry.objects.prune(clock.now() - datetime.timedelta(days=settings.AUDIT_DAYS))


def _way_in(request: HttpRequest, user: User) -> str:
    """Return by what the person signed in, the rarest way first; "" where no page asked for it."""
    records = get_authentication_records(request, user) if hasattr(request, "session") else []
    kinds = {record.get("type") or record["method"] for record in records}
    return next((words for kind, words in WAYS_IN.items() if kind in kinds), "")


def record_sign_out(sender: Any, request: HttpRequest, user: User | None, **_more: Any) -> None:
    if user:
        _record(request, AuditEntry.Action.SIGNED_OUT, user)


def record_wrong_password(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any
) -> None:
    """Record whose account it was tried for, if anybody's; never what was typed, which may be a password."""
    names = [str(credentials[key]) for key in ("username", "email") if credentials.get(key)]
    person = User.objects.find_by_name(*names) if names else None
    _record(request, AuditEntry.Action.SIGN_IN_REFUSED, None, account=person, message=WRONG_PASSWORD)


def record_wrong_code(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    _record(request, AuditEntry.Action.SIGN_IN_REFUSED, None, account=user, message=WRONG_CODE)


def record_unknown_account(sender: Any, request: HttpRequest, person: User | None, **_more: Any) -> None:
    _record(request, AuditEntry.Action.SIGN_IN_REFUSED, None, account=person, message=UNKNOWN_ACCOUNT)


def record_connection(sender: Any, request: HttpRequest, sociallogin: SocialLogin, **_more: Any) -> None:
    """Record that somebody can sign in with an external account from now on."""
    person = sociallogin.user
    _record(request, AuditEntry.Action.CHANGED, person, account=person, kind=PERSON_LABEL, message=CONNECTED)


def record_change_of_account(
    sender: Any, signal: Signal, request: HttpRequest, user: User, authenticator: Any = None, **_more: Any
) -> None:
    by = request.user if request and request.user.is_authenticated else user
    message = CHANGES_OF_ACCOUNT[account.password_set if user.chose_first_password else signal]
    if authenticator:
        message = CHANGES_OF_FACTOR.get((signal, authenticator.type), message)
    _record(request, AuditEntry.Action.CHANGED, by, account=user, kind=PERSON_LABEL, message=message)


def record_new_account(person: User) -> None:
    """Record an account that a command made, which nobody who is signed in did."""
    _record(
        None, AuditEntry.Action.ADDED, None, account=person, kind=PERSON_LABEL, message=gettext_noop("By a command")
    )


def record_refusal(request: HttpRequest) -> None:
    """Record that somebody who is signed in was refused a page of the desk; an open page may ask every few seconds."""
    path = request.path[:200]
    recent = AuditEntry.objects.filter(
        person_id=request.user.pk,
        action=AuditEntry.Action.REFUSED,
        object_name=path,
        at__gt=clock.now() - REFUSED_AGAIN,
    )
    if not recent.exists():
        _record(request, AuditEntry.Action.REFUSED, request.user, object_name=path, message=request.method)


def _record(
    request: HttpRequest | None, action: AuditEntry.Action, person: Any, *, account: Any = None, **fields: Any
) -> None:
    address = visitor_address(request) if request else None
    AuditEntry.objects.create(
        person=person,
        action=action,
        account=account,
        object_id=str(account.pk) if account and "kind" in fields else "",
        address=str(address) if address else None,
        **fields,
    )
