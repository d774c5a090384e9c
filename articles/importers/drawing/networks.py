"""Satellites, cables, maps and machine rooms: what carries messages."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from articles.importers.drawing.canvas import SCALE, Canvas, colour, layer, mix


@layer
def world(canvas: Canvas, fill: str, light: str, arcs: int = 7) -> None:
    """Dots where people live, and arcs between the places that send money to each other."""
    swings = [
        (canvas.dice.uniform(150, 420), canvas.dice.uniform(0, math.tau), canvas.dice.uniform(0, math.tau))
        for _ in range(5)
    ]
    land = []
    for row in range(30):
        for column in range(48):
            x, y = 40 + column * 33 + (row % 2) * 16, 120 + row * 30
            if sum(math.sin(x / wide + a) * math.cos(y / wide * 1.4 + b) for wide, a, b in swings) > 0.42:
                land.append((x, y))
                canvas.disc(x, y, 7.5, fill)
    for _ in range(arcs):
        (x0, y0), (x1, y1) = canvas.dice.sample(land, 2)
        lift = 0.34 * math.dist((x0, y0), (x1, y1))
        path = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t - 4 * lift * t * (1 - t)) for t in (i / 40 for i in range(41))]
        canvas.line(path, 4, light + "c8")
        for spot in (path[0], path[-1]):
            canvas.light(*spot, 90, light, 0.8)
            canvas.disc(*spot, 11, light)
        canvas.disc(*path[canvas.dice.randrange(10, 30)], 9, "#ffffff")


@layer
def planet(canvas: Canvas, x: float, y: float, radius: float, light: str, dark: str) -> None:
    """A world seen from orbit, its edge alight."""
    canvas.light(x, y, radius * 1.2, light, 1.0)
    canvas.disc(x, y, radius, mix(light, "#ffffff", 0.35))
    canvas.disc(x + 5, y + 14, radius, dark)
    canvas.light(x - radius * 0.25, y - radius * 0.55, radius * 0.75, light, 0.5)


@layer
def satellite(canvas: Canvas, x: float, y: float, size: float, body: str, wing: str) -> None:
    sheet = Image.new("RGBA", (round(size * 3 * SCALE), round(size * SCALE)))
    pen, unit = ImageDraw.Draw(sheet), size * SCALE
    for left in (0.05, 1.8):
        pen.rectangle([(left * unit, 0.2 * unit), ((left + 1.15) * unit, 0.8 * unit)], fill=colour(wing))
        for part in range(1, 5):
            pen.line(
                [((left + 0.23 * part) * unit, 0.2 * unit), ((left + 0.23 * part) * unit, 0.8 * unit)],
                fill=colour(mix(wing, "#ffffff", 0.35)),
                width=3,
            )
        pen.line(
            [(left * unit, 0.5 * unit), ((left + 1.15) * unit, 0.5 * unit)],
            fill=colour(mix(wing, "#ffffff", 0.35)),
            width=3,
        )
    pen.line([(1.2 * unit, 0.5 * unit), (1.8 * unit, 0.5 * unit)], fill=colour(body), width=10)
    pen.rounded_rectangle([(1.3 * unit, 0.16 * unit), (1.7 * unit, 0.84 * unit)], 12, fill=colour(body))
    pen.rectangle([(1.52 * unit, 0.18 * unit), (1.7 * unit, 0.82 * unit)], fill=(0, 0, 0, 50))
    canvas.stamp(sheet.rotate(28, Image.Resampling.BICUBIC, expand=True), x, y)


@layer
def orbits(canvas: Canvas, x: float, y: float, radii: list[float], fill: str) -> None:
    for radius in radii:
        canvas.ring(x, y, radius, 2.5, fill, 180, 360)
        for _ in range(7):
            angle = math.radians(canvas.dice.uniform(200, 340))
            spot = (x + radius * math.cos(angle), y + radius * math.sin(angle))
            canvas.light(*spot, 26, "#ffffff", 0.8)
            canvas.disc(*spot, 4.5, "#ffffff")


@layer
def waves(
    canvas: Canvas, x: float, y: float, count: int, step: float, fill: str, first: float = 200, last: float = 340
) -> None:
    """Rings of a signal, fainter outwards."""
    for number in range(1, count + 1):
        strength = round(200 * (1 - number / (count + 1)))
        canvas.ring(x, y, step * number, 6, f"{fill}{strength:02x}", first, last)


@layer
def racks(canvas: Canvas, x: float, y: float, light: str, dark: str) -> None:
    """Two walls of cabinets that run towards one point; their lamps blink."""
    floor, ceiling = 1067.0, 0.0
    canvas.polygon([(0, floor), (x - 130, y + 130), (x + 130, y + 130), (1600, floor)], mix(dark, "#ffffff", 0.1))
    canvas.polygon([(0, ceiling), (x - 130, y - 190), (x + 130, y - 190), (1600, ceiling)], mix(dark, "#000000", 0.5))
    canvas.rect(x - 130, y - 190, 260, 320, mix(dark, light, 0.28))
    canvas.light(x, y - 30, 520, light, 0.75)
    for depth in range(14):
        near = 0.84**depth
        if near * 800 > 130:
            tube = y + (0 - y) * near * 0.94
            canvas.rect(x - 150 * near, tube, 300 * near, 10 * near, mix(light, "#ffffff", 0.6))
            shine = y + (floor - y) * near * 0.96
            canvas.rect(x - 150 * near, shine, 300 * near, 7 * near, light + "50")
    for side in (-1, 1):
        for cabinet in range(7):
            _rack(
                canvas,
                x,
                y,
                side,
                0.74**cabinet,
                0.74 ** (cabinet + 1),
                mix(dark, light, 0.06 + 0.045 * cabinet),
                light,
            )


def _rack(canvas: Canvas, x: float, y: float, side: int, near: float, far: float, fill: str, light: str) -> None:
    def at(depth: float, height: float) -> tuple[float, float]:
        """`depth` 0 (near) to 1 (far), `height` 0 (floor) to 1."""
        scale = near + (far - near) * depth
        return x + side * 980 * scale, y + (980 - 1960 * height * 0.92) * scale * 0.86

    canvas.polygon([at(0.03, 0), at(0.03, 1), at(0.97, 1), at(0.97, 0)], fill)
    canvas.line([at(0.03, 0), at(0.03, 1)], 9 * near, mix(fill, "#000000", 0.4))
    for slot in range(1, 21):
        height = slot / 21.5
        canvas.line([at(0.1, height), at(0.9, height)], 5 * near, mix(fill, "#000000", 0.35))
        for lamp in range(7):
            if canvas.dice.random() < 0.5:
                spot = at(0.16 + lamp * 0.1, height + 0.021)
                tint = canvas.dice.choice((light, light, "#ffffff", "#ffc46b"))
                canvas.disc(*spot, 7 * near, tint)
    canvas.light(*at(0.5, 0.5), 260 * near, light, 0.12)


@layer
def cable(canvas: Canvas, points: list[list[float]], fill: str, pulse: str) -> None:
    """A cable laid over the sea floor, with light running through it."""
    path: list[tuple[float, float]] = []
    ends = [points[0], *points, points[-1]]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for t in (i / 24 for i in range(25)):
            path.append(
                tuple(  # type: ignore[arg-type]  # a Catmull-Rom curve through the points
                    0.5
                    * (
                        2 * p1
                        + (p2 - p0) * t
                        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
                    )
                    for p0, p1, p2, p3 in zip(before, start, end, after, strict=True)
                )
            )
    canvas.line([(x + 6, y + 16) for x, y in path], 30, "#00000040")
    canvas.line(path, 30, mix(fill, "#000000", 0.3))
    canvas.line([(x, y - 4) for x, y in path], 20, fill)
    canvas.line([(x, y - 9) for x, y in path], 5, mix(fill, "#ffffff", 0.4))
    for spot in path[6::13]:
        canvas.light(*spot, 120, pulse, 0.9)
        canvas.disc(spot[0], spot[1] - 4, 8, mix(pulse, "#ffffff", 0.6))


@layer
def fish(canvas: Canvas, x: float, y: float, fill: str, count: int = 9, size: float = 24) -> None:
    for _ in range(count):
        fish_x, fish_y = x + canvas.dice.uniform(-190, 190), y + canvas.dice.uniform(-90, 90)
        long = size * canvas.dice.uniform(0.7, 1.2)
        canvas.oval(fish_x, fish_y, long, long * 0.4, fill)
        canvas.polygon(
            [
                (fish_x - long * 0.7, fish_y),
                (fish_x - long * 1.5, fish_y - long * 0.45),
                (fish_x - long * 1.5, fish_y + long * 0.45),
            ],
            fill,
        )


@layer
def streets(canvas: Canvas, ground: str, blocks: list[str], road: str, river: str, pin: str) -> None:
    """A town plan: blocks between streets, a river, an avenue across, and places marked on it."""
    canvas.rect(0, 0, canvas.width, canvas.height, road)
    x = -30.0
    while x < canvas.width:
        wide, y = canvas.dice.uniform(84, 168), -canvas.dice.uniform(0, 60)
        while y < canvas.height:
            tall = canvas.dice.uniform(58, 130)
            fill = canvas.dice.choice(blocks)
            canvas.rect(x, y, wide, tall, fill, 7)
            if fill == blocks[0]:
                for _ in range(int(wide * tall / 2300)):
                    side = canvas.dice.uniform(13, 26)
                    left, top = (
                        x + canvas.dice.uniform(6, max(7, wide - 32)),
                        y + canvas.dice.uniform(6, max(7, tall - 32)),
                    )
                    canvas.rect(
                        left,
                        top,
                        min(side * 1.3, x + wide - left - 5),
                        min(side, y + tall - top - 5),
                        mix(fill, "#6b4a2b", 0.22),
                        2,
                    )
            y += tall + 15
        x += wide + 15
    bank = [(-60, 800), (240, 690), (520, 730), (760, 640), (1010, 470), (1260, 440), (1680, 300)]
    bend: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in zip(bank, bank[1:], strict=False):
        bend += [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * (3 * t * t - 2 * t**3)) for t in (i / 12 for i in range(12))]
    canvas.line(bend, 122, mix(blocks[-1], "#ffffff", 0.2))
    canvas.line(bend, 94, river)
    canvas.line([(px, py - 22) for px, py in bend], 5, mix(river, "#ffffff", 0.4))
    for avenue in ([(140, -20), (560, 1100)], [(-20, 250), (1620, 880)], [(1290, -20), (1130, 1100)]):
        canvas.line(avenue, 36, mix(road, "#000000", 0.12))
        canvas.line(avenue, 28, ground)
    for px, py, size in ((430, 380, 1.0), (905, 300, 1.45), (1235, 700, 0.9), (300, 880, 0.8)):
        tall = 110 * size
        canvas.oval(px, py + 3, 30 * size, 9 * size, "#00000038")
        canvas.polygon([(px, py), (px - 37 * size, py - tall * 0.72), (px + 37 * size, py - tall * 0.72)], pin)
        canvas.disc(px, py - tall * 0.86, 42 * size, pin)
        canvas.disc(px, py - tall * 0.86, 17 * size, "#ffffff")
