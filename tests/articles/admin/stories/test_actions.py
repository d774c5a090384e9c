"""What is done to several stories of the list at once: the page that asks, and what becomes of each."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.admin.stories import actions
from articles.log_messages import read_log_message
from articles.models import Article
from articles.models.content import Edit
from articles.states import describe_moment
from tests.articles import cast

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def run_action(client, verb, *stories, seen=None, **more):
    """Post the action of the list, with the versions that it showed: those of now, if no others are given."""
    ids = [story.pk for story in stories]
    seen = seen or dict(Article.objects.filter(pk__in=ids).values_list("pk", "version"))
    data = {"action": f"{verb}_selected", "_selected_action": ids, "index": 0}
    return client.post(LIST, data | {f"version-{pk}": version for pk, version in seen.items()} | more)


def told(client):
    return [str(message) for message in client.get(LIST).context["messages"]]


def test_an_action_asks_and_says_what_stays(client, awa):
    good, bad = cast.draft("Bon"), cast.draft("Mauvais", section=None)
    page = run_action(client, "publish", good, bad).content.decode()
    assert "This will change 1 story" in page
    assert "Choose a section for the story." in page
    good.refresh_from_db()
    assert good.status == "draft"


def test_a_confirmed_action_changes_counts_and_logs(client, awa):
    stories = [cast.draft("Un"), cast.draft("Deux")]
    page = run_action(client, "publish", *stories, confirmed="1", follow=True)
    assert page.status_code == 302
    assert Article.objects.visible().count() == 2
    messages = [str(message) for message in client.get(LIST).context["messages"]]
    assert messages == ["2 stories are live."]
    assert LogEntry.objects.filter(user=awa, change_message__contains="Published").count() == 2


def test_one_failure_stops_no_other(client, awa):
    run_action(client, "publish", cast.draft("Mauvais", section=None), cast.draft("Bon"), confirmed="1")
    assert [story.headline for story in Article.objects.visible()] == ["Bon"]


def test_changes_that_cannot_be_stored_stop_no_other_story(client, awa):
    stories = [cast.story("Un"), cast.story("Deux")]
    stories[0].save_draft(awa, Edit({**stories[0].newest_content, "headline": "Long"}))
    stories[0].waiting.stored["headline"] = "x" * 201
    stories[0].waiting.save()
    run_action(client, "withdraw", *stories, confirmed="1")
    assert [story.headline for story in Article.objects.visible()] == ["Un"]
    messages = [str(message) for message in client.get(LIST).context["messages"]]
    assert messages == [
        "“Un”: Headline: at most 200 characters fit. Shorten it in the story’s form.",
        "1 story is withdrawn; readers are told that it is no longer available.",
    ]


def test_withdrawing_many(client, awa):
    run_action(client, "withdraw", cast.story("Un"), cast.story("Deux"), confirmed="1")
    assert not Article.objects.visible().exists()


def test_the_page_that_asks_names_the_times_that_no_longer_count(client, awa):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    draft, planned = cast.draft("Prévu", publish_at=tomorrow), cast.draft("Programmé")
    planned.publish(awa, at=tomorrow)
    said = f"The time that it has, {describe_moment(tomorrow)}, no longer counts."
    assert run_action(client, "publish", draft, planned, cast.draft("Sans heure")).text.count(said) == 2
    assert said not in run_action(client, "submit", draft).text
    run_action(client, "publish", draft, planned, confirmed="1")
    assert Article.objects.visible().count() == 2


def test_readers_are_told_why_many_were_withdrawn(client, awa):
    stories = [cast.story("Un"), cast.story("Deux")]
    assert 'name="reason"' in run_action(client, "withdraw", *stories).text
    run_action(client, "withdraw", *stories, confirmed="1", reason="Un chiffre était faux.")
    for story in stories:
        assert "Un chiffre était faux." in client.get(story.get_absolute_url()).text


def test_a_reason_that_is_too_long_is_asked_for_again(client, awa):
    story, reason = cast.story("Un"), "Un mot. " * 70
    page = run_action(client, "withdraw", story, confirmed="1", reason=reason)
    assert reason in page.text
    assert "at most 500 characters" in page.text
    assert list(Article.objects.visible()) == [story]


def test_only_a_withdrawal_asks_for_a_reason(client, awa):
    assert 'name="reason"' not in run_action(client, "publish", cast.draft("Un")).text


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("submit", "2 stories are now with the editors."),
        ("publish_changes", "The changes to 2 stories are live."),
        ("withdraw", "2 stories are withdrawn; readers are told that they are no longer available."),
        ("draft", "2 stories are drafts again."),
    ],
)
def test_the_message_says_what_was_done(client, awa, verb, said):
    stories = [cast.draft(headline) for headline in ("Un", "Deux")]
    for story in stories:
        if verb == "draft":
            story.publish(awa, at=timezone.now() + datetime.timedelta(days=1))
        elif verb != "submit":
            story.publish(awa)
            story.save_draft(awa, Edit({**story.newest_content, "kicker": "Ports"}))
    run_action(client, verb, *stories, confirmed="1")
    assert [str(message) for message in client.get(LIST).context["messages"]] == [said]


def test_a_reporter_has_no_action_to_publish(client, moutiou):
    story = cast.draft("Un", created_by=moutiou)
    run_action(client, "publish", story, confirmed="1")
    story.refresh_from_db()
    assert story.status == "draft"


def test_a_reporter_cannot_send_back_what_is_live(client, moutiou):
    story = cast.story("Un", created_by=moutiou)
    run_action(client, "draft", story, confirmed="1")
    story.refresh_from_db()
    assert story.status == "published"


def test_what_no_reader_saw_is_sent_back_not_withdrawn(client, awa):
    story = cast.draft("Demain")
    story.publish(awa, at=timezone.now() + datetime.timedelta(days=1))
    run_action(client, "withdraw", story, confirmed="1")
    run_action(client, "draft", story, confirmed="1")
    story.refresh_from_db()
    assert story.status == "draft"


def test_the_page_that_asks_gives_the_checklists_advice(client, awa):
    story = cast.draft("Bon", standfirst="", authors=[cast.author()], tags=["Togo"])
    advice = "although the checklist says: A standfirst tells readers at once what it is about."
    assert advice in run_action(client, "publish", story).content.decode()
    run_action(client, "publish", story, confirmed="1")
    assert advice in read_log_message(LogEntry.objects.get(user=awa).change_message)


def test_publishing_the_changes_of_many(client, awa):
    stories = [cast.story("Un"), cast.story("Deux")]
    stories[0].save_draft(awa, Edit({**stories[0].newest_content, "headline": "Trois"}))
    page = run_action(client, "publish_changes", *stories).content.decode()
    assert "There are no changes: readers already see this." in page
    run_action(client, "publish_changes", *stories, confirmed="1")
    assert sorted(story.headline for story in Article.objects.visible()) == ["Deux", "Trois"]


def test_a_reporter_submits_many(client, moutiou):
    stories = [cast.draft("Un", created_by=moutiou), cast.draft("Deux", created_by=moutiou)]
    run_action(client, "submit", *stories, confirmed="1")
    assert set(Article.objects.values_list("status", flat=True)) == {"review"}


def test_the_page_that_asks_tells_a_story_that_came_back_from_other_drafts(client, awa):
    story = cast.draft("Renvoyé")
    story.submit(awa)
    story.send_back(awa, Edit(note="Encore une source"))
    assert "Came back" in run_action(client, "publish", story).text


# What changed after the list was loaded


@pytest.fixture
def seen(awa):
    """Return two drafts, the second of which a colleague saves after the list was loaded, and their versions in it."""
    stories = [cast.draft("Vu"), cast.draft("Changé <b>")]
    versions = {story.pk: story.version for story in Article.objects.all()}
    stories[1].refresh_from_db()
    stories[1].save_draft(cast.editor("koffi"), Edit({**stories[1].newest_content, "body": "<p>Pas lu.</p>"}))
    return stories, versions


@pytest.mark.parametrize("verb", ["publish", "submit"])
def test_a_story_that_changed_since_is_left_out_with_a_link_and_others_go_on(client, seen, verb):
    stories, versions = seen
    run_action(client, verb, *stories, seen=versions, confirmed="1")
    assert [story.status for story in Article.objects.order_by("pk")][1] == "draft"
    assert Article.objects.exclude(status="draft").get() == stories[0]
    link = f'<a href="/admin/articles/article/{stories[1].pk}/change/">Changé &lt;b&gt;</a>'
    assert f"“{link}” was left out: it changed after you loaded the list." in told(client)[0]


def test_the_page_that_asks_names_what_changed_since_and_does_not_send_it(client, seen):
    stories, versions = seen
    page = run_action(client, "publish", *stories, seen=versions)
    assert [story for story, _cautions in page.context["possible"]] == [stories[0]]
    assert page.context["impossible"] == [(stories[1], "It changed after you loaded the list: check it first.")]
    assert f'name="version-{stories[0].pk}" value="{versions[stories[0].pk]}"' in page.text
    assert f'name="version-{stories[1].pk}"' not in page.text


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30])
def test_a_story_whose_version_was_not_seen_is_left_out(client, awa, version):
    story = cast.draft("Un")
    run_action(client, "publish", story, seen={story.pk: version}, confirmed="1")
    assert not Article.objects.visible().exists()


def test_a_live_story_that_changed_since_is_not_withdrawn(client, awa):
    story = cast.story("En ligne")
    versions = {story.pk: Article.objects.get().version}
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Corrigé"}))
    run_action(client, "withdraw", story, seen=versions, confirmed="1")
    assert Article.objects.visible().exists()


def test_a_story_that_a_colleague_saves_during_the_action_is_left_out(client, awa, monkeypatch):
    stories = [cast.draft("Un"), cast.draft("Deux")]
    find_obstacle = actions.find_obstacle

    def save_meanwhile(verb, story, user):
        if story == stories[0]:
            Article.objects.filter(pk=story.pk).update(version=story.version + 1)
        return find_obstacle(verb, story, user)

    monkeypatch.setattr(actions, "find_obstacle", save_meanwhile)
    run_action(client, "publish", *stories, confirmed="1")
    assert list(Article.objects.visible()) == [stories[1]]
    assert "was left out" in told(client)[0]


def test_a_row_sends_its_version(client, awa):
    cast.draft("Un")
    story = Article.objects.get()
    assert f'<input type="hidden" name="version-{story.pk}" value="{story.version}">' in client.get(LIST).text
