"""Names, slugs and aliases of tags share one namespace."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Tag, TagAlias
from articles.models.tag import taken_by

pytestmark = pytest.mark.django_db


def test_a_new_tag_at_a_retired_address_is_told():
    Tag.objects.create_named("Mali").retire(None)
    assert Tag(name="Mali", slug="mali").reuses_a_retired_address
    assert not Tag(name="Niger", slug="niger").reuses_a_retired_address


def refusal(row):
    with pytest.raises(ValidationError) as refused:
        row.clean()
    return refused.value


@pytest.fixture
def coton():
    tag = Tag.objects.create_named("Coton")
    TagAlias.objects.create(tag=tag, name="Or blanc")
    return tag


@pytest.mark.parametrize("name", ["coton", "COTON", "or  blanc"])
def test_a_name_that_is_taken_names_the_tag_to_merge_with(coton, name):
    assert taken_by(refusal(Tag(name=name))) == coton


def test_a_name_without_a_letter_or_at_the_address_of_an_alias_is_refused(coton):
    assert refusal(Tag(name=" ")).message_dict == {"name": ["A tag needs a name."]}
    assert refusal(Tag(name="Neuf", slug="or-blanc")).message_dict == {"slug": ["This address leads to “Coton”."]}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "Sucre"}, "“Sucre” is itself a tag: merge it instead."),
        ({"name": "COTON"}, "That is the name of the tag itself."),
        ({"name": "Or Blanc"}, "“Or Blanc” already leads to “Coton”."),
        ({"name": "Neuf", "slug": "sucre"}, "Another tag already has this address."),
        ({"name": "œ" * 100}, "This name is too long: shorten it."),
    ],
)
def test_an_alias_takes_nothing_that_is_taken(coton, fields, words):
    Tag.objects.create_named("Sucre")
    assert refusal(TagAlias(tag=coton, **fields)).messages == [words]


def test_each_row_gets_a_free_slug(coton):
    assert Tag.objects.create(name="Or-blanc !").slug == "or-blanc-2"
    nameless = Tag.objects.create(name="العربية")
    assert nameless.slug == f"tag-{nameless.pk}"
    assert TagAlias.objects.create(tag=coton, name="COTON!").slug == "coton"
