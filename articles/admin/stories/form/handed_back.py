"""What somebody typed into a story that is not theirs to change any more: it is not stored, but not lost either."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import richtext
from articles.admin.stories.form.article_form import ArticleForm
from articles.models import Article
from articles.models.content import PLAIN_TEXTS
from articles.states import state_of

# The typed texts that somebody gets back who may not save them any more.
HANDED_BACK = frozenset((*PLAIN_TEXTS, "note"))  # and the body, as it reads


def hand_back_text(request: HttpRequest, admin_site: Any, story: Article | None) -> HttpResponse:
    """Show what was typed into a story that somebody published meanwhile.

    None stands for a story that is not there any more, or not for this person.
    """
    typed = [
        (field.label, request.POST.get(name, ""))
        for name, field in ArticleForm.base_fields.items()
        if name in HANDED_BACK
    ]
    context = {
        **admin_site.each_context(request),
        "title": _("This story is no longer yours to change"),
        "story": story,
        "state": story and state_of(story),
        "typed": [(label, text) for label, text in typed if text],
        "body_label": ArticleForm.base_fields["body"].label,
        "body": mark_safe(richtext.clean(request.POST.get("body", ""))),  # noqa: S308  clean
    }
    return TemplateResponse(request, "admin/articles/article/not_yours.html", context, status=403)
