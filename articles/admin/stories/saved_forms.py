"""One save for each form, however often its button is pressed.

A form has a key. Sent twice, it is saved once, also when it is the form of a new story. Sent again with other text, as
after the back button, it goes on from the version that it became itself.
"""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, QueryDict

from articles.admin.stories.request_state import story_request_state
from articles.models import Article, SavedForm
from articles.users import signed_in

MAX_FORM_KEY_LENGTH = 32  # characters
NOT_TYPED = ("csrfmiddlewaretoken", "version")


def find_saved_form(request: HttpRequest) -> SavedForm | None:
    """Return what was saved from the form that is sent now."""
    key = _key(request)
    if not key:
        return None
    return SavedForm.objects.filter(user=signed_in(request), key=key).select_related("article").first()


def is_sent_twice(request: HttpRequest, saved: SavedForm) -> bool:
    """Return whether the form was sent before with the same fields and the same button."""
    return saved.posted == _digest(request.POST)


def continue_with_version(request: HttpRequest, saved: SavedForm) -> None:
    """Let the form begin with the version that it became."""
    data = request.POST.copy()
    data["version"] = str(saved.version)
    request.POST = data  # type: ignore[assignment]


def remember_form(request: HttpRequest, story: Article) -> None:
    """Remember that the form is saved. Raises IntegrityError when another request has just saved it."""
    key, posted = _key(request), _digest(request.POST)
    if saved := story_request_state(request).saved_form:
        saved.record_save(story.version, posted)
    elif key:
        SavedForm.objects.create(user=signed_in(request), key=key, article=story, version=story.version, posted=posted)


def _digest(data: QueryDict) -> str:
    sent = sorted((name, values) for name, values in data.lists() if name not in NOT_TYPED)
    return hashlib.sha256(json.dumps(sent).encode()).hexdigest()


def _key(request: HttpRequest) -> str:
    """Return the form's key, "" for anything that we did not issue."""
    key = request.POST.get("key", "") if request.method == "POST" else ""
    return key if key.isascii() and key.isalnum() and len(key) <= MAX_FORM_KEY_LENGTH else ""
