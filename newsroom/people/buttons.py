"""The buttons by which a chief editor changes somebody’s account. Each asks for the password once more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from articles.states import name_of
from articles.users import signed_in
from newsroom.accounts.invitation import invite_by_mail
from newsroom.models import User
from newsroom.people.leaving import sign_out_everywhere

if TYPE_CHECKING:
    from newsroom.people.person_admin import PersonAdmin

ButtonAction = Callable[[HttpRequest, User], None]


def button_urls(model_admin: PersonAdmin) -> list[URLPattern]:
    """Return the address of each button, which takes a POST alone."""
    return [
        path(
            f"<int:person_id>/{name}/",
            model_admin.admin_site.admin_view(
                require_POST(reauthentication_required(partial(_carry_out, model_admin, action, done)))
            ),
            name=f"newsroom_user_{name.replace('-', '_')}",
        )
        for name, (action, done) in ACCOUNT_BUTTONS.items()
    ]


def _carry_out(
    model_admin: PersonAdmin, action: ButtonAction, done: str, request: HttpRequest, person_id: int
) -> HttpResponse:
    """Do it, and write to the history of the account what was done."""
    person = model_admin.get_object(request, str(person_id))
    if person is None or not model_admin.has_change_permission(request, person):
        raise PermissionDenied
    action(request, person)
    model_admin.log_change(request, person, done)
    return HttpResponseRedirect(reverse("admin:newsroom_user_change", args=[person.pk]))


def _invite(request: HttpRequest, person: User) -> None:
    if person.has_usable_password():
        messages.error(request, _("%(name)s already has a password.") % {"name": name_of(person)})
    elif not (person.is_active and person.is_staff):
        messages.error(request, _("%(name)s does not work here. Tick “Works here” first.") % {"name": name_of(person)})
    else:
        invite_by_mail(request, person, signed_in(request))


def _withdraw_invitation(request: HttpRequest, person: User) -> None:
    if person.is_invited:
        person.withdraw_invitation()
    text = _("The invitation of %(name)s is withdrawn. Tick “Works here” before you invite again.")
    messages.success(request, text % {"name": name_of(person)})


def _remove_second_factor(request: HttpRequest, person: User) -> None:
    """Let in somebody who lost the phone and the recovery codes: the password alone signs them in."""
    if person == request.user:
        raise PermissionDenied  # one’s own is removed on one’s own pages, which know who must have one
    Authenticator.objects.filter(user=person).delete()
    sign_out_everywhere(person)  # who has the phone may be signed in
    get_adapter().send_notification_mail("newsroom/second_factor_removed", person)
    messages.success(
        request,
        _("%(name)s is signed out everywhere, and signs in without a second factor now.") % {"name": name_of(person)},
    )


def _sign_out(request: HttpRequest, person: User) -> None:
    sign_out_everywhere(person)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": name_of(person)})


def _disconnect(request: HttpRequest, person: User) -> None:
    """Let this person sign in with no external account any more, and end the sessions that began with one."""
    SocialAccount.objects.filter(user=person).delete()
    sign_out_everywhere(person)
    messages.success(request, _("%(name)s can no longer sign in with an external account.") % {"name": name_of(person)})


# By the last part of the address: what it does, and what the history says.
ACCOUNT_BUTTONS: dict[str, tuple[ButtonAction, str]] = {
    "invite": (_invite, gettext_noop("Invited again")),
    "withdraw-invitation": (_withdraw_invitation, gettext_noop("Invitation withdrawn")),
    "remove-second-factor": (_remove_second_factor, gettext_noop("Second factor removed")),
    "disconnect": (_disconnect, gettext_noop("External account disconnected")),
    "sign-out": (_sign_out, gettext_noop("Signed out everywhere")),
}
