"""manage.py story: does to stories what the buttons of their forms do, one story after the other."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from articles.findings import PUBLISHING, open_shoulds
from articles.models import Article
from articles.models.article import StaleStory
from articles.models.content import Edit
from articles.models.publication import with_overridden_rules
from articles.states import describe_changes, state_of

if TYPE_CHECKING:
    from articles.users import User

VERBS: dict[str, Callable[..., None]] = {
    "submit": Article.submit,
    "send_back": Article.send_back,
    "draft": Article.return_to_draft,
    "publish": Article.publish,
    "schedule": Article.schedule,
    "publish_changes": Article.publish_changes,
    "schedule_changes": Article.schedule_changes,
    "unschedule_changes": Article.unschedule_changes,
    "discard_changes": Article.discard_changes,
    "withdraw": Article.withdraw,
}
VERBS_WITH_TIME = ("schedule", "schedule_changes")
LAST_YEAR = 2200  # as on the desk; far beyond it, converting between zones fails


def parse_moment(text: str) -> datetime.datetime:
    """Return the moment of a time like 2026-03-20T18:00, in the newsroom's zone unless it names another."""
    try:
        found = forms.DateTimeField().clean(text)
    except ValidationError as error:
        raise argparse.ArgumentTypeError(" ".join(error.messages)) from None
    if found.year > LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text}: choose a year up to {LAST_YEAR}.")
    return found


class Command(BaseCommand):
    help = (
        "Does to stories what the buttons of their forms do, under the same rules. Each story is changed on its own: "
        "one that fails does not stop the others. Reports the result for each story; fails if one could not be "
        "changed."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("verb", choices=VERBS)
        parser.add_argument("ids", nargs="+", type=int, metavar="ID", help="as in the address of a story's form")
        parser.add_argument("--by", metavar="LOGIN", help="act as this user, with their permissions, named in the log")
        parser.add_argument("--at", type=parse_moment, metavar="TIME", help="for schedule and schedule_changes")
        parser.add_argument("--note", default="", metavar="TEXT", help="kept in the history; send_back needs one")
        parser.add_argument("--anyway", action="store_true", help="publish despite the checklist's advice")

    def handle(self, *args: Any, verb: str, ids: list[int], by: str | None, **options: Any) -> None:
        if options["at"] and verb not in VERBS_WITH_TIME:
            raise CommandError(f"--at can only be used with {' and '.join(VERBS_WITH_TIME)}.")
        person = get_user_model().objects.filter(username=by).first() if by else None
        if by and person is None:
            raise CommandError(f"There is no user “{by}”.")
        Article.objects.put_due_changes_live()
        chosen = list(dict.fromkeys(ids))
        failed = sum(not self._try(verb, number, person, **options) for number in chosen)
        if failed:
            raise CommandError(f"{failed} of {len(chosen)} stories could not be changed.")

    def _try(self, verb: str, number: int, by: User | None, **options: Any) -> bool:
        """Report what became of the story. Returns whether it was done."""
        try:
            with transaction.atomic():
                said = _carry_out(verb, Article.objects.get(pk=number), by, **options)
        except Article.DoesNotExist:
            problem = "This story does not exist."
        except PermissionDenied:
            problem = f"{by} may not do this."
        except StaleStory:
            problem = "Somebody saved it at the same moment: try again."
        except ValidationError as error:
            problem = " ".join(error.messages)
        except DatabaseError as error:
            problem = f"The database refused it: {error}"
        else:
            self.stdout.write(f"{number} {said}")
            return True
        self.stderr.write(f"{number} {problem}")
        return False


def _carry_out(
    verb: str, story: Article, by: User | None, *, at: datetime.datetime | None, note: str, anyway: bool, **_: Any
) -> str:
    """Carry out the verb and return the result: “Le port ferme”: Live since …"""
    advice = open_shoulds(story.checklist(by=by)) if verb in PUBLISHING else []
    time = {"at": at or (story.publish_at if verb == "schedule" else None)} if verb in VERBS_WITH_TIME else {}
    VERBS[verb](story, by, **time, edit=Edit(note=note))
    if advice and not anyway:
        rules = " ".join(finding.text for finding in advice)
        raise ValidationError(f"The checklist has advice: follow it, or add --anyway. {rules}")
    state = "; ".join(filter(None, [state_of(story).sentence, describe_changes(story)]))
    return f"“{story}”: {with_overridden_rules(state, advice)}"
