"""The Django app of everything a newsroom publishes."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models import IntegerField
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from articles import checks, clock, receivers, roles, triggers  # noqa: F401
        from articles.models import picture_files  # noqa: F401  registers what follows a deletion
        from articles.related import working_out  # noqa: F401  registers what follows a save
        from articles.sql.lookups import InRange

        IntegerField.register_lookup(InRange)
        post_migrate.connect(roles.make_groups, sender=self, dispatch_uid="articles.roles")
        pre_migrate.connect(triggers.drop_triggers, sender=self, dispatch_uid="articles.triggers")
        post_migrate.connect(triggers.create_missing_triggers, sender=self, dispatch_uid="articles.triggers")
        connection_created.connect(clock.compare_on_connect, dispatch_uid="articles.clock")
