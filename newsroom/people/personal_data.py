"""What the desk holds about a person: taken along as a file, and erased after they left.

Every table that points to a person is listed here, with what of its rows goes into the file and what becomes of them.
The work for the newsroom stays: stories, versions, changes of tags, the audit log. It then points to an account that
tells nobody's name. The file names stories by their numbers: who takes it along may no longer see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles import clock
from articles.models import (
    Article,
    Author,
    AuthorMerge,
    Autosave,
    DistinctTags,
    FormBrowser,
    Image,
    ImageProposal,
    Presence,
    RelatedChoice,
    Revision,
    SavedForm,
    ShareLink,
    TagChange,
    TagProposal,
    Translation,
    TrashEntry,
    Visit,
)
from newsroom.models import AuditEntry, Notice, NoticeChoice, StoryEvent, User
from newsroom.notices.names import replace_names
from newsroom.people.leaving import end_access


class HeldRows(NamedTuple):
    """The rows of a table that point to a person by one of its fields."""

    model: type[models.Model]
    relation: str
    exported: tuple[str, ...]  # fields that go into the file; nothing that lets somebody in
    is_erased: bool = False  # with the person; else they stay, without a name


HELD_ROWS = (
    HeldRows(EmailAddress, "user", ("email", "verified", "primary"), is_erased=True),
    HeldRows(Authenticator, "user", ("type", "created_at", "last_used_at"), is_erased=True),
    HeldRows(SocialAccount, "user", ("provider", "uid", "extra_data", "last_login", "date_joined"), is_erased=True),
    HeldRows(UserSession, "user", ("created_at", "ip", "last_seen_at", "user_agent"), is_erased=True),
    HeldRows(Notice, "person", ("event__kind", "event__at", "event__story", "read_at"), is_erased=True),
    HeldRows(NoticeChoice, "person", ("kind", "way", "wanted"), is_erased=True),
    HeldRows(Autosave, "user", ("article", "saved_at"), is_erased=True),
    HeldRows(SavedForm, "user", ("article", "saved_at"), is_erased=True),
    HeldRows(FormBrowser, "user", ("made_at",), is_erased=True),
    HeldRows(Presence, "user", ("article", "since", "seen_at"), is_erased=True),
    HeldRows(Visit, "user", ("article", "at"), is_erased=True),
    HeldRows(Presence, "taken_by", ("article", "since")),
    HeldRows(
        Author,
        "user",
        ("name", "title", "biography", "email", "website", "mastodon", "linkedin", "x_profile", "is_active"),
    ),
    HeldRows(Article, "created_by", ("id", "created_at")),
    HeldRows(Revision, "saved_by", ("article", "version", "event", "saved_at")),
    HeldRows(Image, "uploaded_by", ("id", "file_name", "alt", "created_at")),
    HeldRows(ImageProposal, "proposed_by", ("image", "proposed", "proposed_at", "state", "answer")),
    HeldRows(ImageProposal, "decided_by", ("image", "decided_at", "state", "answer")),
    HeldRows(TagProposal, "proposed_by", ("name", "proposed_at", "state", "answer")),
    HeldRows(TagProposal, "decided_by", ("name", "decided_at", "state", "answer")),
    HeldRows(TagChange, "by", ("kind", "name", "at")),
    HeldRows(AuthorMerge, "by", ("author", "merged", "at")),
    HeldRows(DistinctTags, "by", ("first", "second", "at")),
    HeldRows(RelatedChoice, "chosen_by", ("article", "story")),
    HeldRows(Translation, "taken_in_by", ("article", "taken_in_at")),
    HeldRows(ShareLink, "created_by", ("article", "recipient", "created_at", "expires_at", "reads", "last_read_at")),
    HeldRows(TrashEntry, "owner", ("kind", "number", "moved_at")),
    HeldRows(TrashEntry, "moved_by", ("kind", "number", "moved_at")),
    HeldRows(StoryEvent, "actor", ("kind", "story", "at")),
    HeldRows(LogEntry, "user", ("action_time", "content_type__model", "object_id", "action_flag")),
    HeldRows(AuditEntry, "person", ("at", "action", "kind", "object_id", "address")),
    HeldRows(AuditEntry, "account", ("at", "action", "message", "address")),
)
ACCOUNT_FIELDS = ("username", "first_name", "last_name", "email", "language", "time_zone", "date_joined", "last_login")
# What only introduces a person to readers; the name stands above stories, and stays.
AUTHOR_FIELDS = ("biography", "email", "website", "mastodon", "linkedin", "x_profile")


def export_personal_data(person: User) -> dict[str, Any]:
    """Return all that the desk holds about this person, for JSON: the account, then rows by table and field."""
    account: dict[str, Any] = {name: getattr(person, name) for name in ACCOUNT_FIELDS}
    account["roles"] = [group.name for group in person.groups.order_by("name")]
    account["sections"] = [section.name for section in person.sections.order_by("name")]
    rows = {f"{held.model._meta.label}.{held.relation}": list(_exported_rows(held, person)) for held in HELD_ROWS}
    return {"exported_at": clock.now(), "account": account, "rows": rows}


def _exported_rows(held: HeldRows, person: User) -> models.QuerySet[Any, Mapping[str, Any]]:
    return held.model._default_manager.filter(**{held.relation: person}).order_by("pk").values(*held.exported)


@transaction.atomic
def erase_personal_data(person: User) -> None:
    """Erase what the desk holds about somebody who has left, for good.

    Raises ValidationError for somebody who still works here.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise ValidationError(_("This person still works here. Untick “Works here” first."))
    end_access(person)
    for held in HELD_ROWS:
        if held.is_erased:
            held.model._default_manager.filter(**{held.relation: person}).delete()
    _erase_from_notes(person)
    introduced = dict.fromkeys(AUTHOR_FIELDS, "")
    Author.objects.filter(user=person).update(**introduced, photo=None, is_active=False, user=None)
    logged = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    logged.update(object_repr=person.former_name)
    person.username, person.first_name, person.last_name, person.email = person.former_name, "", "", None
    person.language = person.time_zone = ""
    person.last_login = person.invited_at = None
    person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()
    for rights in (person.groups, person.user_permissions, person.sections):
        rights.clear()


def _erase_from_notes(person: User) -> None:
    """Let no notice and no webhook tell any more by what name a note addressed this person."""
    names = {person.username.lower(), *Author.objects.filter(user=person).values_list("slug", flat=True)}
    for event in StoryEvent.objects.filter(facts__has_key="names"):
        if names.intersection(event.facts["names"]):
            event.facts["note"] = replace_names(event.facts["note"], names, person.former_name)
            event.facts["names"] = [name for name in event.facts["names"] if name not in names]
            event.save(update_fields=["facts"])
