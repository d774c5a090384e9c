import time

import pytest

from articles.management.progress import Progress


@pytest.fixture
def clock(monkeypatch):
    """Return a clock whose seconds pass only when the test says so."""
    seconds = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: seconds[0])
    return seconds


def test_it_tells_rate_and_time_to_go_once_a_second(clock):
    said = []
    progress = Progress(said.append, 100)
    for number, now in [(5, 0.5), (20, 2.0), (21, 2.5), (40, 4.0)]:
        clock[0] = now
        progress.show(number)
    assert said == ["20 of 100, 10 a second, 8 s to go", "40 of 100, 10 a second, 6 s to go"]


def test_without_a_total_it_tells_the_rate_alone(clock):
    said = []
    progress = Progress(said.append, None)
    clock[0] = 2.0
    progress.show(20)
    assert said == ["20, 10 a second"]
