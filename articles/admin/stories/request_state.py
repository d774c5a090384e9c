"""What the steps of one request for a story tell each other.

The admin calls them one after another, from the view to the template, and has no place of its own for what they find.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError
    from django.http import HttpRequest, QueryDict

    from articles.admin.stories.form.proposals import ProposalChanges
    from articles.admin.stories.teaser_moves import MovedForm
    from articles.models import Autosave, SavedForm
    from articles.models.content import Edit


@dataclass(frozen=True)
class SaveAttempt:
    story_id: int
    edit: Edit
    verb: str
    proposals: ProposalChanges


@dataclass
class StoryRequestState:
    may_change: dict[int, bool] = field(default_factory=dict)  # by the id of the story: the admin asks ten times a page
    search_is_whole: bool = True  # the search of the list looked at every story
    # The form
    saved_form: SavedForm | None = None  # what was saved from this form before
    typed: QueryDict | None = None  # shown instead of what is saved
    moved: MovedForm | None = None  # shown after this move at the teaser desk
    autosaves: list[Autosave] = field(default_factory=list)  # offered beside the form
    attempt: SaveAttempt | None = None  # kept should a colleague have been faster
    refusal: ValidationError | None = None  # why the save was undone
    saved_key: str = ""  # the key of the form whose text is safe now


def story_request_state(request: HttpRequest) -> StoryRequestState:
    """Return the state of this request. Copies that are made afterwards share it."""
    state: StoryRequestState = request.__dict__.setdefault("story_request_state", StoryRequestState())
    return state
