"""The copies of a picture: made once, named by what they show, found again."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image as PillowImage

from articles.models import Image
from articles.renditions import SHAPES, plan, rendering
from tests.articles.renditions.pictures import exif, jpeg, with_iptc

pytestmark = pytest.mark.django_db

PORT = with_iptc(jpeg(900, 600, exif=exif(location=True)), (80, "Awa Koné".encode()), (120, "À Lomé".encode()))


def ingest(data=PORT, **fields):
    return Image.objects.ingest(BytesIO(data), **fields)


def files_of(image):
    return set(default_storage.listdir(image.folder)[1])


def planned_without_avif():
    return [copy for copy in plan(900, 600) if copy.format != "avif"]


# Copies


def test_every_planned_copy_is_stored_but_avif_where_it_is_no_smaller():
    stored = files_of(ingest())
    assert len([name for name in stored if not name.endswith("avif")]) == len(planned_without_avif())


def test_each_copy_that_a_page_may_name_is_stored(settings):
    image = ingest(focal_x=10, focal_y=90)
    for shape in SHAPES:
        for width, height in image.sizes(shape):
            avif = ["avif"] if image.has_avif(shape, width) else []
            for format in {"share": ["jpg"], "thumb": ["webp"]}.get(shape, [*avif, "webp", "jpg"]):
                name = image.copy_url(shape, width, format).removeprefix(settings.MEDIA_URL)
                with default_storage.open(name) as file:
                    assert PillowImage.open(file).size == (width, height)


def test_copies_carry_no_location():
    image = ingest()
    with default_storage.open(f"{image.folder}/natural-480.jpg") as file:
        assert not PillowImage.open(file).getexif()


def test_another_focal_point_gives_new_names_and_keeps_the_old_ones_for_cached_pages():
    image = ingest()
    before = files_of(image)
    old = image.copy_url("card", 336)
    image.focal_x = 10
    made = image.make_copies()
    assert image.copy_url("card", 336) != old
    assert image.copy_url("card", 336).endswith("card-336-10-50.jpg")
    assert files_of(image) > before
    assert made == len(files_of(image)) - len(before)


def test_copies_of_former_focal_points_can_be_dropped():
    image = ingest()
    image.focal_x = 10
    image.make_copies()
    dropped = image.delete_former_copies()
    assert dropped > 0
    assert not any("50-50" in name for name in files_of(image))
    assert len([name for name in files_of(image) if not name.endswith("avif")]) == len(planned_without_avif())


def test_copies_that_are_there_are_not_made_again():
    assert ingest().make_copies() == 0


def test_an_avif_copy_that_is_no_smaller_is_neither_stored_nor_made_by_each_run(monkeypatch):
    sizes = {"avif": 20, "webp": 10, "jpg": 30}
    monkeypatch.setattr(rendering, "_encode", lambda _picture, format: b"x" * sizes[format])
    image = ingest()
    assert (image.renditions["avif"], image.make_copies()) == ({}, 0)


def test_a_lost_copy_is_made_again():
    image = ingest()
    default_storage.delete(f"{image.folder}/natural-480.webp")
    assert image.make_copies() == 1
    assert "natural-480.webp" in files_of(image)


def test_without_avif_pages_name_no_avif(monkeypatch):
    monkeypatch.setattr(rendering.features, "check", lambda name: name != "avif")
    image = ingest()
    assert image.renditions["avif"] == {}
    assert not any(name.endswith("avif") for name in files_of(image))


# Words


# Use and end
