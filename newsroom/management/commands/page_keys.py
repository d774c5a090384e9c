"""manage.py page_keys: what a stored page depends on, and which of it changed, to see why it is still stored."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from articles import keys
from articles.management.quiet import log_errors_only
from articles.models import ChangeLog
from newsroom.page_cache.key import parse_page_address
from newsroom.page_cache.page import is_storable

OTHERS_SHOWN = 10  # changes of other keys


class Command(BaseCommand):
    help = (
        "Renders a page and lists the keys that it depends on, each with the time when it last changed, and the newest "
        "changes of other keys. A stored page is rendered again after a change of one of its keys."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", help="the page’s address on this site, such as /section/finance/")

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        page = address_of(path)
        response = fetch_page(page)
        status = f"{response.status_code} {response.reason_phrase}"
        if not is_storable(status, list(response.headers.items())):
            raise CommandError(f"{page} is never stored: it answers {status}.")
        names = response.headers.get(keys.SURROGATE_KEY, keys.ANY).split()
        log = ChangeLog.objects.last_changes()
        self._list_keys(
            f"{page} answers {status} and depends on:", sorted(names, key=lambda name: name not in log), log
        )
        others = [name for name in log if name not in names]
        self._list_keys("Other changes, the newest first:", others[:OTHERS_SHOWN], log)
        if keys.ANY in names:
            self.stdout.write("It is rendered again after every change, also after those.")

    def _list_keys(self, title: str, names: list[str], log: dict[str, datetime.datetime]) -> None:
        self.stdout.write(title)
        for name in names:
            moment = f"{timezone.localtime(log[name]):%Y-%m-%d %H:%M:%S}" if name in log else "-"
            self.stdout.write(f"  {moment:<19}  {name}")


def address_of(path: str) -> str:
    """Return the address under which the page cache stores this page. Raises CommandError for what it never stores."""
    parts = urlsplit(path)
    if not parts.path.startswith("/"):
        raise CommandError("Give the path of a page, such as /section/finance/.")
    wanted = parse_page_address(parts.path, parts.query)
    if wanted is None:
        raise CommandError(f"{parts.path} is never stored: only readers’ pages are.")
    return f"{wanted.key.path}?{wanted.key.query}" if wanted.key.query else wanted.key.path


def fetch_page(page: str) -> HttpResponseBase:
    """Return Django's answer to a reader, past the page cache."""
    site = urlsplit(settings.SITE_URL)
    with log_errors_only():
        return Client(headers={"host": site.netloc}).get(page, secure=site.scheme == "https")
