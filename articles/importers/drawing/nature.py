"""Sky, land and water."""

from __future__ import annotations

import math

from articles.importers.drawing.canvas import Canvas, Point, layer, mix


@layer
def sky(canvas: Canvas, *colours: str) -> None:
    canvas.gradient(0, 0, canvas.width, canvas.height, *colours)


@layer
def sea(canvas: Canvas, y: float, height: float, *colours: str) -> None:
    canvas.gradient(0, y, canvas.width, height, *colours)


@layer
def sun(canvas: Canvas, x: float, y: float, radius: float, fill: str, glow: float = 4) -> None:
    canvas.light(x, y, radius * glow, fill, 0.55)
    canvas.disc(x, y, radius, fill)


@layer
def glow(canvas: Canvas, x: float, y: float, radius: float, fill: str, strength: float = 0.6) -> None:
    canvas.light(x, y, radius, fill, strength)


@layer
def mist(canvas: Canvas, y: float, height: float, fill: str, above: float = 0, below: float = 0.6) -> None:
    canvas.veil(y, height, fill, above, below)


@layer
def stars(canvas: Canvas, count: int, below: float, fill: str = "#ffffff") -> None:
    for _ in range(count):
        x, y = canvas.dice.uniform(0, canvas.width), canvas.dice.uniform(0, below)
        canvas.disc(x, y, canvas.dice.uniform(0.6, 2.2), f"{fill}{canvas.dice.randrange(50, 200):02x}")


@layer
def clouds(canvas: Canvas, y: float, fill: str, count: int = 4, size: float = 60) -> None:
    """Flat-bottomed, drifting over the whole width around this height."""
    for number in range(count):
        x = canvas.width * (number + canvas.dice.uniform(0.1, 0.9)) / count
        base = y + canvas.dice.uniform(-size, size)
        width = size * canvas.dice.uniform(1.6, 3)
        canvas.rect(x - width, base - size * 0.24, 2 * width, size * 0.24, fill, size * 0.12)
        canvas.rect(x - width * 0.6, base - size * 0.5, width * 1.3, size * 0.32, fill, size * 0.16)


@layer
def hills(
    canvas: Canvas, base: float, height: float, top: str, bottom: str, waves: float = 2, bottom_y: float | None = None
) -> None:
    """A long soft ridge around `base`; `waves` is how many summits fit into the width."""
    swings = [
        (waves * factor, height * share, canvas.dice.uniform(0, math.tau))
        for factor, share in ((1, 0.6), (2.1, 0.28), (4.7, 0.12))
    ]
    ridge = [
        (x, base + sum(part * math.sin(math.tau * often * x / canvas.width + start) for often, part, start in swings))
        for x in range(0, canvas.width + 9, 8)
    ]
    foot = canvas.height if bottom_y is None else bottom_y
    canvas.shade([*ridge, (canvas.width + 8, foot), (0, foot)], top, bottom)


@layer
def mountains(canvas: Canvas, base: float, height: float, top: str, bottom: str, peaks: int = 5) -> None:
    """A broken ridge whose summits rise up to `height` above `base`, with one lit and one dark flank."""
    step = canvas.width / peaks
    corners: list[Point] = [(-step, base)]
    for number in range(peaks + 1):
        x = step * (number + canvas.dice.uniform(-0.25, 0.25))
        corners.append((x, base - height * canvas.dice.uniform(0.55, 1)))
        corners.append((x + step / 2, base - height * canvas.dice.uniform(0.1, 0.3)))
    corners.append((canvas.width + step, base))
    canvas.shade([*corners, (canvas.width + step, canvas.height), (-step, canvas.height)], top, bottom)
    for summit, saddle in zip(corners[1::2], corners[2::2], strict=False):
        fold = (summit[0] + step * 0.06, summit[1] + (base - summit[1]) * 0.5)
        canvas.polygon([summit, saddle, (saddle[0], base), (summit[0] - step * 0.06, base), fold], "#00000020")


@layer
def dunes(canvas: Canvas, base: float, height: float, light: str, dark: str, count: int = 3) -> None:
    """Crests in the light with a shaded side, each nearer one lower in the picture."""
    for number in range(count):
        y = base + number * height * 0.8
        x = canvas.width * canvas.dice.uniform(0.15, 0.85)
        lit = mix(light, dark, number * 0.12)
        far = canvas.width * 1.2
        slope = [(x + far * t, y + height * 1.8 * t**0.75) for t in (i / 20 for i in range(21))]
        rise = [(x - far * t, y + height * 1.5 * t**0.8) for t in (i / 20 for i in range(21))]
        canvas.shade(
            [*reversed(rise), *slope, (x + far, canvas.height), (x - far, canvas.height)], lit, mix(lit, dark, 0.35)
        )
        edge = [
            (x + math.sin(t * 5) * 60 * t - 40 * t, y + (canvas.height - y) * t) for t in (i / 20 for i in range(21))
        ]
        canvas.shade([*slope, (x + far, canvas.height), *reversed(edge)], mix(lit, dark, 0.55), mix(lit, dark, 0.8))


@layer
def glints(canvas: Canvas, y: float, height: float, fill: str, count: int = 60, centre: float | None = None) -> None:
    """Short strokes of light on water, shorter and closer towards the horizon; around `centre` when given."""
    for _ in range(count):
        near = canvas.dice.random() ** 1.4
        length = 18 + 90 * near * canvas.dice.uniform(0.4, 1)
        spread = canvas.width if centre is None else 60 + 320 * near
        middle = canvas.width / 2 if centre is None else centre
        x = middle + canvas.dice.uniform(-0.5, 0.5) * spread
        canvas.rect(x - length / 2, y + near * height, length, 2 + 3 * near, fill, 2)


@layer
def birds(canvas: Canvas, x: float, y: float, fill: str, count: int = 5, size: float = 18) -> None:
    for _ in range(count):
        bird_x, bird_y = x + canvas.dice.uniform(-130, 130), y + canvas.dice.uniform(-60, 60)
        wing = size * canvas.dice.uniform(0.6, 1.1)
        canvas.ring(bird_x - wing, bird_y, wing, 3, fill, 215, 325)
        canvas.ring(bird_x + wing * 0.62, bird_y, wing, 3, fill, 215, 325)


@layer
def needle(canvas: Canvas, x: float, base: float, height: float, light: str, dark: str) -> None:
    """A volcanic plug that stands straight up, its right side in the shade."""
    left = [(-0.34, 0), (-0.2, 0.24), (-0.15, 0.5), (-0.12, 0.78), (-0.07, 0.94)]
    right = [(0.02, 1), (0.08, 0.93), (0.11, 0.74), (0.17, 0.46), (0.21, 0.2), (0.38, 0)]
    outline = [(x + dx * height, base - dy * height) for dx, dy in [*left, *right]]
    canvas.shade(outline, mix(light, "#ffffff", 0.18), light)
    ridge = [(x + dx * height, base - dy * height) for dx, dy in [(0.02, 1), (0.0, 0.7), (0.05, 0.4), (0.02, 0)]]
    canvas.polygon([*ridge, *reversed(outline[5:])], dark + "b0")
    for number in range(6):
        y = base - height * (0.18 + number * 0.12)
        canvas.line([(x - height * 0.12, y), (x - height * 0.03, y - 22), (x + height * 0.02, y + 12)], 3, dark + "70")


@layer
def slopes(canvas: Canvas, light: str, dark: str) -> None:
    """The two sides of a valley that a dam closes."""
    for side in (-1, 1):
        edge = 0 if side < 0 else canvas.width
        path = [(0, 400), (120, 470), (215, 520), (300, 640), (392, 800), (470, 920), (610, 1067)]
        points = [(edge - side * px, py) for px, py in path]
        canvas.shade([*points, (edge, canvas.height)], light, dark)
        for number in range(5):
            shift = 90 * number
            canvas.line(
                [(edge - side * max(0, px - shift), py + shift * 0.3) for px, py in path],
                3,
                mix(light, dark, 0.7) + "60",
            )


@layer
def rays(canvas: Canvas, x: float, fill: str) -> None:
    """Light that falls through water."""
    for number in range(9):
        top = x - 460 + number * 115 + canvas.dice.uniform(-30, 30)
        wide = canvas.dice.uniform(26, 70)
        low = x + (top - x) * 2.1
        canvas.polygon(
            [(top, 0), (top + wide, 0), (low + wide * 2.2, 760), (low, 760)],
            f"{fill}{canvas.dice.randrange(14, 34):02x}",
        )


@layer
def block(canvas: Canvas, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
    canvas.rect(x, y, width, height, fill, radius)


@layer
def cliff(canvas: Canvas, left: float, top: float, light: str, dark: str) -> None:
    """A headland that fills the right of the picture and falls steeply to the sea on its left."""
    brow = [(left + 330 * t, top + 30 - 40 * t) for t in (i / 8 for i in range(9))]
    face = [
        (left, top + 60),
        (left - 40, top + 150),
        (left + 10, top + 240),
        (left - 30, top + 340),
        (left - 110, 1067),
    ]
    canvas.shade([*reversed(face), *brow, (canvas.width, top - 26), (canvas.width, 1067)], light, mix(light, dark, 0.6))
    canvas.polygon(
        [*face, (left + 190, 1067), (left + 150, top + 260), (left + 190, top + 120), brow[4], brow[0]], dark + "b0"
    )
    for number in range(5):
        y = top + 110 + number * 78
        canvas.line([(left + 180, y), (left + 620, y + 24), (left + 1100, y - 6)], 4, mix(light, dark, 0.5) + "80")
    canvas.line([brow[0], *brow, (canvas.width, top - 26)], 16, "#7f8f5a")


@layer
def plume(canvas: Canvas, x: float, base: float, height: float, fill: str, drift: float = 0.25) -> None:
    """Steam that rises from a well, wider and thinner as it goes."""
    for number in range(30):
        t = number / 29
        away = canvas.dice.uniform(-0.1, 0.1) * height * t
        canvas.light(
            x + drift * height * t**1.5 + away,
            base - height * t,
            height * (0.07 + 0.17 * t),
            fill,
            0.5 * (1 - 0.75 * t),
        )


@layer
def terraces(canvas: Canvas, x: float, y: float, across: float, steps: int, light: str, dark: str) -> None:
    """An open pit seen from its rim, step below step."""
    for number in range(steps):
        share = 1 - number / (steps + 1.5)
        drop = y + 34 * number
        canvas.oval(x, drop + 20, across * share, across * share * 0.3, mix(dark, "#000000", 0.12 * (number % 2)))
        canvas.oval(x, drop, across * share, across * share * 0.3, mix(light, dark, number / steps))
