"""Domes, palaces and carved walls."""

from __future__ import annotations

from articles.importers.drawing.canvas import Canvas, layer, mix


@layer
def domes(canvas: Canvas, base: float, wall: str, caps: list[str], window: str, x: float = 800) -> None:
    """Towers under onion domes, the tallest in the middle, behind a crenellated wall."""
    towers = (
        (-330, 170, 46),
        (-215, 250, 50),
        (-95, 330, 56),
        (25, 430, 66),
        (160, 300, 54),
        (280, 220, 48),
        (385, 150, 42),
    )
    canvas.shade(
        [(x - 270, base - 190), (x + 320, base - 190), (x + 320, base), (x - 270, base)],
        mix(wall, "#ffffff", 0.05),
        wall,
    )
    for arch in range(9):
        canvas.rect(x - 246 + arch * 64, base - 172, 34, 56, mix(wall, "#000000", 0.35), 17)
    canvas.rect(x - 278, base - 200, 606, 14, mix(wall, "#ffffff", 0.3))
    for number, (dx, tall, wide) in enumerate(towers):
        left, top = x + dx - wide / 2, base - tall
        canvas.shade(
            [(left, top), (left + wide, top), (left + wide, base), (left, base)], mix(wall, "#ffffff", 0.1), wall
        )
        canvas.rect(left + wide * 0.62, top, wide * 0.38, tall, "#00000026")
        for row in range(int(tall / 70)):
            canvas.rect(x + dx - 6, top + 26 + row * 62, 12, 26, window, 6)
        canvas.rect(left - 5, top - 4, wide + 10, 10, mix(wall, "#ffffff", 0.35))
        cap = caps[number % len(caps)]
        _onion(canvas, x + dx, top - 4, wide * 0.62, cap)
    canvas.rect(0, base - 96, canvas.width, 96, mix(wall, "#000000", 0.3))
    for left in range(0, canvas.width, 34):
        canvas.rect(left, base - 116, 20, 24, mix(wall, "#000000", 0.3), 3)


def _onion(canvas: Canvas, x: float, base: float, radius: float, cap: str) -> None:
    side = [(0.62, 0), (0.98, 0.45), (1.06, 0.8), (0.84, 1.25), (0.42, 1.65), (0.14, 2.05), (0.04, 2.5)]
    right = [(x + radius * dx, base - radius * dy) for dx, dy in side]
    left = [(x - radius * dx, base - radius * dy) for dx, dy in side]
    canvas.polygon([*right, *reversed(left)], cap)
    canvas.polygon([*right, *((x + radius * dx * 0.35, base - radius * dy) for dx, dy in reversed(side))], "#0000002e")
    canvas.polygon([*left, *((x - radius * dx * 0.55, base - radius * dy) for dx, dy in reversed(side))], "#ffffff26")
    canvas.line([(x, base - radius * 2.4), (x, base - radius * 3)], 3, "#f0cf87")
    canvas.disc(x, base - radius * 3, 5, "#f0cf87")


@layer
def rova(canvas: Canvas, x: float, base: float, wood: str, roof: str, wall: str) -> None:
    """A highland palace: steep roofs with horns, galleries, a stone wall and its gate."""
    for dx, wide, tall, up in ((-190, 150, 110, 190), (0, 230, 150, 290), (215, 130, 90, 160)):
        left, top = x + dx - wide / 2, base - tall
        canvas.shade(
            [(left, top), (left + wide, top), (left + wide, base), (left, base)], wood, mix(wood, "#000000", 0.25)
        )
        for post in range(6):
            canvas.rect(left + wide * (0.04 + post * 0.18), top, wide * 0.035, tall, mix(wood, "#ffffff", 0.25))
        canvas.rect(left - 8, top + tall * 0.46, wide + 16, 8, mix(wood, "#ffffff", 0.3))
        canvas.polygon(
            [
                (left - wide * 0.14, top + 6),
                (left + wide * 1.14, top + 6),
                (x + dx + 9, top - up * 0.8),
                (x + dx - 9, top - up * 0.8),
            ],
            roof,
        )
        canvas.polygon(
            [(left + wide * 0.62, top + 6), (left + wide * 1.14, top + 6), (x + dx + 9, top - up * 0.8)], "#00000030"
        )
        canvas.line([(x + dx - 6, top - up * 0.78), (x + dx + 20, top - up * 0.96)], 6, roof)
        canvas.line([(x + dx + 6, top - up * 0.78), (x + dx - 20, top - up * 0.96)], 6, roof)
    canvas.shade(
        [(x - 420, base - 4), (x + 430, base - 10), (x + 470, base + 84), (x - 470, base + 84)],
        mix(wall, "#ffffff", 0.2),
        wall,
    )
    for row in range(4):
        for column in range(22):
            left = x - 440 + column * 41 + (row % 2) * 20
            canvas.rect(
                left,
                base + 4 + row * 20,
                37,
                16,
                mix(wall, canvas.dice.choice(("#ffffff", "#000000")), canvas.dice.uniform(0.02, 0.12)),
                4,
            )
    canvas.rect(x - 40, base - 2, 80, 88, mix(wall, "#000000", 0.65), 10)
    canvas.disc(x + 66, base + 42, 44, mix(wall, "#ffffff", 0.28))
    canvas.ring(x + 66, base + 42, 44, 4, mix(wall, "#000000", 0.25))


@layer
def reliefs(canvas: Canvas, top: float, bottom: float, wall: str, niche: str, colours: list[str]) -> None:
    """An earthen wall with square panels: lion, bird, fish, chameleon, each in a few strokes."""
    canvas.gradient(0, top, canvas.width, bottom - top, mix(wall, "#ffffff", 0.14), wall)
    size = 268.0
    for number in range(5):
        x, y = 60 + number * 306, top + (bottom - top - size) / 2
        canvas.rect(x - 16, y - 16, size + 32, size + 32, mix(wall, "#ffffff", 0.16), 10)
        canvas.rect(x, y, size, size, niche, 4)
        canvas.rect(x, y, size, 16, "#00000040")
        canvas.rect(x, y, 14, size, "#00000030")
        _beast(canvas, number, x + size / 2, y + size / 2, size, colours[number % len(colours)])


def _beast(canvas: Canvas, kind: int, x: float, y: float, size: float, fill: str) -> None:
    unit, dark = size / 10, mix(fill, "#000000", 0.35)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + dx * unit, y + dy * unit) for dx, dy in points]

    if kind == 0:  # a lion
        canvas.rect(x - 3 * unit, y - 1 * unit, 5 * unit, 2.2 * unit, fill, unit)
        for leg in (-2.8, -1.6, 0.4, 1.4):
            canvas.rect(x + leg * unit, y + 0.6 * unit, 0.8 * unit, 2.4 * unit, fill, unit * 0.3)
        canvas.disc(x + 2.3 * unit, y - 1.2 * unit, 1.9 * unit, dark)
        canvas.disc(x + 2.4 * unit, y - 1.1 * unit, 1.25 * unit, fill)
        canvas.line(at((-3, -0.4), (-4, -1.6), (-3.6, -3)), unit * 0.4, fill)
    elif kind == 1:  # a bird
        canvas.polygon(at((-3.6, 0.6), (-0.5, -1.4), (2, -0.6), (1.4, 1.6), (-1, 2)), fill)
        canvas.polygon(at((-0.6, -0.6), (1, 0), (-1.6, 3.4), (-2.4, 1)), dark)
        canvas.disc(x + 2.4 * unit, y - 1.3 * unit, 1.1 * unit, fill)
        canvas.polygon(at((3.2, -1.7), (4.4, -1.1), (3.2, -0.8)), dark)
        canvas.line(at((0.2, 1.8), (0.2, 3.6)), unit * 0.3, dark)
    elif kind == 2:  # a fish
        canvas.oval(x + 0.3 * unit, y, 3.1 * unit, 1.7 * unit, fill)
        canvas.polygon(at((-2.2, 0), (-4.2, -1.8), (-4.2, 1.8)), fill)
        canvas.disc(x + 2.2 * unit, y - 0.4 * unit, 0.32 * unit, dark)
        for scale in (-1, 0, 1):
            canvas.ring(x + (scale + 0.4) * unit, y, 1.1 * unit, unit * 0.16, dark, 100, 260)
    elif kind == 3:  # a buffalo
        canvas.rect(x - 3.2 * unit, y - 0.8 * unit, 5.4 * unit, 2.4 * unit, fill, unit * 0.9)
        for leg in (-2.9, -1.7, 0.5, 1.5):
            canvas.rect(x + leg * unit, y + 1 * unit, 0.8 * unit, 2.1 * unit, fill, unit * 0.2)
        canvas.oval(x + 2.5 * unit, y - 0.2 * unit, 1.2 * unit, 1 * unit, fill)
        canvas.ring(x + 2.4 * unit, y - 1.9 * unit, 1.3 * unit, unit * 0.4, dark, 0, 180)
    else:  # a chameleon
        canvas.oval(x - 0.2 * unit, y - 0.2 * unit, 2.4 * unit, 1.2 * unit, fill)
        canvas.ring(x - 2.7 * unit, y + 0.9 * unit, 1.2 * unit, unit * 0.42, fill, 60, 330)
        canvas.polygon(at((1.6, -1), (3.9, -0.4), (1.8, 0.6)), fill)
        canvas.disc(x + 2.3 * unit, y - 0.5 * unit, 0.36 * unit, dark)
        canvas.line(at((-4, 2.2), (4, 2.2)), unit * 0.3, dark)
        for leg in (-1, 1):
            canvas.line(at((leg, 0.6), (leg + 0.3, 2.1)), unit * 0.4, fill)


@layer
def thatch(canvas: Canvas, top: float, bottom: float, light: str, dark: str) -> None:
    """A heavy roof of straw whose fringe hangs over the wall."""
    canvas.gradient(0, top, canvas.width, bottom - top, light, dark)
    for _ in range(900):
        x, y = canvas.dice.uniform(0, canvas.width), canvas.dice.uniform(top - 30, bottom - 20)
        shade = mix(light, canvas.dice.choice(("#000000", "#f0c890")), canvas.dice.uniform(0.1, 0.35))
        canvas.line([(x, y), (x + canvas.dice.uniform(-5, 5), y + 48)], 2.2, shade + "a0")
    for x in range(-4, canvas.width, 9):
        tall = canvas.dice.uniform(14, 38)
        canvas.polygon(
            [(x, bottom - 8), (x + 11, bottom - 8), (x + 6, bottom + tall)],
            mix(dark, light, canvas.dice.uniform(0, 0.6)),
        )
