"""What the desk holds about a person: every table is named, secrets stay, and who left is nameless."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from articles.models import Author, Autosave, Revision
from articles.models.content import Edit
from newsroom.models import AuditEntry, StoryEvent, User
from newsroom.people.personal_data import HELD_ROWS, erase_personal_data, export_personal_data
from tests.articles import cast

RIGHTS = {"User_groups", "User_user_permissions", "Section_editors", "Section"}  # which the file names, and which go

pytestmark = pytest.mark.django_db


@pytest.fixture
def moutiou():
    person = cast.reporter()
    person.first_name, person.last_name = "Moutiou", "Adjibi Nourou"
    person.save()
    return person


def leave(person):
    person.is_active = False
    person.save()
    return person


def test_every_table_that_points_to_a_person_says_what_becomes_of_it():
    fields = User._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if field.auto_created and not field.concrete]
    found = {(one.related_model, one.field.name) for one in relations if one.related_model.__name__ not in RIGHTS}
    assert found == {(held.model, held.relation) for held in HELD_ROWS}


def test_the_file_has_the_account_and_the_work(moutiou):
    story = cast.draft("Le port", created_by=moutiou)
    data = export_personal_data(moutiou)
    assert data["account"]["email"] == "moutiou@example.org"
    assert data["account"]["roles"] == ["Reporter"]
    assert [row["id"] for row in data["rows"]["articles.Article.created_by"]] == [story.pk]


def test_the_file_has_nothing_of_colleagues(moutiou):
    cast.draft("Le port", created_by=cast.editor())
    assert export_personal_data(moutiou)["rows"]["articles.Article.created_by"] == []


def test_the_file_lets_nobody_in(moutiou):
    Authenticator.objects.create(user=moutiou, type=Authenticator.Type.TOTP, data={"secret": "geheim"})
    said = str(export_personal_data(moutiou))
    assert "geheim" not in said
    assert moutiou.password not in said


def test_who_works_here_is_not_erased(moutiou):
    with pytest.raises(ValidationError, match="still works here"):
        erase_personal_data(moutiou)


def test_the_name_is_nowhere_any_more(moutiou):
    story = cast.draft("Le port", created_by=moutiou)
    story.submit(moutiou, cast.typed(story, headline="La bourse"))
    erase_personal_data(leave(moutiou))
    gone = User.objects.get(pk=moutiou.pk)
    assert (gone.username, gone.get_full_name(), gone.email) == (f"former-{gone.pk}", "", None)
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert not LogEntry.objects.filter(object_repr__icontains="moutiou", content_type__model="user").exists()


def test_it_signs_nobody_in_and_may_nothing(moutiou):
    erase_personal_data(leave(moutiou))
    gone = User.objects.get(pk=moutiou.pk)
    assert (gone.has_usable_password(), gone.is_staff, gone.groups.exists()) == (False, False, False)


def test_the_work_stays(moutiou):
    story = cast.draft("Le port", created_by=moutiou)
    story.publish(cast.editor())
    versions, done = Revision.objects.count(), AuditEntry.objects.count()
    erase_personal_data(leave(moutiou))
    assert cast.fresh(story).created_by_id == moutiou.pk
    assert (Revision.objects.count(), AuditEntry.objects.count()) == (versions, done)


def test_typed_text_goes(moutiou):
    Autosave.objects.create(user=moutiou, key="a" * 32, typed={"headline": "Le port"})
    erase_personal_data(leave(moutiou))
    assert not Autosave.objects.exists()


def test_the_byline_stays_and_the_rest_of_the_author_page_goes(moutiou):
    author = cast.author(user=moutiou, biography="Suit l’énergie.", email="m@example.org")
    erase_personal_data(leave(moutiou))
    author = Author.objects.get(pk=author.pk)
    assert (author.name, author.biography, author.email, author.user) == ("Moutiou Adjibi Nourou", "", "", None)


def test_notices_of_colleagues_no_longer_tell_by_what_name_a_note_addressed_the_person(moutiou):
    cast.author(user=moutiou)
    awa, story = cast.editor(), cast.draft("Le port", created_by=moutiou)
    note = "@Moutiou et @koffi : @moutiou-adjibi-nourou, les chiffres !"
    story.save_draft(awa, Edit(story.newest_content, story.version, note=note))
    erase_personal_data(leave(moutiou))
    [event] = StoryEvent.objects.filter(kind=StoryEvent.Kind.MENTIONED)
    former = f"@former-{moutiou.pk}"
    assert event.facts == {"note": f"{former} et @koffi : {former}, les chiffres !", "names": ["koffi"]}


def test_a_second_erasure_changes_nothing(moutiou):
    erase_personal_data(leave(moutiou))
    erase_personal_data(User.objects.get(pk=moutiou.pk))
    assert User.objects.filter(username=f"former-{moutiou.pk}").count() == 1
