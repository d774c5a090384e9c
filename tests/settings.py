"""The newsroom's own settings, safe as in production, with what tests need: a key and speed."""

import os

from jinja2 import StrictUndefined

os.environ["DEBUG"] = "0"
os.environ["SECRET_KEY"] = "tests.Kc7fPz0wYh3qXe9RmL2vNb8sUj5aTd1gQo6iGyC4-ZkW"

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES, TEMPLATES

# The real hashers are slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Counts of wrong passwords: those of one test are not those of the next.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# The password that was typed once more counts for all tests that share a session, however slow the machine.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600  # seconds

# Static files straight from the folders: no test waits for collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# A name that a reader's template does not know is an error.
TEMPLATES[0]["OPTIONS"]["undefined"] = StrictUndefined
TEMPLATES[0] |= {"BACKEND": "tests.templating.Jinja2", "NAME": "jinja2"}
