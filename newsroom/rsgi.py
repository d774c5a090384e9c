"""The application that granian starts: `newsroom.rsgi:application`."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from newsroom.redaction import redacted_start
from newsroom.worker import end_with_granian

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
end_with_granian()

with redacted_start():
    handler = get_wsgi_application()

    # They need the app registry.
    from newsroom.dispatch import Dispatcher
    from newsroom.follow_ups import WithFollowUps
    from newsroom.page_cache.wrapper import PageCache

    django = WithFollowUps(handler)
    pages = None if settings.DEBUG else PageCache(django, settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
    application = Dispatcher(django, pages)

    get_resolver().url_patterns  # noqa: B018 - else the first reader waits until every view is loaded

# To look for garbage after every few hundred objects, and through all that was loaded, takes a sixth of the time in
# which a page is rendered. What a process keeps of pages goes by itself.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 10)
