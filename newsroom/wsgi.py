"""What a WSGI server starts: `newsroom.wsgi:application`."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from newsroom.request_environ import RequestEnviron

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django = RequestEnviron(get_wsgi_application())

from newsroom.follow_ups import WithFollowUps  # noqa: E402 - it needs the app registry
from newsroom.page_cache.wrapper import PageCache  # noqa: E402 - likewise

answering = django if settings.DEBUG else PageCache(django, settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
application = WithFollowUps(answering)

# To look for garbage after every few hundred objects, and through all that was loaded, takes a sixth of the time in
# which a page is rendered. What a process keeps of pages goes by itself.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 10)
