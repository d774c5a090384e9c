"""The application of Django's own development server; production starts newsroom/rsgi.py."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.request_environ import RequestEnviron

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django = RequestEnviron(get_wsgi_application())

from newsroom.follow_ups import WithFollowUps  # noqa: E402 - it needs the app registry

application = WithFollowUps(django)
