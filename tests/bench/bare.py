"""What pages are compared with, by the same server: the least that Django can do for a page, and bytes that are ready.

`django` renders one template with a loop over paragraphs and one over stories, without database, sessions, translation,
compression or a security header; `ready` hands out a compressed page from memory. BENCH_PAGE names the page's file.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGE = Path(os.environ["BENCH_PAGE"]).read_bytes()
STORIES, PARAGRAPHS = 11, 8
TEXT = "mot " * 20
HEAD = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]


def render_page(request: HttpRequest) -> HttpResponse:
    return render(request, "bare.html", CONTEXT)


def context(length: int) -> dict[str, Any]:
    """Return values that make the page about this number of bytes long: stories first, the rest of it as paragraphs."""
    stories = [{"url": f"/story-{n}/", "headline": f"Story {n}", "text": TEXT} for n in range(STORIES)]
    rest = max(0, length - STORIES * (len(TEXT) + 100))
    return {"title": "Bare", "stories": stories, "paragraphs": ["x" * (rest // PARAGRAPHS)] * PARAGRAPHS}


CONTEXT = context(len(PAGE))
COMPRESSED = gzip.compress(PAGE, 9)
urlpatterns = [path("", render_page)]
settings.configure(
    DEBUG=False,
    SECRET_KEY="only-for-measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],  # says how long an answer is
    TEMPLATES=[
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).resolve().parent]}
    ],
)
django = get_wsgi_application()


def ready(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [*HEAD, ("Content-Length", str(len(COMPRESSED)))])
    return [COMPRESSED]
