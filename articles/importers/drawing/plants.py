"""Fields, trees and what grows on them."""

from __future__ import annotations

import math

from articles.importers.drawing.canvas import Canvas, Point, layer, mix


@layer
def rows(canvas: Canvas, horizon: float, first: str, second: str, x: float = 800, count: int = 26) -> None:
    """Furrows that run towards one point on the horizon."""
    canvas.rect(0, horizon, canvas.width, canvas.height - horizon, first)
    spread = canvas.width * 4.2
    for number in range(0, count, 2):
        left = x - spread / 2 + spread * number / count
        right = left + spread / count
        canvas.polygon([(x - 2, horizon), (x + 2, horizon), (right, canvas.height), (left, canvas.height)], second)


@layer
def tufts(canvas: Canvas, top: float, bottom: float, fill: str, count: int, size: float = 26) -> None:
    """Blades of grass or young rice, larger towards the viewer."""
    for y in sorted(canvas.dice.uniform(top, bottom) for _ in range(count)):
        x, tall = canvas.dice.uniform(0, canvas.width), size * (0.35 + (y - top) / (bottom - top))
        for lean in (-0.45, -0.15, 0.2, 0.5):
            canvas.polygon([(x - tall * 0.05, y), (x + tall * 0.05, y), (x + lean * tall, y - tall)], fill)


@layer
def palm(canvas: Canvas, x: float, base: float, height: float, trunk: str, leaf: str, lean: float = 0.15) -> None:
    curve = [(x + lean * height * t * t, base - height * t) for t in (i / 12 for i in range(13))]
    for number, (start, end) in enumerate(zip(curve, curve[1:], strict=False)):
        canvas.line([start, end], height * (0.034 - 0.0014 * number), trunk)
    crown_x, crown_y = curve[-1]
    for angle in (-170, -145, -115, -80, -50, -25, 5):
        reach, bend = height * 0.42, math.radians(angle)
        spine = [
            (crown_x + reach * t * math.cos(bend), crown_y + reach * (t * math.sin(bend) + 0.75 * t * t))
            for t in (i / 10 for i in range(11))
        ]
        width = height * 0.05
        upper = [(px, py - width * math.sin(math.pi * min(1, t / 10 + 0.05))) for t, (px, py) in enumerate(spine)]
        canvas.polygon([*spine, *reversed(upper)], leaf if angle % 2 else mix(leaf, "#000000", 0.15))


@layer
def tree(canvas: Canvas, x: float, base: float, height: float, leaf: str, trunk: str, fruit: str = "") -> None:
    """A round crown with a lit side, with fruit when it is given a colour."""
    canvas.polygon(
        [(x - height * 0.05, base), (x + height * 0.05, base), (x + height * 0.03, base - height * 0.5)]
        + [(x - height * 0.03, base - height * 0.5)],
        trunk,
    )
    puffs = ((0, 0.62, 0.3), (-0.2, 0.52, 0.22), (0.21, 0.53, 0.22), (-0.08, 0.78, 0.22), (0.12, 0.74, 0.2))
    for dx, up, radius in puffs:
        canvas.disc(x + dx * height, base - up * height, radius * height, mix(leaf, "#000000", 0.16))
    for dx, up, radius in puffs:
        canvas.disc(x + (dx - 0.035) * height, base - (up + 0.03) * height, radius * height * 0.84, leaf)
    for _ in range(12 if fruit else 0):
        angle, reach = canvas.dice.uniform(0, math.tau), height * 0.32 * math.sqrt(canvas.dice.random())
        fruit_x, fruit_y = x + reach * math.cos(angle) * 1.1, base - height * 0.62 + reach * math.sin(angle)
        canvas.oval(fruit_x, fruit_y, height * 0.028, height * 0.034, fruit)


@layer
def acacia(canvas: Canvas, x: float, base: float, height: float, fill: str) -> None:
    """The flat umbrella of the savannah."""
    canvas.line(
        [(x, base), (x + height * 0.03, base - height * 0.5), (x - height * 0.2, base - height * 0.8)],
        height * 0.04,
        fill,
    )
    canvas.line(
        [(x + height * 0.03, base - height * 0.5), (x + height * 0.26, base - height * 0.86)], height * 0.03, fill
    )
    canvas.oval(x - height * 0.1, base - height * 0.88, height * 0.52, height * 0.1, fill)
    canvas.oval(x + height * 0.2, base - height * 0.97, height * 0.4, height * 0.08, fill)


@layer
def cypress(canvas: Canvas, x: float, base: float, height: float, fill: str) -> None:
    canvas.oval(x, base - height * 0.5, height * 0.1, height * 0.5, fill)
    canvas.oval(x - height * 0.02, base - height * 0.5, height * 0.05, height * 0.42, mix(fill, "#ffffff", 0.12))


@layer
def forest(canvas: Canvas, y: float, size: float, leaf: str, count: int, left: float = 0, right: float = 1600) -> None:
    """A dense canopy seen from afar."""
    for _ in range(count):
        x, radius = canvas.dice.uniform(left, right), size * canvas.dice.uniform(0.6, 1.2)
        shade = mix(leaf, "#000000", canvas.dice.uniform(0, 0.3))
        canvas.disc(x, y + canvas.dice.uniform(-0.6, 0.8) * size, radius, shade)


@layer
def paddies(canvas: Canvas, top: float, water: str, sky_light: str, bank: str) -> None:
    """Flooded fields divided by dykes, in perspective."""
    canvas.gradient(0, top, canvas.width, canvas.height - top, mix(water, sky_light, 0.75), water)
    y, gap = top, 14.0
    edges = []
    while y < canvas.height + gap:
        edges.append((y, gap))
        y, gap = y + gap, gap * 1.5
    for number, (y, gap) in enumerate(edges):
        bend = canvas.dice.uniform(-0.25, 0.25) * gap
        path = [(x, y + bend * math.sin(math.pi * x / 700 + number)) for x in range(-20, canvas.width + 41, 20)]
        canvas.line(path, gap * 0.13, bank)
        start = canvas.dice.uniform(0, 260)
        for x in range(-200, canvas.width + 200, int(180 + gap * 2.2)):
            place = x + start
            away = (place - canvas.width / 2) * gap / 500
            canvas.line(
                [(place, y + bend * math.sin(math.pi * place / 700 + number)), (place + away, y + gap * 1.02)],
                gap * 0.1,
                bank,
            )


@layer
def pod(canvas: Canvas, x: float, y: float, size: float, turn: float, light: str, dark: str) -> None:
    """A ripe cocoa pod on its stalk, ribbed, lit from the left."""
    angle = math.radians(turn)

    def at(along: float, beside: float) -> Point:
        return x + along * math.cos(angle) - beside * math.sin(angle), y + along * math.sin(angle) + beside * math.cos(
            angle
        )

    def outline(share: float) -> list[Point]:
        return [
            at(-size + 2 * size * t, share * size * 0.5 * math.sin(math.pi * t**0.85) ** 0.75)
            for t in (i / 30 for i in range(31))
        ]

    canvas.line([at(-size * 1.3, size * 0.06), at(-size * 0.96, 0)], size * 0.08, "#6b4a2b")
    for number in range(8):
        share = 1 - number * 0.25
        band = [*outline(share), *reversed(outline(share - 0.25))]
        canvas.polygon(band, mix(light, dark, abs(share - 0.55) / 1.6 + (number % 2) * 0.12))
    for share in (0.75, 0.5, 0.25, 0, -0.25, -0.5, -0.75):
        canvas.line(outline(share), size * 0.016, mix(dark, "#000000", 0.2) + "90")
    canvas.polygon([*outline(0.72), *reversed(outline(0.56))], "#ffffff2c")


@layer
def leaf(canvas: Canvas, x: float, y: float, size: float, turn: float, fill: str) -> None:
    """A long leaf with its veins, held at its stalk."""
    angle = math.radians(turn)

    def at(along: float, beside: float) -> Point:
        droop = size * 0.16 * (along / size) ** 2
        return x + along * math.cos(angle) - beside * math.sin(angle), y + along * math.sin(angle) + beside * math.cos(
            angle
        ) + droop

    for side, shade in ((1, fill), (-1, mix(fill, "#ffffff", 0.1))):
        edge = [at(size * t, side * size * 0.17 * math.sin(math.pi * t**0.8)) for t in (i / 24 for i in range(25))]
        spine = [at(size * t, 0) for t in (i / 24 for i in range(25))]
        canvas.polygon([*edge, *reversed(spine)], shade)
        for vein in range(3, 21, 3):
            canvas.line(
                [spine[vein], at(size * (vein + 3) / 24, side * size * 0.12 * math.sin(math.pi * (vein / 24) ** 0.8))],
                size * 0.007,
                mix(fill, "#000000", 0.2),
            )
    canvas.line(spine, size * 0.014, mix(fill, "#ffffff", 0.35))


@layer
def sprout(canvas: Canvas, x: float, base: float, height: float, leaf: str) -> None:
    canvas.line(
        [(x, base), (x + 4, base - height * 0.5), (x, base - height)], height * 0.045, mix(leaf, "#000000", 0.2)
    )
    for side, up, size in ((-1, 0.62, 0.5), (1, 0.78, 0.58), (-1, 1.0, 0.36), (1, 1.02, 0.34)):
        foot = (x, base - height * up)
        tip = (foot[0] + side * height * size, foot[1] - height * size * 0.6)
        bulge = (foot[0] + side * height * size * 0.28, foot[1] - height * size * 0.62)
        belly = (foot[0] + side * height * size * 0.68, foot[1] - height * size * 0.06)
        canvas.polygon(_curve(foot, bulge, tip) + _curve(tip, belly, foot), leaf)
        canvas.polygon(_curve(foot, belly, tip) + [foot], mix(leaf, "#000000", 0.12))


def _curve(
    start: tuple[float, float], pull: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    """A quadratic Bézier curve in 13 points."""
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * pull[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * pull[1] + t * t * end[1],
        )
        for t in (i / 12 for i in range(13))
    ]
