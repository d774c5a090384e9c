"""Who may not create tags proposes them in the story form: they wait among its tags, and can be taken off again."""

import html
import re

import pytest
from django.urls import reverse

from articles.models import Autosave, Tag, TagProposal
from tests.articles import cast
from tests.articles.admin.story_form import ADD, autosave, change, typed

pytestmark = pytest.mark.django_db

SUGGEST = "/admin/articles/article/suggest/tags/"


@pytest.fixture
def story(moutiou):
    return cast.draft("Le port", created_by=moutiou, tags=["Togo"])


def words(story, *more):
    return [*(f"id:{tag.pk}" for tag in story.tags_in_order), *more]


def opened(client, story):
    return re.search('name="proposals_at_opening" value="([^"]*)"', client.get(change(story)).text)[1]


def shown(client, where):
    return chips(client.get(where).context["adminform"].form)


def chips(form):
    """Return the tags of the form by name, proposed ones by the word that the browser sends."""
    choices = form["tags"].value()
    return [choice.word if choice.word.startswith("proposed:") else choice.label for choice in choices]


def waiting():
    return [*TagProposal.objects.open().values_list("name", flat=True)]


def test_it_is_offered_only_to_those_who_may_not_create_tags(client, moutiou):
    Tag.objects.create_named("Mali")

    def offered(term, query="&of_story"):
        return [row["text"] for row in client.get(f"{SUGGEST}?term={term}{query}").json()["results"]]

    assert offered("Malien") == ["Propose “Malien”"]
    assert offered("mali") == ["Mali"]
    assert offered("Malien", query="") == []  # without a story there is nothing to propose it for
    client.force_login(cast.editor())
    assert offered("Malien") == ["New tag “Malien”"]


def test_a_proposal_is_saved_beside_the_tags(client, story):
    answer = client.post(change(story), typed(story, tags=words(story, "proposed:Grand Nokoué")), follow=True)
    assert "“Grand Nokoué” is proposed." in answer.text
    assert waiting() == ["Grand Nokoué"]
    assert shown(client, change(story)) == ["Togo", "proposed:Grand Nokoué"]
    assert not Tag.objects.filter(name="Grand Nokoué").exists()


def test_a_new_story_can_have_one(client, moutiou):
    client.post(ADD, typed(headline="Nouveau", tags=["proposed:Grand Nokoué"]))
    assert [one.story.headline for one in TagProposal.objects.all()] == ["Nouveau"]


def test_a_form_that_is_sent_twice_proposes_once(client, story):
    sent = typed(story, tags=words(story, "proposed:Grand Nokoué"))
    for _press in range(2):
        client.post(change(story), sent)
    assert waiting() == ["Grand Nokoué"]


def test_what_the_form_no_longer_names_is_taken_back(client, story, moutiou):
    TagProposal.objects.revise(story, moutiou, ["Un", "Deux"])
    sent = typed(story, tags=words(story, "proposed:Deux"), proposals_at_opening=opened(client, story))
    client.post(change(story), sent)
    assert waiting() == ["Deux"]


def test_what_was_proposed_after_the_form_was_opened_is_not_taken_back(client, story, moutiou):
    before = opened(client, story)
    TagProposal.objects.revise(story, moutiou, ["Un"])
    client.post(change(story), typed(story, tags=words(story), proposals_at_opening=before))
    assert waiting() == ["Un"]


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_what_was_decided_meanwhile_is_not_proposed_again(client, story, moutiou, verb):
    TagProposal.objects.revise(story, moutiou, ["Un"])
    sent = typed(story, tags=words(story, "proposed:Un"), proposals_at_opening=opened(client, story), kicker="Lomé")
    getattr(TagProposal.objects.get(), verb)(cast.tag_staff())
    client.post(change(story), sent)
    found = cast.fresh(story)
    assert (waiting(), found.kicker) == ([], "Lomé")
    assert [tag.name for tag in found.tags_in_order] == ["Togo", "Un"][: 2 if verb == "accept" else 1]


def test_a_name_that_a_tag_has_is_that_tag(client, story):
    Tag.objects.create_named("Grand Nokoué")
    client.post(change(story), typed(story, tags=words(story, "proposed:grand nokoue")))
    assert ([tag.name for tag in cast.fresh(story).tags_in_order], waiting()) == (["Togo", "Grand Nokoué"], [])


def test_a_save_that_comes_too_late_proposes_all_the_same(client, story):
    sent = typed(story, tags=words(story, "proposed:Grand Nokoué"), kicker="Lomé")
    story.save_draft(cast.editor(), cast.typed(story, headline="Le port ferme"))
    client.post(change(story), sent)
    assert waiting() == ["Grand Nokoué"]


def test_an_editor_sees_it_and_can_take_it_off(client, story, moutiou):
    TagProposal.objects.revise(story, moutiou, ["Un"])
    client.force_login(cast.editor())
    assert shown(client, change(story)) == ["Togo", "proposed:Un"]
    kept = typed(story, tags=words(story, "proposed:Un"), proposals_at_opening=opened(client, story), kicker="Lomé")
    client.post(change(story), kept)
    assert waiting() == ["Un"]
    story = cast.fresh(story)
    client.post(change(story), typed(story, tags=words(story), proposals_at_opening=opened(client, story)))
    assert waiting() == []


def test_an_editor_makes_no_tag_of_a_proposal_that_the_form_did_not_show(client, story, moutiou):
    TagProposal.objects.revise(story, moutiou, ["Un"])
    client.force_login(cast.editor())
    answer = client.post(change(story), typed(story, tags=words(story, "proposed:Un")))
    assert "“Un” is not a tag yet." in str(answer.context["adminform"].form.errors["tags"])
    assert (waiting(), Tag.objects.filter(name="Un").exists()) == (["Un"], False)


def test_proposals_of_another_story_are_out_of_reach(client, story):
    other = cast.draft("Ailleurs")
    theirs = TagProposal.objects.create(story=other, name="Un", key="un")
    client.post(change(story), typed(story, tags=words(story), proposals_at_opening=f"{theirs.pk},x,{10**30}"))
    assert waiting() == ["Un"]


@pytest.mark.parametrize("name", ["", "x" * 101, "œ" * 100])
def test_a_bad_name_is_refused_and_kept_in_the_form(client, story, name):
    answer = client.post(change(story), typed(story, tags=words(story, f"proposed:{name}")))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["tags"]
    assert waiting() == []


def test_a_form_that_comes_back_still_shows_it(client, story):
    answer = client.post(change(story), typed(story, tags=words(story, "proposed:Un", "typed:Rien")))
    assert chips(answer.context["adminform"].form) == ["Togo", "proposed:Un", "Rien"]


def test_without_a_script_it_is_a_word_of_the_list(client, story, moutiou):
    TagProposal.objects.revise(story, moutiou, ["Lomé, port"])
    page = client.get(change(story)).text
    assert html.unescape(re.search('name="tags" value="([^"]*)"', page)[1]) == 'Togo, "proposed:Lomé, port"'
    at_opening = opened(client, story)
    client.post(change(story), typed(story, tags='Togo, "proposed:Lomé, port"', proposals_at_opening=at_opening))
    assert waiting() == ["Lomé, port"]


def test_without_a_script_a_new_word_of_the_list_is_proposed(client, story):
    client.post(change(story), typed(story, tags="Togo, Grand Nokoué"))
    assert shown(client, change(story)) == ["Togo", "proposed:Grand Nokoué"]


def test_an_autosave_that_holds_only_a_proposal_is_offered(client, story):
    autosave(client, story, typed(story, key="k1", tags=words(story, "proposed:Un")))
    client.get(change(story))
    kept = Autosave.objects.get()
    assert shown(client, f"{change(story)}?typed={kept.pk}") == ["Togo", "proposed:Un"]


def test_the_checklist_speaks_of_proposed_tags_as_the_form_does(client, moutiou):
    story = cast.draft("Le port", created_by=moutiou)
    TagProposal.objects.revise(story, moutiou, ["Grand Nokoué"])
    assert "Its tags are only proposed" in client.get(change(story)).text
    address = reverse("admin:articles_article_checklist", args=[story.pk])
    assert "Its tags are only proposed" in client.post(address, typed(story, tags=["proposed:Un"])).text
    assert "Without a tag" in client.post(address, typed(story, tags=[])).text


def test_the_help_of_the_field_tells_a_reporter_alone(client, story):
    assert "is proposed to the tag staff" in client.get(change(story)).text
    client.force_login(cast.editor())
    assert "is proposed to the tag staff" not in client.get(change(story)).text
