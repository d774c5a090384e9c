"""A chief editor invites people, gives them roles and sections, and lets them go; never beyond the own rights."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from articles.models import ShareLink
from articles.roles import CHIEF_EDITOR, ROLES
from newsroom.models import User
from tests.articles import cast

ADD = "/admin/newsroom/user/add/"
VERBS = ("disconnect", "invite", "withdraw_invitation", "remove_second_factor", "sign_out")
PASSWORD = "mot-de-passe"

pytestmark = pytest.mark.django_db


@pytest.fixture
def zita(client, settings):
    """Return a chief editor who has just typed the password once more."""
    settings.EMAIL_HOST = "mail.example.org"
    chief = cast.person("zita", CHIEF_EDITOR)
    client.force_login(chief)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return chief


def change(person):
    return reverse("admin:newsroom_user_change", args=[person.pk])


def verb(name, person):
    return reverse(f"admin:newsroom_user_{name}", args=[person.pk])


def fields(person, **typed):
    """Return what a browser sends of the person's form, unless something else was typed."""
    form = {"username": person.username, "email": person.email or "", "is_active": "on", "time_zone": ""}
    return form | {"groups": [group.pk for group in person.groups.all()]} | typed


def role(name):
    return Group.objects.get(name=name).pk


@pytest.mark.django_db(transaction=True)
def test_somebody_new_is_invited_by_mail(client, zita):
    energy = cast.section("Energy", "energy")
    typed = {"email": "koffi@example.org", "first_name": "Koffi", "groups": [role("Editor")], "sections": [energy.pk]}
    response = client.post(ADD, typed, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["An invitation is on its way to koffi@example.org."]
    koffi = User.objects.get(username="koffi")
    assert (koffi.is_staff, koffi.is_invited, koffi.is_superuser) == (True, True, False)
    assert [group.name for group in koffi.groups.all()] == ["Editor"]
    assert list(koffi.sections.all()) == [energy]
    [message] = mail.outbox
    assert message.to == ["koffi@example.org"]


@pytest.mark.django_db(transaction=True)
def test_where_no_mail_can_be_sent_the_link_is_shown(client, zita, settings):
    settings.EMAIL_HOST = ""
    page = client.post(ADD, {"email": "koffi@example.org"}, follow=True).text
    link = re.search(r'value="http://localhost:8000(/admin/account/password/reset/[^"]+)"', page)[1]
    assert "Welcome to Newsroom" in Client().get(link, follow=True).text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [ConnectionRefusedError, UnicodeError])
def test_a_mail_server_that_is_down_stops_no_invitation(client, zita, monkeypatch, failure):
    def fail(self):
        raise failure

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fail)
    page = client.post(ADD, {"email": "koffi@example.org"}, follow=True)
    [said] = page.context["messages"]
    assert "koffi is invited, but no mail could be sent." in str(said)
    assert User.objects.get(username="koffi").is_invited


@pytest.mark.parametrize(
    "typed", [{"email": ""}, {"email": "Zita@example.org"}, {"email": "a@b.c", "username": "zita"}]
)
def test_what_cannot_be_invited_is_said_beside_its_field(client, zita, typed):
    response = client.post(ADD, typed)
    assert response.context["adminform"].form.errors
    assert User.objects.count() == 1
    assert not mail.outbox


def test_an_invitation_is_repeated_and_withdrawn(client, zita):
    client.post(ADD, {"email": "koffi@example.org"})
    koffi = User.objects.get(username="koffi")
    client.post(verb("invite", koffi))
    assert [message.to for message in mail.outbox] == [["koffi@example.org"]]
    client.post(verb("withdraw_invitation", koffi))
    koffi.refresh_from_db()
    assert (koffi.is_invited, koffi.is_active) == (False, False)


def test_who_has_no_address_is_invited_by_a_link(client, zita):
    ada = User.objects.create_user("ada", is_staff=True)
    assert "no mail could be sent" in client.post(verb("invite", ada), follow=True).text
    ada.refresh_from_db()
    assert ada.is_invited


def test_role_and_sections_are_changed(client, zita):
    moutiou, energy = cast.reporter(), cast.section("Energy", "energy")
    client.post(change(moutiou), fields(moutiou, groups=[role("Editor")], sections=[energy.pk]))
    assert [group.name for group in moutiou.groups.all()] == ["Editor"]
    assert list(moutiou.sections.all()) == [energy]


def test_who_leaves_is_out_at_once_with_sessions_and_share_links(client, zita):
    awa = cast.editor()
    link, _token = ShareLink.objects.create_with_token(cast.draft(), "Ada", 7, awa)
    theirs = Client()
    theirs.force_login(awa)
    client.post(change(awa), fields(awa, is_active=""))
    assert theirs.get("/admin/").status_code == 302
    assert link not in ShareLink.objects.open()
    client.post(change(awa), fields(awa))
    assert theirs.get("/admin/").status_code == 302, "what ended does not come back with the person"
    assert link not in ShareLink.objects.open()


def test_a_lost_phone_is_helped(client, zita):
    awa = cast.editor()
    TOTP.activate(awa, generate_totp_secret())
    assert "Remove the second factor" in client.get(change(awa)).text
    client.post(verb("remove_second_factor", awa))
    assert not Authenticator.objects.filter(user=awa).exists()
    [message] = mail.outbox
    assert message.to == [awa.email]
    assert "zita did this on" in message.body


def test_somebody_is_signed_out_everywhere(client, zita):
    awa = cast.editor()
    theirs = Client()
    theirs.post("/admin/login/", {"login": "awa", "password": PASSWORD})
    assert theirs.get("/admin/").status_code == 200
    client.post(verb("sign_out", awa))
    assert theirs.get("/admin/").status_code == 302


# Never beyond the own rights


def test_no_administrator_is_made_or_changed(client, zita):
    moutiou, chief = cast.reporter(), User.objects.create_superuser("chefin", "chefin@example.org")
    client.post(change(moutiou), fields(moutiou, is_superuser="on", user_permissions=[Permission.objects.first().pk]))
    moutiou.refresh_from_db()
    assert not moutiou.is_superuser
    assert not moutiou.user_permissions.exists()
    assert client.post(change(chief), fields(chief, is_active="")).status_code == 403
    for name in VERBS:
        assert client.post(verb(name, chief)).status_code == 403
    chief.refresh_from_db()
    assert chief.is_active


def test_nobody_changes_the_own_role_or_leaves_by_mistake(client, zita):
    client.post(change(zita), fields(zita, groups=[], is_active=""))
    zita.refresh_from_db()
    assert zita.is_active
    assert [group.name for group in zita.groups.all()] == [CHIEF_EDITOR]


def test_a_role_with_more_rights_is_neither_given_nor_taken(client, zita):
    more = Group.objects.create(name="Technik")
    more.permissions.add(Permission.objects.get(codename="delete_user"))
    moutiou = cast.reporter()
    assert client.post(change(moutiou), fields(moutiou, groups=[more.pk])).status_code == 200
    assert more not in moutiou.groups.all()
    moutiou.groups.add(more)
    assert client.post(change(moutiou), fields(moutiou, groups=[role("Editor")])).status_code == 403
    assert more in moutiou.groups.all()


def test_nobody_with_more_rights_is_changed_or_given_a_password(client, zita):
    tech = cast.editor("tech")
    tech.user_permissions.add(Permission.objects.get(codename="delete_user"))
    assert client.post(change(tech), fields(tech, email="evil@example.org")).status_code == 403
    for person in (tech, cast.reporter(), zita):
        new = {"password1": "Treize-lettres-1", "password2": "Treize-lettres-1", "usable_password": "true"}
        assert client.post(f"/admin/newsroom/user/{person.pk}/password/", new).status_code == 403
        person.refresh_from_db()
        assert person.check_password(PASSWORD)


def test_an_administrators_page_can_be_read(client, zita):
    chief = User.objects.create_superuser("chefin", "chefin@example.org")
    page = client.get(change(chief))
    assert page.status_code == 200
    assert "chefin" in page.text


def test_a_new_address_of_somebody_is_told_to_the_old_one(client, zita):
    awa = cast.editor()
    client.post(change(awa), fields(awa, email="evil@example.org"))
    assert [message.to for message in mail.outbox] == [["awa@example.org"]]


def test_the_account_elsewhere_is_shown_and_disconnected(client, zita):
    awa = cast.editor()
    theirs = Client()
    theirs.force_login(awa)
    SocialAccount.objects.create(
        user=awa, provider="https://login.example.com/news", uid="1", extra_data={"email": "awa@corp.example"}
    )
    page = client.get(change(awa)).text
    assert "the password, the account awa@corp.example of login.example.com" in page
    assert "Disconnect the other account" in page
    client.post(verb("disconnect", awa))
    assert not SocialAccount.objects.exists()
    assert theirs.get("/admin/").status_code == 302
    assert "Disconnect the other account" not in client.get(change(awa)).text


def test_other_rights_begin_with_another_session(client, zita):
    awa = cast.editor()
    theirs = Client()
    theirs.force_login(awa)
    client.post(change(awa), fields(awa, groups=[role("Reporter")]))
    assert theirs.get("/admin/").status_code == 302


# Limited to sections


@pytest.fixture
def energy():
    return cast.section("Energy", "energy")


@pytest.fixture
def limited(zita, energy):
    """Limit the chief editor to Energy."""
    zita.sections.add(energy)
    return zita


def test_the_own_page_takes_no_limit_away(client, limited, energy):
    client.post(change(limited), fields(limited, first_name="Zita"))
    limited.refresh_from_db()
    assert limited.first_name == "Zita"
    assert list(limited.sections.all()) == [energy]


@pytest.mark.parametrize("sections", [[], ["finance"]])
def test_who_is_limited_gives_none_but_the_own_sections(client, limited, energy, sections):
    awa = cast.editor()
    awa.sections.add(energy)
    cast.section()
    pks = [cast.section().pk for _slug in sections]
    assert client.post(change(awa), fields(awa, sections=pks)).context["adminform"].form.errors["sections"]
    assert client.post(ADD, {"email": "koffi@example.org", "sections": pks}).context["adminform"].form.errors
    assert list(awa.sections.all()) == [energy]
    assert not User.objects.filter(username="koffi").exists()


def test_who_is_limited_manages_nobody_of_other_sections(client, limited):
    unlimited = cast.editor()
    assert client.post(change(unlimited), fields(unlimited, is_active="")).status_code == 403


def test_every_role_of_the_newsroom_can_be_given(client, zita):
    offered = client.get(ADD).context["adminform"].form.fields["groups"].queryset
    assert {group.name for group in offered} == set(ROLES)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_for_chief_editors_alone_and_takes_a_post(client, name):
    koffi = cast.tag_staff()
    for person in (cast.reporter(), cast.editor()):
        client.force_login(person)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert client.post(verb(name, koffi)).status_code == 403
    assert client.get(verb(name, koffi)).status_code == 405


def test_people_are_changed_only_after_the_password_once_more(client):
    client.force_login(cast.person("zita", CHIEF_EDITOR))
    moutiou = cast.reporter()
    for address in (ADD, change(moutiou), *(verb(name, moutiou) for name in VERBS)):
        response = client.post(address, {"email": "koffi@example.org"})
        assert response.headers["Location"].startswith(reverse("account_reauthenticate")), address


def test_what_was_typed_is_saved_after_the_password(client):
    client.force_login(cast.person("zita", CHIEF_EDITOR))
    where = client.post(ADD, {"email": "koffi@example.org"}).headers["Location"]
    client.post(where, {"password": PASSWORD, "next": ADD}, follow=True)
    assert User.objects.filter(username="koffi").exists()
