"""The roles of the newsroom, whose groups are made by `migrate`.

A permission that leaves a role leaves its group too; what an operator adds to a group or takes from it stays that way.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.utils.translation import gettext, gettext_noop

from articles.models import Role

# The database knows a role by this name, which never changes. A new group gets it too; operators may rename the group.
REPORTER = gettext_noop("Reporter")
EDITOR = gettext_noop("Editor")
TAG_STAFF = gettext_noop("Tag staff")
CHIEF_EDITOR = gettext_noop("Chief editor")

_ALL = ("add", "change", "delete", "view")

_EDITING = ["publish_article", "change_any_article", "view_any_article", "retag_article"]
_EDITING += [f"{verb}_{noun}" for noun in ("article", "author", "image") for verb in _ALL]
_EDITING += [f"{verb}_{noun}" for noun in ("section", "tag", "tagalias") for verb in ("add", "change", "view")]
ROLES: dict[str, list[str]] = {
    REPORTER: ["add_article", "change_article", "view_article", "view_author", "view_section", "view_tag"]
    + ["add_image", "change_image", "view_image"],
    EDITOR: _EDITING,
    TAG_STAFF: ["view_article", "view_any_article", "view_author", "view_section", "view_image", "merge_tag"]
    + ["retag_article"]
    + [f"{verb}_{noun}" for noun in ("tag", "tagalias") for verb in _ALL],
}
# Everything that the others may do, because nobody gives a right that they lack; and the people.
ROLES[CHIEF_EDITOR] = sorted({name for names in ROLES.values() for name in names})
ROLES[CHIEF_EDITOR] += ["add_user", "change_user", "view_user", "view_auditentry"]
ROLES[CHIEF_EDITOR] += [f"{verb}_webhook" for verb in _ALL]


def role_label(group: Group) -> str:
    """Return the name of this group in the language of the desk, where it is still that of a role."""
    return gettext(group.name) if group.name in ROLES else group.name


def make_groups(sender: AppConfig, **_kwargs: Any) -> None:
    """Bring the group of each role up to date: a post_migrate receiver.

    A role that is no longer defined leaves its group with what an operator added. Nothing is done while the table of
    roles is not there, as after `migrate contenttypes` in a new database.
    """
    if Role._meta.db_table not in connection.introspection.table_names():
        return
    people = apps.get_app_config(get_user_model()._meta.app_label)
    for app in (sender, people):
        create_permissions(app, verbosity=0)  # whichever of the two receivers comes first
    known = Permission.objects.filter(content_type__app_label__in=(sender.label, people.label))
    permissions = {permission.codename: permission for permission in known}
    for name, codenames in ROLES.items():
        Role.objects.for_name(name).grant(permissions[codename] for codename in codenames if codename in permissions)
    for role in Role.objects.exclude(pk__in=ROLES).select_related("group"):
        role.grant([])
        role.delete()
