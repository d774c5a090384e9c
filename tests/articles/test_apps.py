"""What a process of the site knows as soon as it has started, whatever it imports later."""

import os
import subprocess
import sys

from tests.servers import ROOT

PROGRAM = """
import django
django.setup()
from articles.models.follow_up import FollowUp, workers
print(*sorted(set(FollowUp.Kind.values) - workers.keys()), sep=",")
"""


def test_every_kind_of_follow_up_has_who_does_it():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("\n", 0), run.stderr
