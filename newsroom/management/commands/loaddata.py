"""manage.py loaddata, as Django has it, for a newsroom that moves from one database to another."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction

from articles.management.id_counters import skip_named_ids
from articles.models import Article, ChangeLog
from articles.roles import make_groups
from newsroom.models import User


class Command(loaddata.Command):
    help = f"{loaddata.Command.help} Afterwards, no new row gets the id of a deleted one that versions still name."

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        """Load all or nothing, then mend what a dump cannot bring along.

        A dump without natural keys names content types and permissions by ids, which depend on the age of a database.
        Where they do not fit, and the newsroom is new, those that `migrate` made give way.
        """
        if options["database"] != DEFAULT_DB_ALIAS:
            super().handle(*fixture_labels, **options)
            return
        with transaction.atomic():
            _take_the_time_it_needs()
            try:
                with transaction.atomic():
                    super().handle(*fixture_labels, **options)
            except IntegrityError:
                if not _is_new() or "-" in fixture_labels:
                    raise
                _forget_what_migrate_made()
                super().handle(*fixture_labels, **options)
                _make_what_is_missing()
            skip_named_ids()
            ChangeLog.objects.add_everything()
        ContentType.objects.clear_cache()


def _take_the_time_it_needs() -> None:
    """Lift STATEMENT_TIMEOUT, which is for pages: PostgreSQL checks all foreign keys of an archive in one statement."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")


def _is_new() -> bool:
    return not User.objects.exists() and not Article.objects.exists()


def _forget_what_migrate_made() -> None:
    for model in (Group, Permission, ContentType):
        model.objects.all().delete()
    ContentType.objects.clear_cache()


def _make_what_is_missing() -> None:
    """Create what `migrate` creates: a dump may leave out content types, permissions and groups."""
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)
    make_groups(apps.get_app_config("articles"))
