"""The copies of a picture, by its size and focal point: pure arithmetic, the same for renderer and page.

natural: the whole picture, for an article page.
card: 3:2 around the focal point, for lists and teasers.
share: 1200 x 630 around the focal point, what Facebook, LinkedIn and X ask for; JPEG alone, as their robots read it.
thumb: 3:2 around the focal point, for lists of the desk, which show it 64 pixels wide; WebP alone.

The widths fit a phone of 390 pixels, and a card of 112 pixels on one, at two and three dots a pixel.

A copy is never larger than what it is cut from. A small picture has fewer copies, and at least one of each shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ImageShape = Literal["natural", "card", "share", "thumb"]
ImageFormat = Literal["avif", "webp", "jpg"]
CropBox = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the master

FORMATS: tuple[ImageFormat, ...] = ("avif", "webp", "jpg")  # best first
SHAPES: dict[ImageShape, tuple[int, ...]] = {  # widths in pixels
    "natural": (480, 800, 1200, 1600),
    "card": (336, 672, 960, 1200),
    "share": (1200,),
    "thumb": (128,),
}
ONLY_FORMATS: dict[ImageShape, tuple[ImageFormat, ...]] = {"share": ("jpg",), "thumb": ("webp",)}
RATIOS: dict[ImageShape, float] = {"card": 3 / 2, "share": 1200 / 630, "thumb": 3 / 2}
MIN_WIDTH_RATIO = 1.2  # two widths that differ by less are one: the copy would cost more than it saves


@dataclass(frozen=True)
class Rendition:
    """One copy: `box` of the master, scaled to `width` x `height`, written as `format`."""

    shape: ImageShape
    width: int  # pixels
    height: int  # pixels
    format: ImageFormat
    box: CropBox


def plan(width: int, height: int, focal_x: int = 50, focal_y: int = 50) -> Iterator[Rendition]:
    """Yield every copy of a master of `width` x `height` pixels; the focal point is in percent from left and top."""
    for shape in SHAPES:
        for copy_width, copy_height, box in sizes_of_shape(shape, width, height, focal_x, focal_y):
            for format_ in ONLY_FORMATS.get(shape, FORMATS):
                yield Rendition(shape, copy_width, copy_height, format_, box)


def sizes_of_shape(
    shape: ImageShape, width: int, height: int, focal_x: int = 50, focal_y: int = 50
) -> Iterator[tuple[int, int, CropBox]]:
    """Yield width, height and source of each size of a shape, smallest first.

    >>> [size[:2] for size in sizes_of_shape("natural", 1200, 800)]
    [(480, 320), (800, 533), (1200, 800)]
    """
    box = (0, 0, width, height)
    if shape in RATIOS:
        box = crop_box(width, height, RATIOS[shape], focal_x, focal_y)
    full_width, full_height = box[2] - box[0], box[3] - box[1]
    largest = min(full_width, SHAPES[shape][-1])
    for step in (*(step for step in SHAPES[shape] if step * MIN_WIDTH_RATIO <= largest), largest):
        yield step, max(1, round(step * full_height / full_width)), box


def crop_box(width: int, height: int, ratio: float, focal_x: int, focal_y: int) -> CropBox:
    """Return the largest part of `ratio` (width to height) inside the picture, as near to the focal point as possible.

    >>> crop_box(1600, 1600, 2.0, focal_x=50, focal_y=0)
    (0, 0, 1600, 800)
    """
    part_width = min(width, max(1, round(height * ratio)))
    part_height = min(height, max(1, round(width / ratio)))
    left = min(max(0, round(width * focal_x / 100 - part_width / 2)), width - part_width)
    top = min(max(0, round(height * focal_y / 100 - part_height / 2)), height - part_height)
    return left, top, left + part_width, top + part_height
