"""The chooser of authors: whoever stands in the byline has a role."""

import json

import pytest

from articles.admin.fields.author_choosers import split_role
from articles.models import Autosave
from tests.articles import cast
from tests.articles.admin.story_form import ADD, autosave, change, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return cast.author("Ada Obi", "ada-obi")


@pytest.fixture
def story(ada):
    story = cast.draft()
    story.set_authors([cast.author()])
    return story


def bylines(story):
    return [(str(byline), byline.role) for byline in cast.fresh(story).authors_in_order]


def shown(response):
    """Return the words of the chips."""
    widget = response.context["adminform"].form["authors"].subwidgets[0].data
    return [word for word, _label in json.loads(widget["attrs"]["data-chosen"])]


def test_a_person_gets_the_role_that_was_chosen(client, awa, story, ada):
    client.post(change(story), typed(story, authors=[f"id:{ada.pk}:translator", f"id:{cast.author().pk}"]))
    assert bylines(story) == [("Ada Obi", "translator"), ("Moutiou Adjibi Nourou", "author")]
    assert shown(client.get(change(story)))[0] == f"id:{ada.pk}:translator"


def test_a_role_is_typed_in_brackets_where_no_script_runs(client, awa, story, ada):
    client.post(change(story), typed(story, authors="Ada Obi (translation), Moutiou Adjibi Nourou"))
    assert bylines(story) == [("Ada Obi", "translator"), ("Moutiou Adjibi Nourou", "author")]
    form = client.get(change(story)).context["adminform"].form
    assert 'value="Ada Obi (translation), Moutiou Adjibi Nourou"' in str(form["authors"])


def test_another_role_alone_is_a_change(client, awa, story):
    client.post(change(story), typed(story, authors=[f"id:{cast.author().pk}:editor"]))
    assert bylines(story) == [("Moutiou Adjibi Nourou", "editor")]
    assert cast.fresh(story).version == story.version + 1


def test_a_person_stands_in_the_byline_once(client, awa, story, ada):
    client.post(change(story), typed(story, authors=[f"id:{ada.pk}:photographer", f"id:{ada.pk}"]))
    assert bylines(story) == [("Ada Obi", "photographer")]


@pytest.mark.parametrize("word", ["id:{pk}:king", "id:{pk}:", "id:{pk}:editor:editor", "Ada Obi (king)"])
def test_a_role_that_is_none_is_refused_beside_the_field(client, awa, story, ada, word):
    response = client.post(change(story), typed(story, authors=[word.format(pk=ada.pk)]))
    assert "There is no author called" in response.context["adminform"].form.errors["authors"][0]
    assert bylines(story) == [("Moutiou Adjibi Nourou", "author")]


def test_a_role_that_was_kept_without_saving_comes_back(client, awa, story):
    words = [f"id:{cast.author().pk}:contributor"]
    autosave(client, story, typed(story, authors=words))
    kept = Autosave.objects.get()
    assert shown(client.get(change(story), {"typed": kept.pk})) == words


def test_who_writes_a_new_story_is_its_author(client, awa):
    author = cast.author("Awa Diop", "awa-diop", user=awa)
    assert shown(client.get(ADD)) == [f"id:{author.pk}"]


def test_a_name_may_end_in_brackets():
    assert split_role("Reuters (Lomé)") == ("Reuters (Lomé)", "author")
