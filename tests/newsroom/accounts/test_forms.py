"""Forms of an account have labels instead of texts in the fields, and refuse nonsense in place of a key."""

import pytest
from django import forms

from newsroom.accounts.forms import MAX_CREDENTIAL_LENGTH, CredentialField, NewAddressForm, SignInForm
from tests.articles import cast


@pytest.mark.django_db
def test_fields_are_labelled_and_the_first_has_the_focus():
    form = SignInForm()
    assert [form.fields[name].label for name in ("login", "password")] == ["User name or e-mail address", "Password"]
    assert not any("placeholder" in field.widget.attrs for field in form.fields.values())
    assert form.fields["login"].widget.attrs["autofocus"]


@pytest.mark.django_db
def test_a_colleagues_address_is_refused_beside_its_field():
    cast.reporter()
    form = NewAddressForm(cast.editor(), data={"email": "moutiou@example.org"})
    assert list(form.errors) == ["email"]


@pytest.mark.parametrize("text", ["[" * 10_000, '"' + "x" * MAX_CREDENTIAL_LENGTH + '"'])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(forms.ValidationError, match="cannot be used"):
        CredentialField().to_python(text)
