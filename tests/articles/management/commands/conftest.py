import math

import pytest

from articles.management import progress


@pytest.fixture(autouse=True)
def _no_progress(monkeypatch):
    """On a busy machine, a command may take long enough to tell its progress."""
    monkeypatch.setattr(progress, "REPORT_EVERY", math.inf)
