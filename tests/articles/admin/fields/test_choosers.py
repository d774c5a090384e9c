"""Ordered fields of authors, tags and stories: what is typed, chosen or posted by hand becomes the right rows."""

import datetime
import json
import time

import pytest
from django.utils import timezone

from articles.admin.fields.chooser_words import MAX_WORD_LENGTH, split_words
from articles.admin.fields.choosers import MAX_WORDS_CHOSEN, ChooserInput
from articles.models import RelatedChoice, Tag, TagAlias
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, typed

pytestmark = pytest.mark.django_db

SUGGEST = "/admin/articles/article/suggest/"


def suggested(client, what, term):
    answer = client.get(f"{SUGGEST}{what}/", {"term": term})
    return [(row["id"], row["text"]) for row in answer.json()["results"]]


def labels(client, what, term):
    return [label for _word, label in suggested(client, what, term)]


def list_chosen(response, field):
    """Return the labels that the form shows in a chooser."""
    form = response.context["adminform"].form
    return [choice.label for choice in form[field].value()]


# Suggestions


def test_tags_come_exact_then_prefix_then_contains_then_by_count(client, awa):
    Tag.objects.for_names(["Sud-Mali", "Mali", "Maliens", "Malin"])
    Tag.objects.filter(name="Malin").update(story_count=5)
    assert labels(client, "tags", "mali") == ["Mali", "Malin", "Maliens", "Sud-Mali"]


def test_tags_in_use_come_before_those_of_former_years(client, awa):
    Tag.objects.for_names(["Mali 1", "Mali 2", "Mali 3"])
    for hours in (24 * 100, 24 * 101):
        cast.story(f"Il y a {hours} heures", tags=["Mali 1"], hours_ago=hours)
    cast.story(tags=["Mali 2"], hours_ago=24 * 80)
    assert labels(client, "tags", "mali")[:3] == ["Mali 2", "Mali 1", "Mali 3"]


@pytest.mark.parametrize("term", ["mali", "soudan"])
def test_the_order_tells_nobody_of_scheduled_stories(client, awa, moutiou, term):
    for tag in Tag.objects.for_names(["Mali 1", "Mali 2", "Mali 3"]):
        tag.aliases.create(name=tag.name.replace("Mali", "Soudan"))
    cast.story(tags=["Mali 2"], hours_ago=1)
    client.force_login(moutiou)
    before = [word for word, _label in suggested(client, "tags", term)]
    for days in (1, 2):
        cast.draft(tags=["Mali 2", "Mali 3"]).publish(awa, at=timezone.now() + datetime.timedelta(days=days))
    assert [word for word, _label in suggested(client, "tags", term)] == before
    client.force_login(awa)
    assert [word for word, _label in suggested(client, "tags", term)][:3] != before


def test_an_alias_leads_to_its_tag_and_says_so(client, awa):
    franc = Tag.objects.create_named("CFA franc")
    TagAlias.objects.create(name="FCFA", tag=franc)
    assert suggested(client, "tags", "fcf")[0] == (f"id:{franc.pk}", "FCFA → CFA franc")


def test_accents_and_case_do_not_matter(client, awa):
    Tag.objects.create_named("Côte d’Ivoire")
    assert labels(client, "tags", "COTE D'I")[0] == "Côte d’Ivoire"


def test_making_a_tag_comes_last_and_only_for_a_new_name(client, awa):
    Tag.objects.for_names(["Mali", "Malin"])
    assert labels(client, "tags", "Malien")[-1] == "New tag “Malien”"
    assert "New tag" not in " ".join(labels(client, "tags", "mali"))


def test_who_may_not_make_tags_is_not_offered_to(client, moutiou):
    assert labels(client, "tags", "Nouveau") == []


def test_a_tag_is_offered_once_by_its_likest_spelling(client, awa):
    franc = Tag.objects.create_named("Zone du franc CFA")
    for name in ("CFA", "Franc CFA", "CFA franc"):
        franc.aliases.create(name=name)
    assert labels(client, "tags", "cfa") == ["CFA → Zone du franc CFA"]


def test_at_most_ten_tags_in_one_query(client, awa, django_assert_num_queries):
    for tag in Tag.objects.for_names([f"Mali {number}" for number in range(30)]):
        tag.aliases.create(name=f"Le {tag}")
    with django_assert_num_queries(6):  # session, user, permissions of the two kinds, stories due, tags with aliases
        assert len(labels(client, "tags", "mali")) == 10


def test_colleagues_of_today_come_before_former_ones(client, awa):
    cast.author("Awa Ancienne", "awa-ancienne", is_active=False)
    cast.author("Awa Diop", "awa-diop", title="Energy correspondent")
    assert labels(client, "authors", "awa") == ["Awa Diop, Energy correspondent", "Awa Ancienne (former colleague)"]


def test_authors_are_found_without_accents(client, awa):
    cast.author("Aïcha Traoré", "aicha-traore")
    assert labels(client, "authors", "traore") == ["Aïcha Traoré"]


def test_stories_are_found_by_words_of_the_headline(client, awa):
    cast.story("La Mauritanie triple sa production électrique")
    cast.draft("Le Togo emprunte")
    assert labels(client, "stories", "electrique mauritanie") == ["La Mauritanie triple sa production électrique"]
    assert labels(client, "stories", "togo") == ["Le Togo emprunte (Draft, not shown to readers)"]


def test_a_reporter_is_not_told_of_drafts_of_others(client, moutiou):
    cast.draft("Le Togo emprunte")
    assert labels(client, "stories", "togo") == []


@pytest.mark.parametrize("what", ["authors", "tags", "stories"])
@pytest.mark.parametrize("term", ["", " ", "'", "%", "💡", "a" * 5000, "ﷺ", "_"])
def test_whatever_is_typed_is_answered(client, awa, what, term):
    assert client.get(f"{SUGGEST}{what}/", {"term": term}).status_code == 200


# Fields


def test_the_order_is_kept(client, awa):
    tags = Tag.objects.for_names(["Zinc", "Coton", "Mali"])
    story = cast.draft(tags=["Coton", "Mali", "Zinc"])
    client.post(change(story), typed(story, tags=[f"id:{tag.pk}" for tag in tags]))
    assert [tag.name for tag in story.tags_in_order] == ["Zinc", "Coton", "Mali"]


def test_an_alias_attaches_its_tag_once(client, awa):
    TagAlias.objects.create(name="FCFA", tag=Tag.objects.create_named("CFA franc"))
    story = cast.draft()
    client.post(change(story), typed(story, tags="FCFA, CFA franc, cfa FRANC"))
    assert [tag.name for tag in story.tags_in_order] == ["CFA franc"]


def test_a_chosen_new_tag_is_made_when_the_story_is_saved(client, awa):
    story = cast.draft()
    client.post(change(story), typed(story, tags=["new:Franc CFA, zone"]))
    assert [tag.name for tag in story.tags_in_order] == ["Franc CFA, zone"]


def test_a_name_with_a_comma_stands_in_quotation_marks(client, awa):
    story = cast.draft(tags=["Lomé, port"])
    page = client.get(change(story))
    assert list_chosen(page, "tags") == ["Lomé, port"]
    client.post(change(story), typed(story, tags='Mali, "Lomé, port"'))
    assert [tag.name for tag in story.tags_in_order] == ["Mali", "Lomé, port"]


def test_numbers_in_a_comma_list_name_as_many_rows(client, awa):
    story, one, other = cast.draft(), cast.draft("Sans adresse"), cast.draft("Sans adresse non plus")
    client.post(change(story), typed(story, pinned_long=f"id:{one.pk}, id:{other.pk}"))
    assert [choice.story for choice in story.related_choices.all()] == [one, other]


def test_unknown_people_are_named_and_nothing_typed_is_lost(client, awa):
    response = client.post(ADD, typed(headline="Titre", authors="Personne Ici", tags="Neuf"))
    assert "There is no author called “Personne Ici”" in response.content.decode()
    assert list_chosen(response, "authors") == ["Personne Ici"]
    assert list_chosen(response, "tags") == ["Neuf"]
    assert not Tag.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["x" * 200, "id:999999", "id:" + "9" * 40, "id:-1", "new:", "\0", ["new:\0"], [f"t{n}" for n in range(60)]],
    ids=["too long", "no such id", "huge id", "negative", "nameless", "NUL", "new NUL", "too many"],
)
@pytest.mark.parametrize("field", ["authors", "tags", "pinned_long"])
def test_nonsense_is_refused_or_left_out_but_never_a_failure(client, awa, field, words):
    story = cast.draft()
    assert client.post(change(story), typed(story, **{field: words})).status_code in {200, 302}


@pytest.mark.parametrize("text", ["\n", " ", "\t", '"', ",", '" ', '\n"', '"\n', "a\n", ' "a"', "a,"])
def test_a_huge_comma_list_is_read_once(text):
    start = time.process_time()
    split_words(text * (100_000 // len(text)))
    assert time.process_time() - start < 1


@pytest.mark.parametrize("prefix", ["", "typed:", "new:"])
def test_a_word_of_a_megabyte_is_refused_and_shown_cut(client, awa, prefix):
    fields = ("authors", "tags", "pinned_long")
    response = client.post(ADD, typed(headline="Titre", **dict.fromkeys(fields, prefix + "x" * 1_000_000)))
    assert response.context["adminform"].form.errors.keys() == {*fields}
    assert len(response.content) < 200_000
    for field in fields:
        (label,) = list_chosen(response, field)
        assert label == "x" * (MAX_WORD_LENGTH - len(prefix)) + "…"


def test_of_countless_words_only_some_are_looked_at_and_the_field_says_how_many_fit(client, awa):
    words, fields = ",".join(map(str, range(20_000))), ("authors", "tags", "pinned_long")
    assert len(ChooserInput("").value_from_datadict({"tags": words}, {}, "tags")) == MAX_WORDS_CHOSEN
    errors = client.post(ADD, typed(headline="Titre", **dict.fromkeys(fields, words))).context["adminform"].form.errors
    assert errors == dict.fromkeys(fields, ["At most 50 fit here."])


def test_pins_keep_their_order_and_say_who_pinned(client, awa):
    story, first, second = cast.draft(), cast.story("Un"), cast.story("Deux")
    client.post(change(story), typed(story, pinned_compact=[f"id:{second.pk}", f"id:{first.pk}"]))
    pins = list(story.related_choices.all())
    assert [(pin.story, pin.place, pin.chosen_by) for pin in pins] == [
        (second, RelatedChoice.Place.COMPACT, awa),
        (first, RelatedChoice.Place.COMPACT, awa),
    ]


def test_a_story_is_named_by_its_address_without_javascript(client, awa):
    story, other = cast.draft(), cast.story("Un")
    client.post(change(story), typed(story, never_here=f"http://localhost:8000{other.get_absolute_url()}"))
    assert [pin.story for pin in story.related_choices.all()] == [other]


def test_a_story_neither_points_to_itself_nor_twice_to_another(client, awa):
    story, other = cast.draft(), cast.story("Un")
    for fields, sentence in [
        ({"pinned_long": f"id:{story.pk}"}, "A story cannot point to itself."),
        ({"pinned_long": f"id:{other.pk}", "never_here": f"id:{other.pk}"}, "“Un” is selected twice."),
    ]:
        assert sentence in client.post(change(story), typed(story, **fields)).content.decode()


def test_a_reporter_cannot_pin_a_draft_of_somebody_else(client, moutiou):
    story, secret = cast.draft(created_by=moutiou), cast.draft("Secret")
    response = client.post(change(story), typed(story, pinned_long=f"id:{secret.pk}"))
    assert "There is no story “" in response.content.decode()
    assert "Secret" not in response.content.decode()


def test_what_readers_do_not_see_is_marked(client, awa):
    story, other = cast.draft(), cast.draft("Un")
    story.set_related(RelatedChoice.Place.LONG, [other])
    response = client.get(change(story))
    data = json.loads(response.context["adminform"].form["pinned_long"].subwidgets[0].data["attrs"]["data-chosen"])
    assert data == [[f"id:{other.pk}", "Un (Draft, not shown to readers)"]]


# What is typed beside the chooser's list and not chosen


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("tags", "cote d'ivoire"),
        ("tags", "RCI"),
        ("tags", "Lomé, port"),
        ("authors", "awa  diop"),
        ("pinned_long", "/2025/11/24/un/"),
    ],
)
def test_an_exact_name_counts_as_chosen(client, awa, field, text):
    ivory = Tag.objects.for_names(["Côte d’Ivoire", "Lomé, port"])[0]
    TagAlias.objects.create(name="RCI", tag=ivory)
    cast.author("Awa Diop", "awa-diop")
    other = cast.draft("Un")
    other.publish(awa, at=datetime.datetime(2025, 11, 24, 12, tzinfo=datetime.UTC))
    story = cast.draft()
    assert client.post(change(story), typed(story, **{field: [f"typed:{text}"]})).status_code == 302
    chosen = {
        "tags": [*story.tags_in_order],
        "authors": [*story.authors_in_order],
        "pinned_long": [*story.related_choices.all()],
    }
    assert len(chosen[field]) == 1


@pytest.mark.parametrize("field", ["tags", "authors", "pinned_long"])
def test_what_names_nothing_is_refused_and_kept_in_the_form(client, awa, field):
    story = cast.draft()
    response = client.post(change(story), typed(story, **{field: ["typed:Maurit"]}))
    assert list(response.context["adminform"].form.errors) == [field]
    assert list_chosen(response, field) == ["Maurit"]
    assert not Tag.objects.exists()


def test_a_tag_that_was_deleted_meanwhile_is_named(client, awa):
    story = cast.draft(tags=["Or", "Mer"])
    form, gone = typed(story), story.tags_in_order[0]
    gone.retire(None, remove_from_stories=True)
    response = client.post(change(story), form)
    assert response.context["adminform"].form.errors["tags"] == ["The tag “Or” has been deleted: remove it."]
    assert list_chosen(response, "tags") == ["Or", "Mer"]


def test_suggestions_say_which_row_is_exact(client, awa):
    Tag.objects.for_names(["Mali", "Maliens"])
    cast.author("Awa Diop", "awa-diop")
    cast.story("Le port ferme")
    exact = {}
    for what, term in (("tags", "MALI"), ("authors", "awa diop"), ("stories", "le port ferme")):
        rows = client.get(f"{SUGGEST}{what}/", {"term": term}).json()["results"]
        exact[what] = [row["text"] for row in rows if row["exact"]]
    assert exact == {"tags": ["Mali"], "authors": ["Awa Diop"], "stories": ["Le port ferme"]}


def test_of_stories_with_one_headline_none_is_exact(client, awa):
    for _number in range(2):
        cast.story("Le port ferme")
    rows = client.get(f"{SUGGEST}stories/", {"term": "le port ferme"}).json()["results"]
    assert [row["exact"] for row in rows] == [False, False]


def test_an_address_finds_its_story(client, awa):
    other = cast.story("Un")
    assert labels(client, "stories", f"http://localhost:8000{other.get_absolute_url()}") == ["Un"]


# Other spellings that are typed


@pytest.mark.parametrize("spelling", ["FCFA", "fcfa", "new:FCFA"])
def test_a_spelling_attaches_its_tag_and_says_so(client, awa, spelling):
    franc = Tag.objects.create_named("CFA franc")
    TagAlias.objects.create(name="FCFA", tag=franc)
    story = cast.draft()
    response = client.post(
        change(story), typed(story, tags=f"Mali, {spelling}" if ":" not in spelling else spelling), follow=True
    )
    word = spelling.removeprefix("new:")
    assert f"“{word}” is filed under “CFA franc”." in response.text
    assert franc in type(story).objects.get().tags_in_order


def test_a_tags_own_name_needs_no_word(client, awa):
    franc = Tag.objects.create_named("CFA franc")
    story = cast.draft()
    response = client.post(change(story), typed(story, tags=f"cfa  FRANC, Nouveau, id:{franc.pk}"), follow=True)
    assert "is filed under" not in response.text
