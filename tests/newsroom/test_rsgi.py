"""What granian starts holds pages, but for developers, and has loaded all that it needs."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.servers import ROOT

REPORT = """
import gc, json
from newsroom.rsgi import application
pages = application.pages
print(json.dumps([pages and pages.store.high_priority.limit + pages.store.low_priority.limit, gc.get_freeze_count()]))
"""


@pytest.mark.parametrize(
    ("variables", "size"),
    [({}, 100 * 1024**2), ({"PAGE_CACHE_MEGABYTES": "0"}, 0), ({"DEBUG": "1"}, None)],
)
def test_pages_are_held_in_production_alone_and_what_is_loaded_is_not_searched_for_garbage(variables, size):
    environment = {"PATH": os.environ["PATH"], "DEBUG": "0", "SECRET_KEY": settings.SECRET_KEY} | variables
    said = subprocess.run([sys.executable, "-c", REPORT], cwd=ROOT, env=environment, capture_output=True, check=True)
    found, frozen = json.loads(said.stdout)
    assert (found, frozen > 10_000) == (size, True)
