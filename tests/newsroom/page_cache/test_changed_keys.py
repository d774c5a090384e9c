"""A page is as old as the newest change of its keys."""

from newsroom.page_cache import changed_keys
from newsroom.page_cache.changed_keys import ChangedKeys


def test_a_change_concerns_pages_with_its_keys_that_are_older():
    changes = ChangedKeys()
    before = changes.number
    number = changes.record(["story-1", "section-2"])
    assert changes.include("story-9 section-2", before)
    assert not changes.include("story-9 section-2", number)
    assert not changes.include("story-12 section-22", before)


def test_a_page_that_may_change_with_anything_does():
    changes = ChangedKeys()
    changes.record(["story-1"])
    assert changes.include("any-change", 0)


def test_a_change_of_everything_concerns_every_older_page():
    changes = ChangedKeys()
    number = changes.record(None)
    assert changes.include("story-1", number - 1)
    assert not changes.include("story-1", number)


def test_too_many_keys_count_as_a_change_of_everything(monkeypatch):
    monkeypatch.setattr(changed_keys, "MOST", 2)
    changes = ChangedKeys()
    changes.record(["story-1", "story-2"])
    changes.record(["story-3"])
    assert changes.include("story-99", 1)
