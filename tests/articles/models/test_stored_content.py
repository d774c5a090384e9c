"""Whoever reads a stored content or form gets it in today's shape: the column itself is the only door."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Autosave, Revision, TrashEntry, stored_content
from articles.models.content import FIELDS, Edit, picture_ids, valid_fields
from articles.models.image_proposal import ImageValues
from articles.models.stored_content import SHAPE, ShapeStep, StoredContent, StoredForm, current_shape
from tests.articles import cast

PARTS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800") | st.just("\0")
JSON = st.recursive(PARTS, lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=3))
OBJECTS = st.fixed_dictionaries({}, optional=dict.fromkeys([SHAPE, *FIELDS], JSON)) | JSON
OTHER_JSON = {  # columns that hold no fields of a model, and what else
    "AuthorMerge.record": "ids of stories, and what their bylines were (author_merge.py)",
    "Image.renditions": "made from the picture",
    "RelatedList.matches": "worked out from stories",
    "RelatedList.tags": "worked out from stories",
    "Revision.fields": "names of fields, for the history",
    "Section.other_names": "names by language",
    "Section.second_eyes": "labels",
    "TagChange.record": "rows of tags (vocabulary.py)",
    "WordCounts.counts": "worked out from stories",
}
COLUMNS = [
    (model, field.name)
    for model in apps.get_app_config("articles").get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, models.JSONField) and f"{model.__name__}.{field.name}" not in OTHER_JSON
]


def rename(fields):
    """Make the next shape one in which a field has another name."""
    return {"kicker" if name == "overline" else name: value for name, value in fields.items()}


@pytest.fixture
def older():
    """Return a story with a waiting version and an autosave, both from before a field was renamed."""
    story, awa = cast.story("Le port ferme"), cast.editor()
    story.save_draft(awa, Edit({**story.newest_content, "kicker": "Ports"}, story.version))
    revision = Article.objects.get().waiting
    old = {"overline" if name == "kicker" else name: value for name, value in revision.stored.items()}
    Revision.objects.filter(pk=revision.pk).update(stored={SHAPE: current_shape(), **old})
    typed = {SHAPE: current_shape(), "overline": ["Tapé"], "headline": ["Le port ferme"]}
    Autosave.objects.create(article=story, user=awa, key="k", typed=typed)


@pytest.fixture
def renamed(older, monkeypatch):
    monkeypatch.setattr(stored_content, "STEPS", [*stored_content.STEPS, ShapeStep(rename, rename)])


READERS = {
    "a row": lambda: Revision.objects.latest("pk").stored,
    "a column that was left out before": lambda: Revision.objects.defer("stored").latest("pk").stored,
    "a column that was read again": lambda: (row := Revision.objects.latest("pk")).refresh_from_db() or row.stored,
    "values": lambda: Revision.objects.values("stored").latest("pk")["stored"],
    "a list": lambda: list(Revision.objects.order_by("pk").values_list("stored", flat=True).iterator())[-1],
    "a story's version": lambda: Article.objects.select_related("waiting").get().waiting.stored,
    "another name": lambda: Revision.objects.annotate(other=F("stored")).latest("pk").other,
    "a subquery": lambda: (
        Article.objects.annotate(
            other=Subquery(Revision.objects.filter(article=OuterRef("pk")).order_by("-pk").values("stored")[:1])
        )
        .get()
        .other
    ),
    "SQL": lambda: Revision.objects.raw("SELECT * FROM articles_revision ORDER BY id DESC")[0].stored,
    "the content": lambda: Revision.objects.latest("pk").content,
    "what a form opens with": lambda: Article.objects.get().newest_content,
}


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_every_way_to_read_a_content_brings_it_to_todays_shape(renamed, reader):
    content = READERS[reader]()
    assert (content["kicker"], content.keys()) == ("Ports", set(FIELDS))


@pytest.mark.django_db
def test_what_was_typed_into_a_form_is_brought_to_todays_shape(renamed):
    assert Autosave.objects.get().typed == {"kicker": ["Tapé"], "headline": ["Le port ferme"]}


def raw(model, column):
    return json.loads(model.objects.annotate(raw=Cast(column, TextField())).latest("pk").raw)


@pytest.mark.django_db
def test_what_is_stored_has_the_number_of_its_shape():
    story, awa = cast.story(), cast.editor()
    Autosave.objects.create(article=story, user=awa, key="k", typed={"headline": ["Tapé"]})
    assert raw(Revision, "stored") == {SHAPE: current_shape(), **story.newest_content}
    assert raw(Autosave, "typed") == {SHAPE: current_shape(), "headline": ["Tapé"]}


@pytest.mark.django_db(transaction=True)
def test_a_dump_that_is_older_than_a_step_is_brought_to_todays_shape_when_it_is_loaded(tmp_path, monkeypatch):
    cast.draft().save_draft(None, Edit(cast.draft().newest_content | {"kicker": "Ports"}))
    call_command("dumpdata", output=str(tmp_path / "dump.json"), verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    step = ShapeStep(lambda content: content | {"kicker": content["kicker"].upper()}, dict)
    monkeypatch.setattr(stored_content, "STEPS", [*stored_content.STEPS, step])
    call_command("loaddata", str(tmp_path / "dump.json"), verbosity=0)
    assert raw(Revision, "stored")[SHAPE] == current_shape() - 1
    assert Revision.objects.latest("pk").content["kicker"] == "PORTS"


@pytest.mark.django_db
def test_a_story_comes_back_from_the_trash_in_todays_shape(monkeypatch):
    """The trash holds a row from before one field was renamed and another got values of another kind."""

    def shape_of_then(fields):
        return {"overline" if name == "kicker" else name: value for name, value in fields.items()} | {
            "never_teased": "never"
        }

    def step(fields):
        return rename(fields) | {"never_teased": fields["never_teased"] == "never"}

    story, awa, section = cast.draft("Le port ferme", kicker="Ports"), cast.editor(), cast.section("Ports", "ports")
    story.save_draft(awa, cast.typed(story, section=[section.pk, "Ports"]))
    entry = TrashEntry.objects.put_in(story, awa)
    rows = json.loads(entry.rows)
    rows[0]["fields"] = shape_of_then(rows[0]["fields"])
    content = {SHAPE: current_shape(), **shape_of_then(entry.content)}
    TrashEntry.objects.filter(pk=entry.pk).update(rows=json.dumps(rows), content=content)
    monkeypatch.setattr(stored_content, "STEPS", [*stored_content.STEPS, ShapeStep(step, step)])
    back = cast.fresh(entry.put_back(awa))
    assert (back.headline, back.kicker, back.never_teased) == ("Le port ferme", "Ports", True)
    assert back.section == section


def test_each_column_of_json_is_one_of_these_or_holds_something_else():
    """A new column has to be readable in a later version, which may have other fields."""
    columns = {
        f"{model.__name__}.{field.name}": type(field)
        for model in apps.get_app_config("articles").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    }
    stored = {"Revision.stored": StoredContent, "TrashEntry.content": StoredContent, "Autosave.typed": StoredForm}
    stored |= {"ImageProposal.proposed": ImageValues, "ImageProposal.before": ImageValues}
    assert columns == stored | dict.fromkeys(OTHER_JSON, models.JSONField)


@given(OBJECTS)
def test_any_json_is_read_as_a_content(value):
    content = StoredContent().from_db_value(json.dumps(value), None, connection)
    assert valid_fields(content) == content
    assert all(isinstance(pk, int) for pk in picture_ids(content))


@given(OBJECTS)
def test_any_json_is_read_as_a_form(value):
    typed = StoredForm().from_db_value(json.dumps(value), None, connection)
    assert all(isinstance(text, str) for values in typed.values() for text in values)


@pytest.mark.parametrize(
    "ask",
    [
        lambda rows, key: rows.filter(**{key: "Le port ferme"}),
        lambda rows, key: rows.filter(**{f"{key}__icontains": "port"}),
        lambda rows, key: rows.values_list(key),
        lambda rows, key: rows.order_by(key),
        lambda rows, key: rows.annotate(found=F(key)),
    ],
    ids=["filter", "lookup", "values", "order", "F"],
)
@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=[f"{model.__name__}.{name}" for model, name in COLUMNS])
def test_no_query_sees_one_key_of_a_column_that_is_read_whole(ask, model, column):
    with pytest.raises(TypeError, match="is read whole"):
        str(ask(model.objects.all(), f"{column}__headline").query)
