"""The settings of a server that fails outside of Django and tells all it knows: for newsroom/test_redaction.py.

With FAIL_AT_START it fails before it serves anybody.
"""

import os

from django.core.signals import request_started

from newsroom.settings import *  # noqa: F403
from newsroom.settings import INSTALLED_APPS

if os.environ.get("FAIL_AT_START"):
    INSTALLED_APPS = [*INSTALLED_APPS, f"nowhere {os.environ}"]


def tell(sender, environ, **_more):
    if environ["PATH_INFO"] == "/admin/tell/":
        raise RuntimeError(str(os.environ))


request_started.connect(tell, weak=False)
