"""What a page of the desk says when it refuses a form: every reason, each with a way to its field."""

import re

import pytest
from django.urls import reverse

from articles.models import Tag
from articles.states import format_moment_with_zone
from articles.templatetags.desk import story_moment
from tests.articles import cast
from tests.articles.admin.story_form import change, typed
from tests.articles.admin.test_access import address, names

pytestmark = pytest.mark.django_db

FORMS = [name for name in names() if name.endswith(("_add", "_change"))]


@pytest.fixture
def awa(client):
    """Return an editor who works at the desk."""
    editor = cast.editor()
    client.force_login(editor)
    return editor


def list_problems(response):
    """Return the (place, sentence) of each problem on top of the page."""
    box = re.search(r'<div class="errornote problems".*?</div>', response.text, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", box[0] if box else "", re.DOTALL)
    texts = [re.sub(r"[ \n]+", " ", re.sub("<.*?>", "", item)).strip(" ") for item in items]
    return [("".join(re.findall(r'href="#(.*?)"', item)), text) for item, text in zip(items, texts, strict=True)]


@pytest.mark.one_database  # it asks templates, not a database
@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_desk_says_what_is_wrong(admin_client, name):
    cast.editor()
    response = admin_client.post(address(name, cast.draft()), {"headline": "x" * 201, "version": "1"})
    assert response.status_code == 200
    assert "Please correct" not in response.text
    assert list_problems(response)
    for place, _sentence in list_problems(response):
        assert not place or f'id="{place}"' in response.text


def test_a_refused_verb_leads_to_the_field(client, awa):
    story = cast.draft(section=None)
    response = client.post(change(story), typed(story, verb="publish"))
    assert list_problems(response) == [("id_section", "Section: Choose a section for the story.")]


def test_french_has_a_space_before_the_colon(client, awa):
    story = cast.draft(section=None)
    response = client.post(change(story), typed(story, verb="publish"), headers={"Accept-Language": "fr"})
    assert list_problems(response)[0][1].startswith("Rubrique\u00a0: ")


def test_advice_leads_to_the_checklist(client, awa):
    story = cast.draft()
    response = client.post(change(story), typed(story, verb="publish", anyway=""))
    assert [place for place, _sentence in list_problems(response)] == ["checklist"]


def test_a_row_of_a_further_table_is_named_too(client, awa):
    tag = Tag.objects.create_named("Mali")
    form = {"name": "Mali", "slug": "mali", "aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0"}
    response = client.post(reverse("admin:articles_tag_change", args=[tag.pk]), form | {"aliases-0-name": "x" * 300})
    assert [place for place, _sentence in list_problems(response)] == ["id_aliases-0-name"]


def test_who_signs_in_without_a_name_is_told_which_field(client):
    response = client.post("/admin/login/", {"login": "", "password": "x"})
    assert "Please correct" not in response.text
    assert list_problems(response) == [("id_login", "User name or e-mail address: This field is required.")]


@pytest.mark.django_db
def test_a_live_story_has_the_time_of_its_publication_as_in_the_list():
    story = cast.story(hours_ago=72)
    assert story_moment(story) == format_moment_with_zone(story.publish_at)
    draft = cast.draft("Autre")
    assert story_moment(draft) == format_moment_with_zone(draft.saved_at)
