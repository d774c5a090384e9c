"""The buttons of a story's form: what a person may do to it now, and what each button does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import clock
from articles.dates import format_moment
from articles.findings import PUBLISHING, open_musts, open_shoulds
from articles.models import Article
from articles.models.content import Edit
from articles.states import describe_changes, state_of

if TYPE_CHECKING:
    from articles.users import User


@dataclass(frozen=True)
class Button:
    name: str  # the button posts _<name>
    label: str
    weight: str = "quiet"  # quiet, strong (the likely next step) or grave (takes something away)
    aside: bool = False  # it stands with what waits, not in the row


def buttons_for(article: Article, user: User) -> list[Button]:
    """Return the buttons in the order of the row; saving comes first, so that the Enter key saves."""
    may_publish = user.has_perm("articles.publish_article")
    return list(_buttons(state_of(article).name, article, may_publish=may_publish))


def label_of_button(name: str, article: Article, user: User) -> str:
    """Return the label of a button that does more than save; "" for saving, and for what cannot be done now."""
    return next((button.label for button in buttons_for(article, user) if button.name == name != "save"), "")


def pressed_verb(request: HttpRequest) -> str:
    """Return the verb of the pressed button: “save” without one, as with Enter; "" for a move at the teaser desk."""
    verb = next((name[1:32] for name in request.POST if name.startswith("_")), "")
    return verb or ("" if "move" in request.POST else "save")


def publishing_verbs(article: Article, user: User) -> list[str]:
    """Return the offered verbs that publish something; saving is one where the story already has its time."""
    waits = article.status == Article.Status.PUBLISHED and not article.is_visible()
    names = [button.name for button in buttons_for(article, user)]
    return [name for name in names if name in PUBLISHING or (name == "save" and waits)]


def _buttons(state: str, article: Article, *, may_publish: bool) -> Iterator[Button]:
    match state:
        case "draft" | "returned":
            yield Button("save", _("Save draft"), "quiet" if may_publish else "strong")
            yield Button("submit", _("Submit for review"))
        case "review":
            yield Button("save", _("Save"), "quiet" if may_publish else "strong")
            yield Button("send_back", _("Send back")) if may_publish else Button("draft", _("Back to draft"))
        case "scheduled":
            yield Button("save", _("Save changes"), "strong")
            if may_publish:
                yield Button("draft", _("Back to draft"))
                yield Button("schedule", _("Change the time"))
                yield Button("publish", _("Publish now"))
            return
        case "live":
            yield from _buttons_over_live(article) if may_publish else [Button("save", _("Save"))]
            return
        case _:
            yield Button("save", _("Save"))
            if may_publish:
                yield Button("publish", _("Publish again"), "strong")
            return
    if may_publish:
        yield Button("schedule", _("Schedule"))
        yield Button("publish", _("Publish now"), "strong")


def _buttons_over_live(article: Article) -> Iterator[Button]:
    yield Button("save", _("Save without publishing"))
    if article.waiting_id:
        yield Button("discard_changes", _("Discard changes"), "grave", aside=True)
    if article.due_id:
        yield Button("unschedule_changes", _("Unschedule"), aside=True)
    yield Button("withdraw", _("Withdraw"), "grave")
    yield Button("schedule_changes", _("Schedule changes"))
    yield Button("publish_changes", _("Publish changes"), "strong")


def dropped_time(article: Article, at: datetime.datetime | None) -> datetime.datetime | None:
    """Return the time of the future that publishing the story now would drop; None for none."""
    return at if at and at > clock.now() and not article.was_public else None


def find_obstacle(verb: str, article: Article, user: User) -> str:
    """Return in a sentence why this person cannot do this to the story now; "" when nothing prevents it."""
    if not article.may_be_changed_by(user):
        return _("You may not change this story.")
    if verb not in {button.name for button in buttons_for(article, user)}:
        return state_of(article).sentence
    missing = open_musts(article.checklist(verb, by=user)) if verb in PUBLISHING else {}
    return " ".join(text for texts in missing.values() for text in texts)


def checklist_advice(verb: str, article: Article, user: User) -> str:
    """Return what the checklist advises against without preventing it; "" for nothing."""
    findings = article.checklist(verb, by=user) if verb in PUBLISHING else []
    return " ".join(finding.text for finding in open_shoulds(findings))


def carry_out(
    verb: str, article: Article, by: User | None, edit: Edit | None = None, changes_at: datetime.datetime | None = None
) -> str:
    """Do it, saving what was typed, and say what happened. Raises PermissionDenied, or ValidationError by field."""
    edit = edit or Edit()
    match verb:
        case "submit":
            article.submit(by, edit)
            return _("“%(story)s” is now with the editors.") % {"story": article}
        case "send_back":
            article.send_back(by, edit)
            return _("“%(story)s” has been sent back to its writer.") % {"story": article}
        case "draft":
            article.return_to_draft(by, edit)
            return _("“%(story)s” is a draft again.") % {"story": article}
        case "schedule":
            article.schedule(by, edit.times.get("publish_at", article.publish_at), edit)
            return _("“%(story)s”: %(state)s.") % {"story": article, "state": state_of(article).sentence}
        case "publish":
            dropped = dropped_time(article, edit.times.get("publish_at", article.publish_at))
            article.publish(by, edit=edit)
            if dropped is None:
                return _("“%(story)s” is live.") % {"story": article}
            words = {"story": article, "time": format_moment(dropped)}
            return _("“%(story)s” is live; the time that it had, %(time)s, no longer counts.") % words
        case "withdraw":
            article.withdraw(by, edit)
            return _("“%(story)s” is withdrawn; readers are told that it is no longer available.") % {"story": article}
        case "publish_changes":
            article.publish_changes(by, edit)
            return _("The changes to “%(story)s” are live.") % {"story": article}
        case "schedule_changes":
            article.schedule_changes(by, changes_at, edit)
            return _("“%(story)s”: %(state)s.") % {"story": article, "state": describe_changes(article)}
        case "unschedule_changes":
            article.unschedule_changes(by, edit)
            return _("The changes to “%(story)s” are no longer scheduled: readers see them when you publish them.") % {
                "story": article
            }
        case "discard_changes":
            article.discard_changes(by, edit)
            return _("The changes to “%(story)s” are discarded; the history keeps them.") % {"story": article}
        case "save":
            return _saved(article, article.save_draft(by, edit))
    raise ValidationError(_("This button no longer exists. Reload the page and try again."))


def _saved(article: Article, changed: bool) -> str:
    if not changed:
        return _("Nothing has changed in “%(story)s”.") % {"story": article}
    if article.waiting_id:
        return _("“%(story)s” is saved. Readers see the changes when you publish them.") % {"story": article}
    return _("“%(story)s” is saved.") % {"story": article}
