"""Addresses of signing in, of a forgotten password, and of a person's own second factor and sessions.

The names are those by which django-allauth links its pages. Nobody can sign up: people are invited.
"""

from allauth.account import views
from allauth.account.decorators import reauthentication_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from newsroom.accounts.profile import edit_author_page, edit_profile
from newsroom.accounts.provider_sign_in import (
    SignInView,
    begin_provider_sign_in,
    confirm_at_provider,
    finish_provider_sign_in,
)
from newsroom.notices.choices import choose_notices
from newsroom.people.personal_data_pages import download_own_data

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    # In place of the admin's own two pages, which would change a password without the rest.
    path("password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("password_change/done/", RedirectView.as_view(pattern_name="account_change_password")),
    path(
        "account/",
        include(
            [
                path("", edit_profile, name="account_profile"),
                path("author/", edit_author_page, name="account_author_page"),
                path("notices/", choose_notices, name="account_notices"),
                path(
                    "personal-data/",
                    reauthentication_required(download_own_data),
                    name="account_personal_data",
                ),
                path("inactive/", views.account_inactive, name="account_inactive"),
                path("provider/", begin_provider_sign_in, name="provider_sign_in"),
                path("provider/done/", finish_provider_sign_in, name="provider_callback"),
                path("provider/again/", confirm_at_provider, name="provider_again"),
                path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
                path("email/", reauthentication_required(views.email, allow_get=True), name="account_email"),
                path("email/sent/", views.email_verification_sent, name="account_email_verification_sent"),
                re_path(r"^email/confirm/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
                path("password/", views.password_change, name="account_change_password"),
                path("password/set/", views.password_set, name="account_set_password"),
                path("password/reset/", views.password_reset, name="account_reset_password"),
                path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
                path(
                    "password/reset/done/",
                    views.password_reset_from_key_done,
                    name="account_reset_password_from_key_done",
                ),
                re_path(
                    "^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
                    views.password_reset_from_key,
                    name="account_reset_password_from_key",
                ),
                path("factor/", include("allauth.mfa.urls")),
                path("sessions/", include("allauth.usersessions.urls")),
            ]
        ),
    ),
]
