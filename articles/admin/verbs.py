"""What a person may do to a story now: the buttons of the form, and what each of them does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.states import state_of


@dataclass(frozen=True)
class Verb:
    name: str  # the button posts _<name>
    label: str
    weight: str = "quiet"  # quiet, strong (the likely next step) or grave (takes something from readers)


def verbs_for(article: Article, user: Any) -> list[Verb]:
    """In the order of the row; saving comes first, so that the Enter key saves."""
    return list(_verbs(state_of(article).name, may_publish=user.has_perm("articles.publish_article")))


def _verbs(state: str, *, may_publish: bool) -> Iterator[Verb]:
    match state:
        case "draft":
            yield Verb("save", _("Save draft"), "quiet" if may_publish else "strong")
            yield Verb("submit", _("Submit for review"))
        case "review":
            yield Verb("save", _("Save"))
            yield Verb("draft", _("Back to draft"))
        case "scheduled":
            yield Verb("save", _("Save changes"), "strong")
            if may_publish:
                yield Verb("draft", _("Back to draft"))
                yield Verb("publish", _("Publish now"))
            return
        case "live":
            yield Verb("save", _("Save, live at once"), "strong")
            if may_publish:
                yield Verb("withdraw", _("Withdraw"), "grave")
            return
        case _:
            yield Verb("save", _("Save"))
            if may_publish and state == "withdrawn":
                yield Verb("publish", _("Publish again"), "strong")
            return
    if may_publish:
        yield Verb("schedule", _("Schedule"))
        yield Verb("publish", _("Publish now"), "strong")


def obstacle(verb: str, article: Article, user: Any) -> str:
    """Why this person cannot do it to this story now, in a sentence; "" when nothing speaks against it."""
    if not article.may_be_changed_by(user):
        return _("Not yours to change.")
    if verb not in {allowed.name for allowed in verbs_for(article, user)}:
        return state_of(article).sentence
    if verb == "publish":
        try:
            article.require_complete()
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def carry_out(verb: str, article: Article, by: Any) -> str:
    """Do it and say what happened. Raises PermissionDenied, or ValidationError by field."""
    match verb:
        case "submit":
            article.submit(by)
            return _("“%(story)s” is with the editors now.") % {"story": article}
        case "draft":
            article.return_to_draft(by)
            return _("“%(story)s” is a draft again.") % {"story": article}
        case "schedule":
            if not article.publish_at or article.publish_at <= timezone.now():
                raise ValidationError({"publish_at": _("Choose a time in the future.")})
            article.publish(by, at=article.publish_at)
            return f"“{article}”: {state_of(article).sentence}."
        case "publish":
            article.publish(by)
            return _("“%(story)s” is live.") % {"story": article}
        case "withdraw":
            article.withdraw(by)
            return _("“%(story)s” is withdrawn; its address says that it is gone.") % {"story": article}
    return _("“%(story)s” is saved.") % {"story": article}
