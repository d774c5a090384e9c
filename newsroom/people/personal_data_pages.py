"""The pages by which personal data is taken along and erased: by a chief editor, and the own by everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from articles.states import name_of
from articles.users import signed_in
from newsroom.models import User
from newsroom.people.personal_data import erase_personal_data, export_personal_data

if TYPE_CHECKING:
    from newsroom.people.person_admin import PersonAdmin

PersonPage = Callable[["PersonAdmin", HttpRequest, User], HttpResponse]


def personal_data_urls(model_admin: PersonAdmin) -> list[URLPattern]:
    return [
        path(
            f"<int:person_id>/{address}/",
            model_admin.admin_site.admin_view(reauthentication_required(partial(_open, model_admin, page))),
            name=f"newsroom_user_{name}",
        )
        for address, name, page in (("personal-data", "personal_data", _download), ("erase", "erase", _erase))
    ]


@require_safe
def download_own_data(request: HttpRequest) -> HttpResponse:
    return _as_file(signed_in(request))


def _open(model_admin: PersonAdmin, page: PersonPage, request: HttpRequest, person_id: int) -> HttpResponse:
    person = model_admin.get_object(request, str(person_id))
    if person is None or not model_admin.has_change_permission(request, person):
        raise PermissionDenied
    return page(model_admin, request, person)


def _download(model_admin: PersonAdmin, request: HttpRequest, person: User) -> HttpResponse:
    model_admin.log_change(request, person, gettext_noop("Personal data exported"))
    return _as_file(person)


def _as_file(person: User) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="personal-data-{person.pk}.json"'}
    options = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(export_personal_data(person), json_dumps_params=options, headers=headers)


def _erase(model_admin: PersonAdmin, request: HttpRequest, person: User) -> HttpResponse:
    """Ask first; after a POST, erase."""
    where = HttpResponseRedirect(reverse("admin:newsroom_user_change", args=[person.pk]))
    if request.method == "POST":
        try:
            erase_personal_data(person)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return where
        model_admin.log_change(request, User.objects.get(pk=person.pk), gettext_noop("Personal data erased"))
        messages.success(request, _("The personal data is erased. The work for the newsroom stays, without a name."))
        return where
    if person.is_active:
        messages.error(request, _("This person still works here. Untick “Works here” first."))
        return where
    context = {"title": _("Erase personal data"), "person": person, "name": name_of(person)}
    return render(request, "admin/newsroom/user/erase.html", model_admin.admin_site.each_context(request) | context)
