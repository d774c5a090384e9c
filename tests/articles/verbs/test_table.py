"""Every verb × role × state × path: whoever tries and however, one answer.

The paths are the button of the form, the action of the list, `manage.py story`, the model's own verb, and the import.
"""

import contextlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.admin.stories.buttons import buttons_for
from articles.admin.stories.changelist import ArticleListAdmin
from articles.importers.items import BadItem
from articles.management.commands.story import VERBS
from articles.models import Article, Tag
from tests.articles.verbs.paths import (
    ACTIONS,
    PATHS,
    ROLES,
    by_import,
    in_states,
    reload_story,
    stored,
    where,
)
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
    assert actions - {"copy", "retag"} == set(ACTIONS)  # these leave the state of the story as it is


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
