"""Every verb × role × state × path, and every rule of the checklist × path: whoever tries and however, one answer.

The paths are the button of the form, the action of the list, `manage.py story`, the model's own verb, and the import.
"""

import contextlib
import copy
import datetime
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.stories.buttons import buttons_for
from articles.admin.stories.changelist import ArticleListAdmin
from articles.importers.bulk import BulkLoader
from articles.importers.items import BadItem, Item
from articles.importers.stories import StoryImporter
from articles.management.commands.story import VERBS, VERBS_WITH_TIME
from articles.models import Article, Byline, Revision, SearchEntry, Tag, TaggedArticle
from articles.models.content import Edit, id_and_name
from articles.states import state_of
from tests.articles import cast
from tests.articles.admin.story_form import change, minutes, typed
from tests.conftest import rolled_back

pytestmark = [
    *(pytest.mark.django_db, pytest.mark.long, pytest.mark.one_database),  # it asks rules, not a database
    pytest.mark.usefixtures("empty_pages"),  # what they say is read from their context
]

# What becomes of a story when an editor, or the operator with the command, does it. Waiting and due are live stories
# over which changes wait, or are scheduled. “·”: there is no such button, and whoever tries otherwise is refused;
# “no”: the button is there, but refuses; “+”: its own reporter may do it too; “own:”: nobody but its own reporter.
TABLE = """
                    draft      review     scheduled  live       waiting    due        ended      withdrawn
submit              review+    ·          ·          ·          ·          ·          ·          ·
send_back           ·          draft      ·          ·          ·          ·          ·          ·
draft               ·          own:draft  draft      ·          ·          ·          ·          ·
publish             live       live       live       ·          ·          ·          live       live
schedule            scheduled  scheduled  scheduled  ·          ·          ·          ·          ·
publish_changes     ·          ·          ·          no         live       live       ·          ·
schedule_changes    ·          ·          ·          no         due        due        ·          ·
unschedule_changes  ·          ·          ·          ·          ·          waiting    ·          ·
discard_changes     ·          ·          ·          ·          live       ·          ·          ·
withdraw            ·          ·          ·          withdrawn  withdrawn  withdrawn  ·          ·
"""
# What the same story becomes when its text is imported again: a draft stays one, a live story shows it at once.
IMPORT = """
                    draft      review     scheduled  live       waiting    due        ended      withdrawn
import              draft+     review+    scheduled  live       no         no         ended      withdrawn
"""
ROLES = ("editor", "own", "other", "tag_staff", "operator")  # own, other: the reporter whose story it is, a colleague
ACTIONS = ("submit", "publish", "publish_changes", "withdraw", "draft")
MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)


def cells(table):
    """Yield (verb, state, cell) of every cell."""
    head, *rows = [line.split() for line in table.strip().splitlines()]
    return [(verb, state, cell) for verb, *row in rows for state, cell in zip(head, row, strict=True)]


def expected(cell, role):
    """Return the resulting state; None where this role is refused."""
    if cell in ("·", "no"):
        return None
    if cell.startswith("own:"):
        return cell.removeprefix("own:") if role == "own" else None
    return cell.removesuffix("+") if role in ("editor", "operator") or (role == "own" and cell.endswith("+")) else None


@pytest.fixture(scope="module")
def people(shared_rows):
    """Return the people by role; the operator is nobody, and the chief prepared the stories."""
    return {
        "editor": cast.editor(),
        "own": cast.reporter(),
        "other": cast.reporter("colette"),
        "tag_staff": cast.tag_staff(),
        "operator": None,
        "chief": cast.editor("chief"),
    }


@pytest.fixture(scope="module")
def cookies(people):
    """Return the cookies of each person's session, begun once for all tests."""
    found = {}
    for role, person in people.items():
        if person:
            client = Client()
            client.force_login(person)
            found[role] = client.cookies
    return found


@pytest.fixture
def clients(cookies):
    """Return clients that are signed in, by role."""
    signed_in = {role: Client() for role in cookies}
    for role, client in signed_in.items():
        client.cookies = copy.deepcopy(cookies[role])
    return signed_in


# Stories that differ from those of the table: one that comes from elsewhere, and one that needs two people.
OTHERS = {"live 6": {"source_id": "6"}, "live opinion": {"label": "opinion"}}


@pytest.fixture(scope="module")
def shared_story(request, people, cookies):
    """Yield a story in the state that is the parameter, if any."""
    with rolled_back():
        state = request.param.split()[0] if request.param else None
        yield story_in(state, people, **OTHERS.get(request.param, {})) if state else None


@pytest.fixture
def story(shared_story):
    return reload_story(shared_story)


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
    data = {"action": f"{verb}_selected", "_selected_action": [story.pk], "index": 0}
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
    return Item(**{"published_at": timezone.now(), **whole, **fields})


def by_import(by, **fields):
    return StoryImporter(cast.section(), by=by).write(item(**fields))


PATHS = {"button": by_button, "action": by_action, "command": by_command, "model": by_model}


def attempts(verb):
    """Yield every (path, role) that can try it: the operator has no desk, and not every verb is an action."""
    for path in PATHS:
        for role in ROLES:
            if not (role == "operator" and path in ("button", "action")) and (path != "action" or verb in ACTIONS):
                yield path, role


@in_states("verb, state, cell", cells(TABLE))
def test_every_path_gives_the_answer_of_the_table(people, clients, story, verb, cell):
    before, wrong = stored(story), {}
    for path, role in attempts(verb):
        with rolled_back():
            with contextlib.suppress(PermissionDenied, ValidationError):
                PATHS[path](verb, reload_story(story), people[role], clients.get(role))
            wanted = expected(cell, role)
            found = where(story) if stored(story) != before else None
            if found != wanted:
                wrong[path, role] = (found, wanted)
    assert wrong == {}, "(found, wanted)"
    for role in ("editor", "own"):  # the form shows exactly these buttons
        shown = verb in {button.name for button in buttons_for(story, people[role])}
        assert shown is (bool(expected(cell, role)) or (cell == "no" and role == "editor"))


def test_the_table_names_every_verb_and_the_list_every_action():
    assert {verb for verb, _state, _cell in cells(TABLE)} == set(VERBS)
    actions = {action.__name__.removesuffix("_selected") for action in ArticleListAdmin.actions}
    assert actions - {"copy"} == set(ACTIONS)  # a copy leaves the story as it is


@in_states("state, cell", [(state, cell) for _verb, state, cell in cells(IMPORT)])
def test_an_import_gives_the_answer_of_the_table(people, story, cell):
    before, wrong = stored(story), {}
    for role in ROLES:
        with rolled_back():
            with contextlib.suppress(BadItem):
                by_import(people[role])
            found = where(story) if stored(story) != before else None
            if found != expected(cell, role):
                wrong[role] = (found, expected(cell, role))
    assert wrong == {}, "(found, wanted)"


@in_states("state, role, publishes", [(None, role, role in ("editor", "operator")) for role in ROLES])
def test_a_new_story_is_imported_by_whom_it_may_be_published(people, shared_story, role, publishes):
    with contextlib.nullcontext() if publishes else pytest.raises(BadItem, match="may not do this"):
        by_import(people[role], tags=("Nouveau",))
    assert Article.objects.visible().exists() is publishes
    assert Tag.objects.exists() is publishes


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


def says(text, story):
    """Return whether the log's newest line about this story contains this text."""
    return text in LogEntry.objects.filter(object_id=str(story.pk)).latest("pk").change_message


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
                    assert [advice for _story, advice in asked.context_data["possible"]] == [text], rule
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


# Through the import: sections are the importer's own, and a new story has no label, embargo or end.


def picture(**fields):
    """Return a body with a picture of the library."""
    return f'<p>Le port.</p><figure class="picture"><img data-image="{cast.image(**fields).pk}" alt=""></figure>'


@pytest.mark.parametrize(
    "fault",
    [{"headline": " "}, {"html": "<p> </p>"}, {"html": lambda: picture(alt="", credit="AFP")}],
    ids=["headline", "body", "alt"],
)
@in_states("way, state", [("new", "live 6"), ("over", "live"), ("over", "scheduled"), ("bulk", "live 6")])
def test_an_import_is_refused_what_breaks_a_must(people, story, way, fault):
    fault = {name: value() if callable(value) else value for name, value in fault.items()}
    before = stored(story)
    if way == "bulk":
        left_out = []
        loader = BulkLoader(cast.section(), {}, lambda *problem: left_out.append(problem))
        loader.load([item(**fault)])
        assert (loader.counts["new"], len(left_out)) == (0, 1)
    else:
        with pytest.raises(BadItem):
            by_import(people["editor"], **fault)
    assert stored(story) == before


@in_states("state, role", [("live opinion", "editor"), ("live opinion", "operator")])
def test_an_import_over_an_opinion_needs_a_second_pair_of_eyes(people, story, role):
    before = stored(story)
    with pytest.raises(BadItem, match="second pair of eyes"):
        by_import(people[role])
    assert stored(story) == before


@pytest.mark.parametrize(
    "fault", [{"standfirst": ""}, {"authors": ()}, {"tags": ()}, {"html": "<p>TK grues.</p>"}], ids=str
)
@in_states("state", [None, "live", "scheduled"])
def test_the_log_says_what_an_import_overrides(people, shared_story, fault):
    by_import(people["editor"], **fault)
    assert says("although the checklist says", Article.objects.get(source_id="7"))
