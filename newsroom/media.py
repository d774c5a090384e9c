"""Serves the newsroom's pictures, so that one machine needs no second server.

Only pictures, and only under names that the picture library gives: no dot files, no way out of
MEDIA_ROOT. A name never gets other content, so browsers and proxies may keep it for ever. With a web
server, object storage or CDN in front, these requests never arrive here.
"""

import os
import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
PICTURE_PATH = re.compile(r"(?:\w[\w.-]*/)*\w[\w.-]*", re.ASCII)


@require_safe
def serve_picture(request: HttpRequest, path: str) -> HttpResponse:
    content_type = TYPES.get(Path(path).suffix.lower())
    if not content_type or not PICTURE_PATH.fullmatch(path):
        return answer_missing(request)
    try:
        with open(Path(settings.MEDIA_ROOT) / path, "rb") as file:
            modified = int(os.fstat(file.fileno()).st_mtime)
            content = file.read()
    except OSError:
        return answer_missing(request)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    known = since is not None and modified <= since
    response = HttpResponseNotModified() if known else HttpResponse(content, content_type=content_type)
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Feed readers and other sites' link previews show our pictures.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def answer_missing(_request: HttpRequest) -> HttpResponse:
    """Answer with a line instead of the site's page, which queries the database and which nobody would see there."""
    return HttpResponseNotFound("There is no such file.\n", content_type="text/plain")
