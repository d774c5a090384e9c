"""What comes into the audit log: what was done, sign-ins, and what was refused."""

import datetime
import re
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Tag
from newsroom.models import AuditEntry
from tests.articles import cast
from tests.newsroom.accounts.test_second_factor import code_of

PASSWORD = "mot-de-passe"
Action = AuditEntry.Action

pytestmark = pytest.mark.django_db


def newest():
    return AuditEntry.objects.order_by("-pk").first()


def sign_in(client, name, password=PASSWORD):
    return client.post("/admin/login/", {"login": name, "password": password}, REMOTE_ADDR="192.0.2.7")


def test_a_publication_is_recorded_with_who_and_what():
    awa, story = cast.editor(), cast.draft("Le port")
    story.publish(awa)
    entry = newest()
    assert (entry.person, entry.action, entry.kind) == (awa, Action.CHANGED, "articles.article")
    assert (entry.object_id, entry.object_name) == (str(story.pk), "Le port")


def test_what_is_rolled_back_was_never_done():
    awa, story = cast.editor(), cast.draft()
    count = AuditEntry.objects.count()
    with transaction.atomic():
        story.publish(awa)
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == count


def test_each_tag_of_a_merge_is_recorded(client):
    tags = Tag.objects.for_names(["Coton", "Le coton"])
    client.force_login(cast.tag_staff())
    form = {"tags": ",".join(str(tag.pk) for tag in tags), "target": tags[0].pk, "confirmed": "1", "post": "yes"}
    client.post(reverse("admin:articles_tag_merge"), form)
    logged = LogEntry.objects.filter(content_type__model="tag").count()
    assert logged
    assert AuditEntry.objects.filter(kind="articles.tag").count() == logged


def test_several_that_are_deleted_at_once_are_recorded_each(admin_client):
    authors = [cast.author("Awa", "awa"), cast.author("Koffi", "koffi")]
    form = {"action": "delete_selected", "_selected_action": [one.pk for one in authors], "post": "yes"}
    admin_client.post(reverse("admin:articles_author_changelist"), form)
    deleted = AuditEntry.objects.filter(action=Action.DELETED, kind="articles.author")
    assert {entry.object_name for entry in deleted} == {"Awa", "Koffi"}


def test_no_code_logs_several_at_once():
    """Rows that are stored several at once send no signal."""
    code = [path for folder in ("articles", "newsroom") for path in Path(folder).rglob("*.py")]
    calls = [(path, call) for path in code for call in re.findall(r"log_actions\([^)]*\)?[^)]*\)", path.read_text())]
    assert calls
    assert [(path, call) for path, call in calls if "single_object=True" not in call] == []


def test_a_sign_in_is_recorded_with_its_address(client):
    awa = cast.editor()
    sign_in(client, "awa")
    entry = newest()
    assert (entry.person, entry.action, entry.address) == (awa, Action.SIGNED_IN, "192.0.2.7")
    assert entry.message == "With the password"


def test_a_sign_in_by_a_code_says_so(client):
    awa, secret = cast.editor(), generate_totp_secret()
    TOTP.activate(awa, secret)
    sign_in(client, "awa")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert (newest().action, newest().message) == (Action.SIGNED_IN, "With an authenticator app")


def test_a_sign_out_is_recorded(client):
    awa = cast.editor()
    client.force_login(awa)
    client.post("/admin/logout/")
    assert (newest().person, newest().action) == (awa, Action.SIGNED_OUT)


def test_a_wrong_password_is_recorded_for_the_account_and_not_as_typed(client):
    awa = cast.editor()
    sign_in(client, "AWA@example.org", "falsch")
    entry = newest()
    assert (entry.person, entry.account, entry.action) == (None, awa, Action.SIGN_IN_REFUSED)
    assert "falsch" not in str(vars(entry)).lower()


def test_a_name_that_nobody_has_may_be_a_password_and_is_not_kept(client):
    sign_in(client, "mein-passwort")
    assert newest().action == Action.SIGN_IN_REFUSED
    assert "mein-passwort" not in str(vars(newest()))


def test_a_changed_password_is_recorded(client):
    awa = cast.editor()
    sign_in(client, "awa")
    new = {"password1": "Treize-lettres-1", "password2": "Treize-lettres-1"}
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    entry = newest()
    assert (entry.person, entry.account, entry.message) == (awa, awa, "Password changed")


def test_a_passkey_is_told_from_an_app(client, rf):
    awa = cast.editor()
    for type, words in (("totp", "Authenticator app added"), ("webauthn", "Passkey added")):
        key = Authenticator.objects.create(user=awa, type=type, data={})
        request = rf.post("/")
        request.user = awa
        authenticator_added.send(Authenticator, request=request, user=awa, authenticator=key)
        assert (newest().account, newest().message) == (awa, words)


def test_the_first_account_is_recorded_though_nobody_was_signed_in():
    call_command("add_person", "awa@example.org", "--invite", stdout=StringIO())
    entry = AuditEntry.objects.get(action=Action.ADDED, kind="newsroom.user")
    assert (entry.person, entry.account.username) == (None, "awa")


def test_a_page_that_is_refused_is_recorded_once_an_hour(client):
    moutiou = cast.reporter()
    client.force_login(moutiou)
    for _time in range(3):
        assert client.get(reverse("admin:newsroom_user_changelist")).status_code == 403
    [entry] = AuditEntry.objects.filter(action=Action.REFUSED)
    assert (entry.person, entry.object_name) == (moutiou, "/admin/newsroom/user/")


def test_strangers_fill_no_log(client):
    client.get(reverse("admin:newsroom_user_changelist"))
    assert not AuditEntry.objects.exists()


def test_a_sign_in_forgets_what_is_older_than_the_operator_keeps(client, settings):
    settings.AUDIT_DAYS = 30
    old = timezone.now() - datetime.timedelta(days=31)
    AuditEntry.objects.create(action=Action.ADDED, at=old)
    kept = AuditEntry.objects.create(action=Action.ADDED, at=old + datetime.timedelta(days=2))
    client.force_login(cast.editor())
    assert list(AuditEntry.objects.filter(action=Action.ADDED, person=None)) == [kept]


def test_a_log_that_is_kept_for_ever_forgets_nothing(client, settings):
    settings.AUDIT_DAYS = 0
    old = AuditEntry.objects.create(action=Action.ADDED, at=timezone.now() - datetime.timedelta(days=9999))
    client.force_login(cast.editor())
    assert AuditEntry.objects.filter(pk=old.pk).exists()
