"""What the steps of one request for a picture tell each other: the admin has no place of its own for what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.models import Image


@dataclass
class PictureRequestState:
    may_change: dict[int, bool] = field(
        default_factory=dict
    )  # by the id of the picture: the admin asks ten times a page
    refusal: str = ""  # why the picture could not be stored
    known: Image | None = None  # what the library has already, of an upload
    offered: dict[str, Any] = field(default_factory=dict)  # texts that somebody typed for such a picture
    revised: str = "changed"  # what became of a change: see Image.revise


def picture_request_state(request: HttpRequest) -> PictureRequestState:
    """Return the state of this request."""
    state: PictureRequestState = request.__dict__.setdefault("picture_request_state", PictureRequestState())
    return state
