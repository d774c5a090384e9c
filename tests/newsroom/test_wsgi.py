"""What a server starts holds pages, but for developers; without memory for them it still makes a few at once."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.servers import ROOT


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({}, "PageCache"),
        ({"PAGE_CACHE_MEGABYTES": "0"}, "PageCache"),
        ({"DEBUG": "1"}, "RequestEnviron"),
    ],
)
def test_readers_ask_the_page_cache_in_production_alone(variables, name):
    environment = {"PATH": os.environ["PATH"], "DEBUG": "0", "SECRET_KEY": settings.SECRET_KEY} | variables
    command = [
        sys.executable,
        "-c",
        "from newsroom.wsgi import application; print(type(application.application).__name__)",
    ]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == name


def test_what_is_loaded_to_start_is_not_searched_for_garbage():
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": settings.SECRET_KEY}
    command = [sys.executable, "-c", "import gc, newsroom.wsgi; print(gc.get_freeze_count())"]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert int(said.stdout) > 10_000
