"""A vocabulary comes in: what each row does, what is left out and why, and that out and in again changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exporters.vocabulary import vocabulary_csv
from articles.importers.items import BadItem
from articles.importers.vocabulary import VocabularyImport
from articles.importers.vocabulary_csv import read_tag_rows
from articles.models import Tag, TagAlias, TagChange
from tests.articles import cast

pytestmark = pytest.mark.django_db


def planned(*rows, columns="name;slug;description;aliases"):
    return VocabularyImport().plan(read_tag_rows("\n".join([columns, *rows])))


def imported(*rows, columns="name;slug;description;aliases"):
    return VocabularyImport().carry_out(read_tag_rows("\n".join([columns, *rows])), None)


def describe_steps(steps):
    return [(step.kind, ", ".join(step.says)) for step in steps]


def vocabulary():
    return sorted(
        (tag.name, tag.key, tag.slug, tag.description, sorted(alias.key for alias in tag.aliases.all()))
        for tag in Tag.objects.prefetch_related("aliases")
    )


def a_vocabulary():
    franc, _mali, ivory = Tag.objects.for_names(["CFA franc", "=Mali", "Côte d’Ivoire"])
    for name in ("FCFA", "A|B", "@zone"):
        franc.aliases.create(name=name)
    Tag.objects.filter(pk=ivory.pk).update(description="- un pays ;\r\n“d’Afrique”, 'dit-on'")
    cast.story(tags=["CFA franc"])


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_went_out_comes_in_unchanged(delimiter):
    a_vocabulary()
    text = vocabulary_csv(delimiter)
    assert describe_steps(VocabularyImport().plan(read_tag_rows(text))) == [("unchanged", "")] * 3


def test_an_alias_answers_where_a_tag_was_deleted(client):
    Tag.objects.create_named("Mali").retire(None)
    cast.story(tags=["Afrique"])
    imported("Afrique;;;Mali")
    assert client.get("/tag/mali/").headers["Location"] == "/tag/afrique/"


def test_what_went_out_fills_an_empty_newsroom():
    a_vocabulary()
    Tag.objects.update(description="Un mot.")
    text, before = vocabulary_csv(), vocabulary()
    for tag in Tag.objects.all():
        tag.retire(None, remove_from_stories=True)
    VocabularyImport().carry_out(read_tag_rows(text), None)
    assert vocabulary() == before


def test_a_new_tag_comes_with_all_that_its_row_says():
    assert describe_steps(imported("Sénégal;senegal-pays;Un pays.;Senegal (pays)|Teranga")) == [
        ("new", "new, new alias: “Senegal (pays)”, new alias: “Teranga”")
    ]
    assert vocabulary() == [
        ("Sénégal", "senegal", "senegal-pays", "Un pays.", ["senegal pays", "teranga"]),
    ]


def test_an_address_is_made_where_none_is_given():
    Tag.objects.create_named("Mali")
    steps = imported("C+", "C++", "🎉", "Niger", "Mali !;;;Malí ba")
    assert [step.kind for step in steps] == ["new", "new", "new", "new", "changed"]
    assert list(Tag.objects.exclude(key="mali").order_by("pk").values_list("slug", flat=True))[:2] == ["c", "c-2"]
    assert Tag.objects.get(name="🎉").slug == f"tag-{Tag.objects.get(name='🎉').pk}"


def test_a_row_of_the_same_address_renames_and_leaves_a_spelling():
    Tag.objects.create_named("Bourse de Douala")
    assert describe_steps(imported("BVMAC;bourse-de-douala")) == [("changed", "renamed, was “Bourse de Douala”")]
    assert Tag.objects.resolve("bourse de douala").name == "BVMAC"
    assert TagChange.objects.get().kind == TagChange.Kind.RENAMED


def test_a_row_of_the_same_name_moves_its_address(client):
    cast.story(tags=["BVMAC"])
    assert describe_steps(imported("BVMAC;bourse")) == [("changed", "new address, was “bvmac”")]
    assert client.get("/tag/bvmac/").headers["Location"] == "/tag/bourse/"


def test_an_empty_cell_takes_nothing_away():
    tag = Tag.objects.create_named("Mali")
    tag.aliases.create(name="Soudan français")
    Tag.objects.update(description="Un pays.")
    assert describe_steps(imported("Mali;;;")) == [("unchanged", "")]
    assert describe_steps(imported("Mali;;;Soudan français|soudan FRANCAIS")) == [("unchanged", "")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";mali;;", "A tag needs a name."),
        ("œ" * 100, "too long"),
        ("a" * 101, "at most 100 characters"),
        ("Niger;deux mots", "valid “slug”"),
        ("RCI", "“RCI” is an alias of “Côte d’Ivoire”."),
        ("Niger;rci", "The address “rci” leads to “Côte d’Ivoire”."),
        ("Mali;cote-d-ivoire", "merge them instead"),
        ("Niger;;;Mali", "“Mali” is itself a tag"),
        ("Niger;;;Un|r.c.i", "“r.c.i” already leads to “Côte d’Ivoire”."),
    ],
)
def test_a_row_with_anything_wrong_is_left_out_whole(row, why):
    _mali, ivory = Tag.objects.for_names(["Mali", "Côte d’Ivoire"])
    TagAlias.objects.create(name="RCI", slug="rci", tag=ivory)
    TagAlias.objects.create(name="R C I", slug="r-c-i", tag=ivory)
    before = vocabulary()
    [step] = imported(row)
    assert step.kind == "left out"
    assert why in " ".join(step.says)
    assert vocabulary() == before


def test_a_second_row_of_a_tag_says_where_the_first_is():
    steps = imported("Mali", "Niger", "MALI")
    assert describe_steps(steps)[2] == ("left out", "“Mali” is already on line 2.")


def test_rows_see_what_those_before_them_take():
    assert [step.kind for step in planned("Mali;;;Soudan", "Soudan", "Niger;mali")] == ["new", "left out", "left out"]


def test_a_plan_writes_nothing():
    planned("Mali;;Un pays.;Soudan")
    assert not Tag.objects.exists()


def test_what_somebody_took_meanwhile_undoes_all():
    work = VocabularyImport()
    Tag.objects.create_named("Mali")
    with pytest.raises(BadItem, match="changed in the meantime"):
        work.carry_out(read_tag_rows("name\nNiger\nMali\n"), None)
    assert not Tag.objects.filter(name="Niger").exists()


def test_a_thousand_new_tags_take_some_queries_in_all():
    with CaptureQueriesContext(connection) as captured:
        imported(*(f"Mot {number};;;Autre {number}" for number in range(1000)))
    assert len(captured) <= 25  # as many rows a statement as SQLite's parameters allow
