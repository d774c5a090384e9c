"""The empty choice of a field is said in words."""

import pytest
from django.contrib import admin

from articles.admin.empty_choices import EmptyChoiceAdmin
from articles.models import Author
from newsroom.models import User


class PersonChoices(EmptyChoiceAdmin):
    empty_choices = {"language": "Language of the browser"}


def empty_word(form_field):
    """Return what the first choice of a field is called, which is the empty one."""
    value, word = next(iter(form_field.choices))
    assert value == ""
    return str(word)


@pytest.mark.parametrize(("name", "word"), [("language", "Language of the browser"), ("time_zone", "Nothing chosen")])
def test_a_choice_has_its_own_words_or_the_common_ones(name, word):
    field = User._meta.get_field(name)
    assert empty_word(PersonChoices(User, admin.site).formfield_for_choice_field(field, None)) == word


@pytest.mark.django_db
def test_a_relation_too():
    field = Author._meta.get_field("user")
    assert empty_word(EmptyChoiceAdmin(Author, admin.site).formfield_for_foreignkey(field, None)) == "Nothing chosen"
