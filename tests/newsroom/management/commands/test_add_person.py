"""The first login of a newsroom, made from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from newsroom.management.commands import add_person
from newsroom.models import User

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self):
        return True


def add(*arguments):
    out = StringIO()
    call_command("add_person", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch):
    """Return a function that says which passwords somebody types."""

    def type_(*passwords):
        answers = iter(passwords)
        monkeypatch.setattr(add_person.sys, "stdin", Terminal())
        monkeypatch.setattr(add_person.getpass, "getpass", lambda prompt: next(answers))

    return type_


def test_the_first_person_is_chief_editor_and_may_sign_in(client, typed):
    typed("Treize-lettres-1", "Treize-lettres-1")
    add("awa@example.org")
    client.post("/admin/login/", {"login": "awa@example.org", "password": "Treize-lettres-1"})
    assert client.get("/admin/").status_code == 200
    awa = User.objects.get()
    assert [group.name for group in awa.groups.all()] == ["Chief editor"]
    assert awa.has_perms(["newsroom.add_user", "newsroom.change_user", "articles.publish_article"])
    assert not awa.is_superuser


def test_a_link_takes_the_place_of_a_password(client):
    [link] = [line for line in add("awa@example.org", "--invite").splitlines() if line.startswith("http")]
    assert User.objects.get().is_invited
    assert client.get(link.removeprefix("http://localhost:8000"), follow=True).status_code == 200


def test_a_password_that_is_easy_to_guess_is_asked_for_again(typed):
    typed("12345678", "12345678", "Treize-lettres-1", "Vierzehn", "Treize-lettres-1", "Treize-lettres-1")
    add("awa@example.org")
    assert User.objects.get().check_password("Treize-lettres-1")


def test_role_name_and_administrator_can_be_chosen(typed):
    typed("Treize-lettres-1", "Treize-lettres-1")
    add("awa@example.org", "--role", "Editor", "--username", "a.ndiaye", "--administrator")
    awa = User.objects.get()
    assert (awa.username, awa.is_superuser, awa.groups.get().name) == ("a.ndiaye", True, "Editor")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["keine Adresse", "--invite"], "valid email"), (["awa@example.org", "--invite"], "already"), ([], "address")],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(arguments, said):
    User.objects.create_user("awa", "awa@example.org")
    with pytest.raises(CommandError, match=said):
        add(*arguments)
    assert User.objects.count() == 1


def test_without_a_terminal_no_password_is_waited_for():
    with pytest.raises(CommandError, match="--invite"):
        add("awa@example.org")
    assert not User.objects.exists()
