"""Lists of the desk and the checklist agree on which stories have open advice, without reading a text."""

import datetime

import pytest
from django.utils import timezone

from articles.checklist import check
from articles.findings import CheckedPicture, StoryFacts
from articles.models import AdvicePoint, Article, Image, Tag, TrashEntry
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def is_listed(story):
    return Article.objects.with_open_advice().filter(pk=story.pk).exists()


def gaps(story):
    """Return what the list says that the story lacks, by the names of the checklist's rules."""
    [found] = Article.objects.filter(pk=story.pk).with_gaps()
    lacks = {name.removeprefix("lacks_") for name, value in vars(found).items() if name.startswith("lacks_") and value}
    return {name.replace("_", "-") for name in lacks}


def advice(story):
    """Return what the checklist advises, and whether an alternative text is missing."""
    story = Article.objects.select_related("waiting", "due").get(pk=story.pk)
    wanted = [one for one in story.checklist() if not one.passed and (one.level == "should" or one.rule == "alt")]
    return {finding.rule for finding in wanted}


def assert_agree(story, *rules):
    assert gaps(story) == advice(story) == set(rules)
    assert is_listed(story) == bool(rules)


@pytest.fixture
def story():
    """Return a live story about which the checklist has no advice."""
    return cast.story("Le port", authors=[cast.author()], tags=["Port"])


def save(story, **changes):
    story = Article.objects.select_related("waiting", "due").get(pk=story.pk)
    story.save_draft(None, Edit({**story.newest_content, **changes}))
    return story


def figure(image):
    return f'<figure class="picture"><img src="{image.file.url}" alt="" data-image="{image.pk}"></figure>'


CHANGES = {
    "standfirst": {"standfirst": ""},
    "author": {"authors": []},
    "tag": {"tags": []},
    "placeholder": {"body": "<p>Le port rouvre TK.</p>"},
    "teaser-text": {"compact_teaser": "Lomé, le 3 mars 2026 – Le port rouvre."},
}


def test_every_advice_of_the_checklist_is_known_to_the_lists(story):
    bare = StoryFacts(
        {**story.stored_content, "standfirst": "Lomé, le 3 mars 2026 – TK"}, [CheckedPicture("", False, "")]
    )
    known = {name.removeprefix("lacks_").replace("_", "-") for name in vars(Article.objects.with_gaps().get())}
    assert {finding.rule for finding in check(bare) if finding.level == "should"} <= known


@pytest.mark.parametrize("rule", CHANGES)
@pytest.mark.parametrize("state", ["review", "live", "changes", "scheduled changes"])
def test_what_the_content_lacks_is_noted_in_every_state(story, rule, state):
    if state == "review":
        story = cast.draft("Relecture", authors=[cast.author()], tags=["Port"])
        story.submit(None)
    assert_agree(story)
    if state == "scheduled changes":
        edit = Edit({**story.newest_content, **CHANGES[rule]})
        story.schedule_changes(None, timezone.now() + datetime.timedelta(days=1), edit)
    else:
        story = save(story, **CHANGES[rule])
    if state == "live":
        story.publish_changes(None)
    assert_agree(story, rule)


def test_what_is_filled_in_is_open_no_longer(story):
    save(story, body="<p>TK</p>", standfirst="")
    assert_agree(story, "placeholder", "standfirst")
    save(story, body="<p>Le port.</p>")
    assert_agree(story, "standfirst")
    Article.objects.select_related("waiting").get(pk=story.pk).discard_changes(None)
    assert_agree(story)


def test_a_link_is_open_advice_while_its_story_is_gone(story):
    other = cast.story("Autre")
    save(story, body=f'<p><a href="/story/{other.pk}/">Autre</a></p>')
    assert_agree(story)
    other.withdraw(None)
    assert_agree(story, "links")
    Article.objects.get(pk=other.pk).publish(None)
    assert_agree(story)
    ended = {"publish_at": timezone.now() - 2 * HOUR, "unpublish_at": timezone.now() - HOUR}
    Article.objects.filter(pk=other.pk).update(**ended)
    assert_agree(story, "links")
    Article.objects.get(pk=other.pk).delete()
    assert_agree(story, "links")


@pytest.mark.parametrize("number", ["9" * 18, "0"])
def test_a_link_to_a_story_that_never_was_is_open_advice(story, number):
    save(story, body=f'<p><a href="/story/{number}/">Autre</a></p>')
    assert_agree(story, "links")


@pytest.mark.parametrize("place", ["lead_image", "body"])
def test_a_picture_is_open_advice_until_it_has_its_texts(story, place):
    image = cast.image(credit="")
    Image.objects.update(alt="")
    save(story, **{place: [image.pk, ""] if place == "lead_image" else figure(image)})
    assert_agree(story, "credit", "alt")
    Image.objects.update(alt="Le port", credit="AFP")
    assert_agree(story)


def test_tags_that_are_taken_off_otherwise_count_at_once(story):
    Tag.objects.get().retire(None, remove_from_stories=True)
    assert_agree(story, "tag")


def test_changes_that_go_live_leave_the_advice_of_those_on_top(story):
    later = timezone.now() + datetime.timedelta(days=1)
    story.schedule_changes(None, later, Edit({**story.newest_content, "body": "<p>TK</p>"}))
    save(story, body="<p>Le port.</p>", standfirst="")
    Article.objects.get(pk=story.pk).put_live(later)
    assert_agree(story, "standfirst")


def test_text_that_was_kept_unsaved_gives_no_advice(story):
    story.keep_unsaved(None, Edit({**story.newest_content, "body": "<p>TK</p>"}, version=1))
    assert_agree(story)


def test_retagging_keeps_what_is_noted_of_changes(story):
    story = save(story, body="<p>TK</p>")
    Article.objects.select_related("waiting").get(pk=story.pk).retag(None, add=[Tag.objects.create_named("Rade")])
    assert_agree(story, "placeholder")


def test_a_story_out_of_the_trash_has_its_advice_again():
    draft = cast.draft("Projet", authors=[cast.author()], tags=["Port"])
    save(draft, body="<p>TK</p>").submit(None)
    TrashEntry.objects.put_in(Article.objects.get(), None).put_back(None)
    assert_agree(Article.objects.get(), "placeholder")


def test_a_story_that_no_verb_saved_is_asked_by_its_row_and_links():
    story = Article.objects.bulk_create([Article(headline="Reprise", slug="reprise", status="review")])[0]
    assert {"standfirst", "author", "tag"} == gaps(story)
    assert not AdvicePoint.objects.exists()
