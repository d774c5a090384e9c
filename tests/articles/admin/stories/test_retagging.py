"""Tags of all stories that a search finds: asked about first, then changed one by one, for readers too."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.stories import retagging
from articles.models import Article, Tag
from articles.models.article import StaleStory
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db
RETAG = reverse("admin:articles_article_retag")


@pytest.fixture
def koffi(client):
    """Return one of the tag staff, who cannot change a story's text."""
    staff = cast.tag_staff()
    client.force_login(staff)
    return staff


@pytest.fixture
def port():
    return cast.story("Le port de Lomé", tags=["Ports"])


@pytest.fixture
def rail():
    return cast.story("Le rail de Lomé", tags=["Rail"])


def tags(story):
    return [tag.name for tag in Article.objects.get(pk=story.pk).tags_in_order]


def retag(client, query="q=Lomé", **data):
    return client.post(f"{RETAG}?{query}", data)


def test_it_asks_first(client, koffi, port, rail):
    response = retag(client, add="Togo", remove="Rail")
    assert response.context["count"] == 2
    assert "This will change 2 stories" in response.text
    assert (tags(port), tags(rail)) == (["Ports"], ["Rail"])


def test_tags_come_last_and_others_go(client, koffi, port, rail):
    response = retag(client, add="Togo", remove="Rail", confirmed="1")
    assert response["Location"] == f"{reverse('admin:articles_article_changelist')}?q=Lom%C3%A9"
    assert (tags(port), tags(rail)) == (["Ports", "Togo"], ["Togo"])


def test_only_what_the_search_finds_changes(client, koffi, port, rail):
    retag(client, "q=rail", add="Togo", confirmed="1")
    assert (tags(port), tags(rail)) == (["Ports"], ["Rail", "Togo"])


def test_readers_see_it_and_nothing_else_of_the_story(client, koffi, port):
    before = Article.objects.get()
    retag(client, add="Togo", confirmed="1")
    after = Article.objects.get()
    assert (after.version, after.changed_at, after.publish_at) == (
        before.version + 1,
        before.changed_at,
        before.publish_at,
    )
    assert client.get("/tag/togo/").text.count("Le port de Lomé") > 0
    assert [(one.event, one.saved_by, one.fields) for one in after.revisions.filter(event="tagged")] == [
        ("tagged", koffi, ["tags"])
    ]


def test_changes_that_wait_get_the_tags_too_and_go_on_waiting(client, koffi, port):
    port.save_draft(cast.editor(), Edit({**port.newest_content, "headline": "Pas encore", "tags": []}))
    retag(client, "state=live", add="Togo", remove="Ports", confirmed="1")
    story = Article.objects.get()
    assert (story.headline, tags(story)) == ("Le port de Lomé", ["Togo"])
    assert story.newest_content["headline"] == "Pas encore"
    assert [name for _pk, name in story.newest_content["tags"]] == ["Togo"]


def test_a_story_that_has_it_already_is_left_alone(client, koffi, port, rail):
    version = Article.objects.get(pk=port.pk).version
    retag(client, add="Ports", confirmed="1")
    assert Article.objects.get(pk=port.pk).version == version
    assert tags(rail) == ["Rail", "Ports"]


def test_another_spelling_is_its_tag(client, koffi, port):
    Tag.objects.resolve("Ports").aliases.create(name="Havens")
    retag(client, remove="Havens", confirmed="1")
    assert tags(port) == []


def test_more_than_fit_are_done_in_several_goes(client, koffi, port, rail, monkeypatch):
    monkeypatch.setattr(retagging, "MAX_STORIES_RETAGGED", 1)
    assert "There are more: repeat this" in retag(client, add="Togo").text
    for done in (1, 2):
        retag(client, add="Togo", confirmed="1")
        assert Article.objects.filter(taggings__tag__name="Togo").count() == done


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Enter a tag"),
        ({"add": "Ports", "remove": "Ports"}, "both added and removed"),
        ({"remove": "Inconnu"}, "is not a tag"),
    ],
)
def test_what_makes_no_sense_is_said(client, koffi, port, data, words):
    assert words in retag(client, **data, confirmed="1").text
    assert tags(port) == ["Ports"]


def test_nonsense_in_the_address_leads_to_the_list(client, koffi, port):
    assert retag(client, "nonsense=1", add="Togo").status_code == 302
    assert tags(port) == ["Ports"]


def test_a_colleague_who_saves_meanwhile_gets_the_conflict_check(client, koffi, port):
    retag(client, add="Togo", confirmed="1")
    with pytest.raises(StaleStory):
        port.save_draft(cast.editor(), Edit({**port.newest_content, "headline": "Périmé"}, version=port.version))


def test_who_only_tagged_an_opinion_is_not_its_writer(client, koffi):
    awa = cast.editor()
    story = cast.draft("Opinion", label="opinion")
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Mon avis"}))
    Article.objects.get().retag(koffi, [Tag.objects.create_named("Togo")])
    story = Article.objects.get()
    assert not story._is_read_by_another(story.newest_content, awa)


def test_it_costs_the_same_queries_to_ask_for_1_as_for_50(client, koffi, port, django_assert_max_num_queries):
    for number in range(49):
        cast.story(f"Lomé {number}", tags=["Rail"])
    with django_assert_max_num_queries(22):
        retag(client, add="Togo")


def test_the_list_links_to_it_for_whom_it_is(client, koffi, port):
    listed = reverse("admin:articles_article_changelist")
    assert f"{RETAG}?q=Lom" in client.get(f"{listed}?q=Lomé").text
    assert RETAG not in client.get(listed).text
    client.force_login(cast.reporter())
    assert RETAG not in client.get(f"{listed}?q=Lomé").text


def test_all_stories_of_a_tag_are_changed_though_the_list_shows_the_newest(client, koffi, monkeypatch):
    monkeypatch.setattr("articles.admin.stories.filters.NEWEST_SEARCHED_FOR_OPTIONS", 2)
    stories = [cast.story(f"Dépêche {hours}", tags=["Ports"], hours_ago=hours) for hours in (1, 2, 3)]
    drafts = [cast.draft(f"Projet {number}", tags=["Ports"]) for number in range(3)]
    query = f"tag={Tag.objects.get().pk}"
    listed = client.get(f"{reverse('admin:articles_article_changelist')}?{query}").context["cl"].result_list
    assert {*stories[:2]} < {*listed}
    assert len(listed) == 4
    retag(client, query, add="Togo", confirmed="1")
    assert [tags(story) for story in [*stories, *drafts]] == [["Ports", "Togo"]] * 6


# Stories that are selected in the list

LIST = reverse("admin:articles_article_changelist")


def retag_selected(client, *stories, query="", **data):
    selected = {"action": "retag_selected", "_selected_action": [story.pk for story in stories]}
    return client.post(f"{LIST}{query}", selected | data)


def told(client):
    return [str(message) for message in client.get(LIST).context["messages"]]


def test_it_asks_which_tags_the_selected_stories_get(client, koffi, port, rail):
    page = retag_selected(client, port)
    assert page.context["possible"] == [port]
    assert "This is about 1 story." in page.text
    assert tags(port) == ["Ports"]


def test_selected_stories_are_changed_in_one_post_and_counted(client, koffi, port, rail):
    response = retag_selected(client, port, rail, query="?state=live", add="Ports", remove="Rail", confirmed="1")
    assert response["Location"] == f"{LIST}?state=live"
    assert (tags(port), tags(rail)) == (["Ports"], ["Ports"])
    assert told(client) == ["The tags of 1 story are changed.", "1 story needed no change."]


def test_stories_that_are_not_selected_stay(client, koffi, port, rail):
    retag_selected(client, port, add="Togo", confirmed="1")
    assert tags(rail) == ["Rail"]


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Enter a tag"), ({"add": "Ports", "remove": "Ports"}, "both added and removed")],
)
def test_what_makes_no_sense_is_said_of_selected_stories_too(client, koffi, port, data, words):
    assert words in retag_selected(client, port, **data, confirmed="1").text
    assert tags(port) == ["Ports"]


def test_a_reporter_tags_own_drafts_and_is_told_what_stays(client):
    reporter = cast.reporter()
    client.force_login(reporter)
    Tag.objects.create_named("Togo")
    draft, live = cast.draft("Projet", created_by=reporter), cast.story("En ligne", created_by=reporter)
    page = retag_selected(client, draft, live)
    assert (page.context["possible"], page.context["impossible"]) == ([draft], [live])
    retag_selected(client, draft, live, add="Togo", confirmed="1")
    assert (tags(draft), tags(live)) == (["Togo"], [])


def test_a_reporter_makes_no_new_tag(client):
    reporter = cast.reporter()
    client.force_login(reporter)
    draft = cast.draft("Projet", created_by=reporter)
    page = retag_selected(client, draft, add="Inconnu", confirmed="1")
    assert "is not a tag. Choose one from the list" in page.text
    assert "Inconnu" in page.text
    assert not Tag.objects.exists()


def test_a_reporter_tags_no_story_of_a_colleague(client, port):
    client.force_login(cast.reporter())
    retag_selected(client, port, remove="Ports", confirmed="1")
    assert tags(port) == ["Ports"]


def test_who_may_only_change_stories_retags_none_that_is_public(client, port):
    reporter = cast.reporter()
    reporter.user_permissions.add(*Permission.objects.filter(codename__in=["change_any_article", "view_any_article"]))
    client.force_login(reporter)
    retag_selected(client, port, remove="Ports", confirmed="1")
    with pytest.raises(PermissionDenied):
        port.retag(type(reporter).objects.get(pk=reporter.pk), remove=[Tag.objects.get()])
    assert tags(port) == ["Ports"]


def test_asking_costs_the_same_queries_for_1_selected_story_as_for_50(client, koffi):
    stories = [cast.draft(f"Projet {number}", section=cast.section()) for number in range(50)]
    with CaptureQueriesContext(connection) as one:
        retag_selected(client, stories[0])
    with CaptureQueriesContext(connection) as many:
        retag_selected(client, *stories)
    assert len(many) == len(one)
