"""The sheet that every layer draws on: twice as large as the picture, so that edges come out smooth."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageColor, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, int, int, int]
Layer = Callable[..., None]

SCALE = 2
LAYERS: dict[str, Layer] = {}


def layer(draw: Layer) -> Layer:
    """Make a function that draws on a canvas known to recipes by its name."""
    LAYERS[draw.__name__] = draw
    return draw


def colour(text: str) -> Colour:
    """`#rrggbb` or `#rrggbbaa` as four numbers."""
    red, green, blue, *alpha = ImageColor.getrgb(text)
    return red, green, blue, alpha[0] if alpha else 255


def mix(first: str, second: str, part: float) -> str:
    """The colour between two, `part` (0–1) of the way to the second."""
    between = (round(a + (b - a) * part) for a, b in zip(colour(first), colour(second), strict=True))
    text = "#" + "".join(f"{number:02x}" for number in between)
    return text.removesuffix("ff") if len(text) == 9 else text


class Canvas:
    """Measures are pixels of the finished picture, from the top left; `dice` always falls the same for a key."""

    def __init__(self, key: str, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.dice = random.Random(key)  # noqa: S311  the same picture each time is the point
        self.image = Image.new("RGB", (width * SCALE, height * SCALE))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self.pen.polygon(_scaled(points), fill=colour(fill))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        box = _scaled([(x, y), (x + max(width, 0), y + max(height, 0))])
        if radius:
            self.pen.rounded_rectangle(box, radius * SCALE, fill=colour(fill))
        else:
            self.pen.rectangle(box, fill=colour(fill))

    def oval(self, x: float, y: float, across: float, down: float, fill: str) -> None:
        """Around its centre, with these half axes."""
        self.pen.ellipse(_scaled([(x - across, y - down), (x + across, y + down)]), fill=colour(fill))

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.oval(x, y, radius, radius, fill)

    def ring(
        self, x: float, y: float, radius: float, width: float, fill: str, start: float = 0, end: float = 360
    ) -> None:
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self.pen.arc(box, start, end, fill=colour(fill), width=round(width * SCALE))

    def line(self, points: Sequence[Point], width: float, fill: str) -> None:
        joint = "curve" if width > 3 else None  # seen, and paid for, in thick lines only
        self.pen.line(_scaled(points), fill=colour(fill), width=max(1, round(width * SCALE)), joint=joint)

    def gradient(self, x: float, y: float, width: float, height: float, *colours: str) -> None:
        """A rectangle that runs from the first colour at its top to the last."""
        box = _box(x, y, width, height)
        size = (box[2] - box[0], box[3] - box[1])
        self.image.paste(_spread(_ramp(colours), size), box)

    def shade(self, points: Sequence[Point], top: str, bottom: str) -> None:
        """A polygon that runs from one colour at its highest point to the other at its lowest."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, upper = min(xs), min(ys)
        box = _box(left, upper, max(xs) - left, max(ys) - upper)
        size = (max(1, box[2] - box[0]), max(1, box[3] - box[1]))
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon(_scaled([(x - left, y - upper) for x, y in points]), fill=255)
        self.image.paste(_spread(_ramp((top, bottom)), size), box[:2], mask)

    def light(self, x: float, y: float, radius: float, fill: str, strength: float = 1) -> None:
        """A soft round glow, strongest in the middle."""
        left, upper, right, lower = _box(x - radius, y - radius, 2 * radius, 2 * radius)
        seen = (max(left, 0), max(upper, 0), min(right, self.image.width), min(lower, self.image.height))
        if seen[0] >= seen[2] or seen[1] >= seen[3]:
            return
        mask = _glow().point(lambda value: round(value * strength))
        unit = mask.width / (right - left)
        part = ((seen[0] - left) * unit, (seen[1] - upper) * unit, (seen[2] - left) * unit, (seen[3] - upper) * unit)
        mask = mask.resize((seen[2] - seen[0], seen[3] - seen[1]), Image.Resampling.BILINEAR, part)
        self.image.paste(colour(fill)[:3], seen[:2], mask)

    def veil(self, y: float, height: float, fill: str, above: float, below: float) -> None:
        """Mist over the whole width; how thick (0–1) it is at its upper and at its lower edge."""
        box = _box(0, y, self.width, height)
        mask = Image.new("L", (1, 2))
        mask.putdata([round(255 * above), round(255 * below)])
        size = (box[2] - box[0], box[3] - box[1])
        self.image.paste(colour(fill)[:3], box[:2], _spread(mask, size))

    def stamp(self, picture: Image.Image, x: float, y: float) -> None:
        """Lay a picture with transparency on the sheet, its centre here."""
        corner = (round(x * SCALE - picture.width / 2), round(y * SCALE - picture.height / 2))
        self.image.paste(picture, corner, picture)

    def lay(self, sheet: Canvas, x: float, y: float, turn: float, radius: float, shadow: float = 10) -> None:
        """Lay another sheet with round corners on this one, its centre here, turned by so many degrees."""
        shape = Image.new("L", sheet.image.size)
        ImageDraw.Draw(shape).rounded_rectangle([(0, 0), (shape.width - 1, shape.height - 1)], radius * SCALE, fill=255)
        paper, dark = sheet.image.copy(), Image.new("RGBA", shape.size)
        paper.putalpha(shape)
        dark.putalpha(shape.point(lambda value: value * 3 // 10))
        for picture, away in ((dark, shadow), (paper, 0)):
            self.stamp(picture.rotate(turn, Image.Resampling.BILINEAR, expand=True), x + away, y + away)

    def finish(self) -> Image.Image:
        """The picture at its own size, with the grain of paper."""
        picture = self.image.reduce(SCALE)
        return ImageChops.add(picture, _grain(picture.size), scale=1, offset=-_GRAIN_MIDDLE)


_GRAIN_MIDDLE = 128


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _box(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    left, upper = round(x * SCALE), round(y * SCALE)
    return left, upper, left + max(1, round(width * SCALE)), upper + max(1, round(height * SCALE))


def _spread(column: Image.Image, size: tuple[int, int]) -> Image.Image:
    """One column of pixels stretched smoothly to the height, then plainly to the width: a tenth of the time."""
    return column.resize((1, size[1]), Image.Resampling.BILINEAR).resize(size, Image.Resampling.NEAREST)


@lru_cache(maxsize=64)
def _ramp(colours: tuple[str, ...]) -> Image.Image:
    """One pixel wide, 256 high."""
    ramp = Image.new("RGB", (1, 256))
    steps = len(colours) - 1
    for row in range(256):
        place = row / 255 * steps
        start = min(int(place), steps - 1)
        ramp.putpixel((0, row), colour(mix(colours[start], colours[start + 1], place - start))[:3])
    return ramp


@lru_cache(maxsize=1)
def _glow() -> Image.Image:
    """White in the middle, nothing at the edge, with a fall like that of real light."""
    edge = 180  # what Pillow's gradient has reached where the circle touches the square
    return Image.radial_gradient("L").point(lambda value: round(255 * max(0, 1 - value / edge) ** 1.7))


@lru_cache(maxsize=4)
def _grain(size: tuple[int, int]) -> Image.Image:
    """Fine noise around the middle grey, the same in every channel and on every run."""
    dice = random.Random("grain")  # noqa: S311
    tile = Image.frombytes(
        "L", (256, 256), bytes(dice.choices(range(_GRAIN_MIDDLE - 4, _GRAIN_MIDDLE + 5), k=256 * 256))
    )
    noise = Image.new("L", size)
    for left in range(0, size[0], 256):
        for upper in range(0, size[1], 256):
            noise.paste(tile, (left, upper))
    return Image.merge("RGB", (noise, noise, noise))
