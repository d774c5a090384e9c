"""Who may do what: the groups of the newsroom. Made by `migrate`; what an operator adds to them is kept."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

REPORTER = "Reporter"
EDITOR = "Editor"
TAG_STAFF = "Tag staff"

_ALL = ("add", "change", "delete", "view")

ROLES: dict[str, list[str]] = {
    REPORTER: ["add_article", "change_article", "view_article", "view_author", "view_section", "view_tag"]
    + ["add_image", "change_image", "view_image"],
    EDITOR: ["publish_article", "change_any_article", "view_any_article", "retag_article"]
    + [f"{verb}_{noun}" for noun in ("article", "author", "image") for verb in _ALL]
    + [f"{verb}_{noun}" for noun in ("section", "tag", "tagalias") for verb in ("add", "change", "view")],
    TAG_STAFF: ["view_article", "view_any_article", "view_author", "view_section", "view_image", "merge_tag"]
    + ["retag_article"]
    + [f"{verb}_{noun}" for noun in ("tag", "tagalias") for verb in _ALL],
}


def make_groups(sender: AppConfig, **kwargs: Any) -> None:
    """Give each role its group and permissions: a post_migrate receiver."""
    create_permissions(sender, verbosity=0)  # whichever of the two receivers comes first
    permissions = {
        permission.codename: permission for permission in Permission.objects.filter(content_type__app_label="articles")
    }
    for role, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(*(permissions[name] for name in codenames if name in permissions))
