"""Simulations and evaluations that prove something at length, each in a database of its own that is deleted afterwards.

They take the configured database engine: `python -m tests.simulations.editors --interleavings 10000 --seed 1`.
"""

import os

import django
from django.apps import apps

if not apps.ready:  # outside a test run
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
