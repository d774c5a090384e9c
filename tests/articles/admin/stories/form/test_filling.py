import pytest

from articles.admin.stories.form.fields import TIMES
from articles.models.content import PLAIN_TEXTS, TEXTS, Edit
from tests.articles import cast
from tests.articles.admin.story_form import change, in_days, typed

pytestmark = pytest.mark.django_db

SENT = [name for name in TEXTS if name != "never_teased"]  # a browser sends no box without a tick
WORDS = {name: f"Ce qui est écrit ({name})" for name in PLAIN_TEXTS}


@pytest.fixture
def story():
    return cast.draft(**WORDS, label="analysis", body="<p>Le port.</p>", tags=["Togo"], lead_image=cast.image())


def form_of(story, **fields):
    """Return what a browser sends of the whole form of this story."""
    whole = {name: getattr(story, name) for name in SENT} | {"lead_image": story.lead_image_id}
    return typed(story, **whole, embargo_until="", note="Relu.") | fields


def content_of(story):
    return cast.fresh(story).newest_content


@pytest.mark.parametrize("name", [*SENT, "section", "lead_image"])
def test_a_field_that_the_form_did_not_have_when_it_was_opened_is_untouched(client, story, name):
    client.force_login(cast.editor())
    before, form = content_of(story), form_of(story)
    del form[name]
    assert client.post(change(story), form).status_code == 302
    assert content_of(story) == before


@pytest.mark.parametrize("name", PLAIN_TEXTS)
def test_what_a_colleague_wrote_meanwhile_into_such_a_field_stays(client, story, name):
    client.force_login(cast.editor())
    form = form_of(story)
    del form[name]
    story.save_draft(cast.editor("koffi"), Edit({**story.newest_content, name: "D’une collègue"}, story.version))
    client.post(change(story), form)
    assert content_of(story)[name] == "D’une collègue"


@pytest.mark.parametrize("name", TIMES)
def test_a_time_that_the_form_did_not_have_when_it_was_opened_is_untouched(client, story, name):
    client.force_login(cast.editor())
    client.post(change(story), form_of(story, **{name: in_days(3)}))
    story = cast.fresh(story)
    before, form = getattr(story, name), form_of(story)
    form.pop(name)
    assert before
    client.post(change(story), form)
    assert getattr(cast.fresh(story), name) == before


@pytest.mark.parametrize("name", [name for name in PLAIN_TEXTS if name != "headline"])
def test_an_emptied_field_is_emptied(client, story, name):
    client.force_login(cast.editor())
    client.post(change(story), form_of(story, **{name: ""}))
    assert content_of(story)[name] == ""


def test_a_list_from_which_the_last_choice_was_taken_is_emptied(client, story):
    client.force_login(cast.editor())
    form = form_of(story)
    del form["tags"]  # as browsers send it
    client.post(change(story), form)
    assert content_of(story)["tags"] == []
