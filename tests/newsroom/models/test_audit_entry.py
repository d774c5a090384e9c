"""An entry of the audit log is written once, and outlives the account it names."""

import pytest

from newsroom.models import AuditEntry, User
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return AuditEntry.objects.create(action=AuditEntry.Action.ADDED, object_name="Le port")


def test_an_entry_is_not_changed(entry):
    entry.object_name = "Autre"
    with pytest.raises(TypeError, match="never changed"):
        entry.save()


def test_entries_are_not_changed_together(entry):
    with pytest.raises(TypeError, match="never changed"):
        AuditEntry.objects.update(object_name="Autre")


@pytest.mark.parametrize(
    "delete",
    [lambda entry: entry.delete(), lambda _entry: AuditEntry.objects.all().delete()],
    ids=["alone", "together"],
)
def test_no_entry_is_deleted_by_itself(entry, delete):
    with pytest.raises(TypeError, match="pruned"):
        delete(entry)


def test_it_stays_when_the_account_goes():
    awa = cast.editor()
    entry = AuditEntry.objects.create(action=AuditEntry.Action.ADDED, person=awa)
    User.objects.get(pk=awa.pk).delete()
    assert AuditEntry.objects.filter(pk=entry.pk, person_id=awa.pk).exists()
