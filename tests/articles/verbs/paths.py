"""The stories and the paths of the tests beside it: each path does a verb to a story, as the best way that it has."""

import datetime
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from articles.importers.items import ImportedStory
from articles.importers.stories import StoryImporter
from articles.log_messages import read_log_message
from articles.management.commands.story import VERBS, VERBS_WITH_TIME
from articles.models import Article, Byline, Revision, SearchEntry, TaggedArticle
from articles.models.content import Edit
from articles.states import state_of
from tests.articles import cast
from tests.articles.admin.story_form import change, minutes, typed

ROLES = ("editor", "own", "other", "tag_staff", "operator")  # own, other: the reporter whose story it is, a colleague
ACTIONS = ("submit", "publish", "publish_changes", "withdraw", "draft")
MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)


# Stories that differ from those of the table: one that comes from elsewhere, and one that needs two people.
OTHERS = {"live 6": {"source_id": "6"}, "live opinion": {"label": "opinion"}}


def in_states(names, cases):
    """Give a test these cases, of which `state` makes the story."""
    return pytest.mark.parametrize(names.replace("state", "shared_story"), cases, indirect=["shared_story"])


def reload_story(story):
    return Article.objects.get(pk=story.pk)


def story_in(state, people, **fields):
    """Return a story of the reporter in this state, with nothing to advise against."""
    whole = {"authors": [cast.author()], "tags": ["Togo"], "created_by": people["own"], "source_id": "7"}
    story, chief = cast.draft("Le port ferme", **(whole | fields)), people["chief"]
    match state:
        case "review":
            story.submit(people["own"])
        case "scheduled":
            story.publish(chief, at=timezone.now() + DAY)
        case "live" | "waiting" | "due" | "ended" | "withdrawn":
            story.publish(chief, at=timezone.now() - HOUR)
    changed = Edit({**story.newest_content, "headline": "Le port rouvre"}, story.version)
    match state:
        case "waiting":
            story.save_draft(chief, changed)
        case "due":
            story.schedule_changes(chief, timezone.now() + DAY, changed)
        case "ended":
            ends = {"unpublish_at": timezone.now() - MINUTE}
            story.save_draft(chief, Edit(story.newest_content, story.version, ends))
        case "withdrawn":
            story.withdraw(chief)
    assert where(story) == state
    return reload_story(story)


def where(story):
    """Return the stored state of the story as the table calls it."""
    story = reload_story(story)
    state = state_of(story).name
    return ("due" if story.due_id else "waiting" if story.waiting_id else state) if state == "live" else state


def stored(story):
    """Return all that a refused verb must leave unchanged."""
    return (
        Article.objects.filter(pk=story.pk).values().get(),
        Revision.objects.count(),
        LogEntry.objects.count(),
        list(SearchEntry.objects.values_list("words", flat=True)),
        list(Byline.objects.values_list("author", "position", "status")),
        list(TaggedArticle.objects.values_list("tag__name", "position", "status")),
    )


def says(text, story):
    """Return whether the log's newest line about this story contains this text."""
    return text in read_log_message(LogEntry.objects.filter(object_id=str(story.pk)).latest("pk").change_message)


# The paths: each does the verb to the story, the best way that it has; that it is refused shows in what is stored.


def form_of(story, verb, **fields):
    """Return what a browser posts for this button from the form as it opens."""
    shown = {
        name: text for name, text in story.newest_content.items() if isinstance(text, str) and name != "never_teased"
    }
    times = {"publish_at": in_one_day()} if verb == "schedule" else {}
    if verb == "schedule_changes":
        times = {"changes_at": in_one_day()}
    note = {"note": "Plus court."} if verb == "send_back" else {}
    form = typed(story, verb=verb, **shown, **times, **note, lead_image=story.lead_image_id or "")
    form["embargo_until"] = minutes(story.embargo_until)
    return form | fields


def in_one_day():
    return minutes(timezone.now() + DAY + HOUR)


def by_button(verb, story, _by, client, **fields):
    return client.post(change(story), form_of(story, verb, **fields))


def by_action(verb, story, _by, client, *, confirmed=True):
    seen = {f"version-{story.pk}": Article.objects.get(pk=story.pk).version}
    data = {"action": f"{verb}_selected", "_selected_action": [story.pk], "index": 0} | seen
    return client.post(reverse("admin:articles_article_changelist"), data | ({"confirmed": "1"} if confirmed else {}))


def by_command(verb, story, by, _client=None, **options):
    """Run the command. Returns whether it reports success, and its output."""
    options |= {"at": in_one_day()} if verb in VERBS_WITH_TIME else {}
    options |= {"note": "Plus court."} if verb == "send_back" else {}
    options |= {"by": by.username} if by else {}
    out = io.StringIO()
    arguments = [f"--{name}={value}" if value is not True else f"--{name}" for name, value in options.items()]
    try:
        call_command("story", verb, str(story.pk), *arguments, stdout=out, stderr=out)
    except CommandError:
        return False, out.getvalue()
    return True, out.getvalue()


def by_model(verb, story, by, _client=None):
    at = {"at": timezone.now() + DAY + HOUR} if verb in VERBS_WITH_TIME else {}
    VERBS[verb](story, by, **at, edit=Edit(note="Plus court." if verb == "send_back" else ""))


def item(**fields):
    """Return the story as a file describes it, with nothing to advise against."""
    whole = {"source_id": "7", "headline": "Le port rouvre lundi", "html": cast.BODY, "language": "en"}
    whole |= {"standfirst": "La bourse.", "authors": ("Moutiou Adjibi Nourou",), "tags": ("Togo",)}
    return ImportedStory(**{"published_at": timezone.now(), **whole, **fields})


def by_import(by, **fields):
    return StoryImporter(cast.section(), by=by).write(item(**fields))


PATHS = {"button": by_button, "action": by_action, "command": by_command, "model": by_model}
