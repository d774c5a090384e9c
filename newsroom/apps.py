"""The project as a Django app: it signs people in, tells them what happened, and checks its own settings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("People")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, post_save

        from newsroom import checks, pooling  # noqa: F401
        from newsroom.accounts.email_addresses import sync_email_address
        from newsroom.audit.recording import connect_receivers
        from newsroom.notices import calling, mail, recording, telling  # noqa: F401  connects receivers, registers follow-ups
        from newsroom.signin import log_sign_in
        from newsroom.visitor import note_unknown_address

        user_logged_in.connect(log_sign_in, dispatch_uid="newsroom.signin")
        user_logged_in.connect(note_unknown_address, dispatch_uid="newsroom.visitor")
        post_save.connect(sync_email_address, sender=self.get_model("User"), dispatch_uid="newsroom.email_addresses")
        connect_receivers()
        connection_created.connect(pooling.set_limit_on_connect, dispatch_uid="newsroom.pooling")
        post_migrate.connect(pooling.set_limit_of_role, sender=self, dispatch_uid="newsroom.pooling")
