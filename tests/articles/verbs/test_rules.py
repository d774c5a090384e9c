"""Every rule of the checklist × path: no path goes around it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from articles.models.content import Edit, id_and_name
from tests.articles import cast
from tests.articles.admin.story_form import minutes
from tests.articles.verbs.paths import (
    ACTIONS,
    DAY,
    MINUTE,
    by_action,
    by_button,
    by_command,
    by_model,
    form_of,
    in_states,
    reload_story,
    says,
    stored,
    where,
)
from tests.conftest import rolled_back

pytestmark = [
    *(pytest.mark.django_db, pytest.mark.long, pytest.mark.one_database),  # it asks rules, not a database
    pytest.mark.usefixtures("empty_pages"),  # what they say is read from their context
]


# The checklist: what breaks each rule, as fields of a content (of a lead picture as it is uploaded) and times from now.

MUSTS = {
    "headline": {"headline": " "},
    "section": {"section": None},
    "body": {"body": "<p> </p>"},
    "embargo": {"embargo_until": 2 * DAY},
    "end": {"unpublish_at": -MINUTE},
    "second-eyes": {"label": "opinion"},
    "alt": {"lead_image": {"alt": "", "credit": "AFP"}},
}
TYPED_TIMES = {
    "no time": {"publish_at": "", "changes_at": ""},
    "time that has passed": {"publish_at": "2020-01-01T10:00", "changes_at": "2020-01-01T10:00"},
    "no time at all": {"publish_at": "tomorrow", "changes_at": "tomorrow"},
    "end before the beginning": {"publish_at": "2190-01-01T10:00", "unpublish_at": "2189-01-01T10:00"},
    "end that has passed": {"unpublish_at": "2020-01-01T10:00"},
    "embargo beyond it all": {"embargo_until": "2190-01-01T10:00"},
}
SHOULDS = {
    "standfirst": {"standfirst": ""},
    "author": {"authors": []},
    "tag": {"tags": []},
    "credit": {"lead_image": {"alt": "Le port", "credit": ""}},
    "placeholder": {"body": "<p>Le port compte TK grues.</p>"},
    "teaser-text": {"long_teaser": "Lomé, le 3 mars 2026 – Le port rouvre."},
}
# Where a story comes before readers: by what is typed into its form, or by what was saved before.
TYPED = [
    *(("publish", state) for state in ("draft", "ended", "withdrawn")),
    *(("schedule", state) for state in ("review", "scheduled")),
    *(("publish_changes", "live"), ("schedule_changes", "due"), ("save", "scheduled")),
]
SAVED = [("publish", "draft"), ("schedule", "draft"), ("publish_changes", "waiting"), ("schedule_changes", "waiting")]
NO_TIMES = ("embargo", "end")  # are ever broken by what waits over a live story: they hold as soon as they are saved
BEGIN_ANEW = ("ended", "withdrawn")  # published again, a story has no end


def broken(fault):
    """Return (content, times) to save."""
    times = {name: timezone.now() + fault[name] for name in ("embargo_until", "unpublish_at") if name in fault}
    content = {name: value for name, value in fault.items() if name not in times}
    if "lead_image" in content:
        content["lead_image"] = id_and_name(cast.image(**content["lead_image"]))
    return content, times


def fields_of(fault):
    """Return the same as it is typed."""
    content, times = broken(fault)
    typed_differently = {"section": "", "lead_image": (content.get("lead_image") or [""])[0]}
    shown = {name: typed_differently.get(name, value) for name, value in content.items()}
    return shown | {name: minutes(moment) for name, moment in times.items()}


def with_fault(story, by, fault):
    """Return the story, in which somebody has saved something that breaks a rule."""
    content, times = broken(fault)
    story = reload_story(story)
    story.save_draft(by, Edit({**story.newest_content, **content}, story.version, times))
    return reload_story(story)


def text_of(rule, story, by):
    """Return the checklist's text about a rule that this story breaks."""
    finding = next(finding for finding in story.checklist(by=by, at=timezone.now()) if finding.rule == rule)
    assert not finding.passed
    return finding.text


@in_states("verb, state", TYPED)
def test_the_form_refuses_what_breaks_a_must(people, clients, story, verb):
    before, begins_anew = stored(story), where(story) in BEGIN_ANEW
    for rule in [rule for rule in MUSTS if rule != "end" or not begins_anew]:
        with rolled_back():
            page = by_button(verb, story, people["editor"], clients["editor"], **fields_of(MUSTS[rule]))
            assert (page.status_code, stored(story) == before) == (200, True), rule
            assert page.context_data["adminform"].form.errors, rule


@in_states("verb, state", TYPED)
def test_the_checklist_names_whatever_refuses(people, clients, story, verb):
    """It is asked before a button is pressed, of what is typed as of what was saved, by its writer and by others."""
    client = clients["editor"]
    faults = {rule: fields_of(fault) for rule, fault in MUSTS.items()} | TYPED_TIMES
    for rule, fields in faults.items():
        with rolled_back():
            said = checklist_asked(story, client, form_of(story, verb, **fields))
            page = by_button(verb, story, people["editor"], client, **fields)
            assert refusals(page) <= said, rule
            shown = set(page.context_data["wanted"]) if refusals(page) else ()
            assert refusals(page) <= {finding.text for finding in shown}, rule


def checklist_asked(story, client, form):
    """Return the sentences of the checklist for this form, which no button has sent."""
    asked = {name: value for name, value in form.items() if not name.startswith("_")}
    page = client.post(reverse("admin:articles_article_checklist", args=[story.pk]), asked)
    return {finding.text for finding in page.context_data["wanted"]}


def refusals(page):
    """Return every sentence with which the form refuses."""
    if page.status_code != 200:
        return set()
    return {text for texts in page.context_data["adminform"].form.errors.values() for text in texts}


@in_states("verb, state", SAVED)
@pytest.mark.parametrize("path", ["action", "command", "model"])
def test_what_was_saved_against_a_must_is_refused(people, clients, story, path, verb):
    if path == "action" and verb not in ACTIONS:
        return
    unbroken, by, waits = story, people["editor"], where(story) == "waiting"
    for rule in [rule for rule in MUSTS if rule not in NO_TIMES or not waits]:
        with rolled_back():
            story = with_fault(unbroken, by, MUSTS[rule])
            text, before = text_of(rule, story, by), stored(story)
            match path:
                case "action":
                    asked = by_action(verb, story, by, clients["editor"], confirmed=False)
                    assert [text in problem for _story, problem in asked.context_data["impossible"]] == [True], rule
                    by_action(verb, story, by, clients["editor"])
                case "command":
                    done, said = by_command(verb, story, by, anyway=True)
                    assert (done, text in said) == (False, True), rule
                case "model":
                    with pytest.raises(ValidationError) as refused:
                        by_model(verb, story, by)
                    assert text in refused.value.messages
            assert stored(story) == before, rule


@in_states("state, rule", [("draft", rule) for rule in MUSTS])
def test_nothing_is_above_the_musts_not_even_the_operator(people, story, rule):
    story = with_fault(story, people["editor"], MUSTS[rule])
    before = stored(story)
    assert by_command("publish", story, None, anyway=True)[0] is False
    assert stored(story) == before


@in_states("verb, state", TYPED)
def test_the_form_overrides_advice_only_when_told_to(people, clients, story, verb):
    before, by = stored(story), people["editor"]
    for rule, fault in SHOULDS.items():
        with rolled_back():
            fields = fields_of(fault)
            page = by_button(verb, story, by, clients["editor"], **fields, anyway=[])
            assert (page.status_code, stored(story) == before) == (200, True), rule
            assert page.context_data["anyway"], rule
            text = next(finding.text for finding in page.context_data["wanted"] if finding.rule == rule)
            assert by_button(verb, story, by, clients["editor"], **fields).status_code == 302, rule
            assert says(text, story), rule


@in_states("verb, state", SAVED)
@pytest.mark.parametrize("path", ["action", "command", "model"])
def test_what_was_saved_against_advice_goes_out_only_deliberately(people, clients, story, path, verb):
    if path == "action" and verb not in ACTIONS:
        return
    unbroken, by = story, people["editor"]
    for rule, fault in SHOULDS.items():
        with rolled_back():
            story = with_fault(unbroken, by, fault)
            text, before = text_of(rule, story, by), stored(story)
            match path:
                case "action":
                    asked = by_action(verb, story, by, clients["editor"], confirmed=False)
                    said = [f"although the checklist says: {text}"]
                    assert [cautions for _story, cautions in asked.context_data["possible"]] == [said], rule
                    assert stored(story) == before
                    by_action(verb, story, by, clients["editor"])
                case "command":
                    done, said = by_command(verb, story, by)
                    assert (done, text in said, stored(story) == before) == (False, True, True), rule
                    done, said = by_command(verb, story, by, anyway=True)
                    assert (done, text in said) == (True, True), rule
                case "model":
                    by_model(verb, story, by)
            assert stored(story) != before, rule
            assert says(text, story), rule
