"""Publishes scheduled changes when their time has come, in the first request after it, before it reads anything.

So no job has to run for a change to be on time. When that is comes along with the sections, which every page shows.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from articles.menu import changes_are_due, forget_sections
from articles.models import Article
from newsroom.connection import query_with_reconnect
from newsroom.url_kinds import reads_stories

logger = logging.getLogger(__name__)


class DueChangesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if reads_stories(request):
            try:
                if query_with_reconnect(lambda: changes_are_due(request)):
                    Article.objects.put_due_changes_live()
                    forget_sections(request)
            except Exception:
                logger.exception("Scheduled changes could not go live")
        return self.get_response(request)
