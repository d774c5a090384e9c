"""The settings of a server that fails outside of Django and tells all it knows: for newsroom/test_redaction.py."""

import os

from django.core.signals import request_started

from newsroom.settings import *  # noqa: F403


def tell(sender, environ, **_more):
    if environ["PATH_INFO"] == "/admin/tell/":
        raise RuntimeError(str(os.environ))


request_started.connect(tell, weak=False)
