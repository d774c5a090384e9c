"""Text that somebody typed and did not save: kept while they write, offered when they come back, theirs alone.

When a login has ended in the middle of writing, the form says by a signature whose text it is; it is kept for that
person and waits behind the login.
"""

from __future__ import annotations

import datetime
import logging
import re
import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.article_form import ArticleForm, version_of
from articles.admin.history import changes
from articles.admin.trouble import trouble_of
from articles.models import LISTS, TEXTS, Article, Autosave
from articles.states import short_moment

KEPT = (*TEXTS, "section", "lead_image", *LISTS, "note", "version", "key")  # never times
OFFERED = 5  # at once
SAVED_FORM = datetime.timedelta(hours=1)  # until the browser has read which form is saved
SIGNER = "articles.admin.autosaves"
LOGIN_AGAIN = datetime.timedelta(hours=12)  # since the form was opened, in which its text is kept without a login

logger = logging.getLogger(__name__)


def keep(request: HttpRequest, story_id: int | None) -> HttpResponse:
    """What is in the form now, for the person who types; {"problem": …} where nothing can be stored."""
    try:
        kept = _keep(request, story_id, request.user.pk)
    except DatabaseError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        logger.exception("An autosave could not be stored")
        return JsonResponse({"problem": trouble.words}, status=trouble.status)
    return JsonResponse({"saved": short_moment(kept.saved_at)})


def signature(user: Any) -> str:
    """Says in a form whose it is, so that its text is not lost with the login."""
    return signing.dumps(user.pk, salt=SIGNER)


def keep_without_login(request: HttpRequest, story_id: int | None) -> None:
    """Of a form that was sent after the login had ended: keep its text for the person who opened it."""
    try:
        person = signing.loads(request.POST.get("whose", ""), salt=SIGNER, max_age=LOGIN_AGAIN)
    except signing.BadSignature:
        return
    is_known = get_user_model().objects.filter(pk=person).exists()
    if is_known and (story_id is None or Article.objects.filter(pk=story_id).exists()):
        _keep(request, story_id, person)
        messages.warning(request, _("Your login had ended. What you typed is kept: log in to get it back."))


def offered(story: Article | None, user: Any, typed: Autosave | None) -> list[Autosave]:
    """What this person may want back, newest first, but for what is in the form already."""
    kept = Autosave.objects.of(story.pk if story else None, user).defer("typed")
    return list(kept.exclude(pk=typed.pk) if typed else kept)[:OFFERED]


def wanted(request: HttpRequest, story_id: int | None) -> Autosave | None:
    """The autosave that ?typed= asks to have in the form."""
    number = request.GET.get("typed", "")
    if not version_of(number):
        return None
    return Autosave.objects.of(story_id, request.user).filter(pk=number).first()


def as_posted(autosave: Autosave) -> QueryDict:
    """As the browser would have sent it."""
    data = QueryDict(mutable=True)
    for name, values in autosave.typed.items():
        data.setlist(name, values)
    return data


def page(request: HttpRequest, admin_site: Any, form_class: type[ArticleForm], autosave: Autosave) -> HttpResponse:
    """What it would change in the story; with POST, it is discarded."""
    if request.method == "POST":
        autosave.delete()
        return HttpResponseRedirect(_form_of(autosave))
    story = autosave.article or Article()
    form = form_class(as_posted(autosave), instance=story)
    form.is_valid()
    context = {
        **admin_site.each_context(request),
        "title": _("What you typed and did not save"),
        "story": autosave.article,
        "opts": Article._meta,
        "when": autosave.saved_at,
        "changes": changes(form.story.newest_content, form.content()),
        "back": f"{_form_of(autosave)}?typed={autosave.pk}",
    }
    return TemplateResponse(request, "admin/articles/article/autosave.html", context)


def of_this_person(request: HttpRequest, autosave_id: int) -> Autosave:
    """Raises Http404 for a colleague's."""
    return get_object_or_404(Autosave.objects.select_related("article"), pk=autosave_id, user=request.user)


def forget(request: HttpRequest) -> None:
    """The text of this form is saved, or kept as a version of the story."""
    key = request.POST.get("key", "")
    Autosave.objects.filter(user=request.user, key=key).delete()  # type: ignore[misc]
    request.saved_form = key  # type: ignore[attr-defined]


def tell_browser(request: HttpRequest, response: HttpResponse) -> None:
    """That it need not keep the text of this form any longer either: static/desk/autosave.js reads it."""
    key = getattr(request, "saved_form", "")
    if re.fullmatch("[0-9a-f]{1,32}", key):
        secure = settings.SESSION_COOKIE_SECURE
        path = reverse("admin:index")
        response.set_cookie("saved_form", key, max_age=SAVED_FORM, path=path, secure=secure, samesite="Lax")


def new_key() -> str:
    return secrets.token_hex(8)


def _keep(request: HttpRequest, story_id: int | None, user_id: Any) -> Autosave:
    posted = {name: request.POST.getlist(name) for name in KEPT if name in request.POST}
    typed = {name: [value.replace("\0", "") for value in values] for name, values in posted.items()}
    return Autosave.objects.keep(story_id, user_id, typed.get("key", [""])[-1][:32], typed)


def _form_of(autosave: Autosave) -> str:
    if autosave.article_id is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[autosave.article_id])
