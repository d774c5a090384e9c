import math

import pytest

from articles.management import progress


@pytest.fixture(autouse=True)
def _no_progress(monkeypatch):
    """Silence the progress, which a command may report when the machine is busy."""
    monkeypatch.setattr(progress, "REPORT_EVERY", math.inf)
