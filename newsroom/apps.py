"""The project as a Django app: it slows sign-ins and checks its own settings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Site")

    def ready(self) -> None:
        from django.contrib import admin
        from django.contrib.auth.signals import user_logged_in

        from newsroom import checks  # noqa: F401
        from newsroom.signin import SignInForm, log_sign_in

        admin.site.login_form = SignInForm
        user_logged_in.connect(log_sign_in, dispatch_uid="newsroom.signin")
