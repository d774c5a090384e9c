"""The demo's picture files: small enough to ship, and complete."""

import pytest
from PIL import Image, ImageStat

from demo.loading import PICTURE_FOLDER, read_entries

ENTRIES = read_entries("pictures.json")
MOST_BYTES = 1_500_000  # of all files together


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_a_picture_has_a_file_that_shows_something(entry):
    with Image.open(PICTURE_FOLDER / f"{entry['key']}.webp") as picture:
        assert picture.size == ((600, 600) if entry["key"].startswith("portrait-") else (1600, 1067))
        assert max(ImageStat.Stat(picture).stddev) > 20  # not one flat colour


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_a_picture_has_what_the_library_asks_for(entry):
    assert entry["credit"]
    assert entry["alt"] or entry["key"].startswith("portrait-")
    assert all(0 <= percent <= 100 for percent in entry.get("focal", ()))


def test_every_file_belongs_to_a_picture():
    assert sorted(path.name for path in PICTURE_FOLDER.iterdir()) == sorted(f"{entry['key']}.webp" for entry in ENTRIES)


def test_the_pictures_are_a_small_download():
    assert sum(path.stat().st_size for path in PICTURE_FOLDER.iterdir()) <= MOST_BYTES


def test_there_are_pictures_enough_for_a_front_page():
    assert len([entry for entry in ENTRIES if not entry["key"].startswith("portrait-")]) >= 14
