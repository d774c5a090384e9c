"""Streets, halls and factories."""

from __future__ import annotations

from articles.importers.drawing.canvas import Canvas, layer, mix


@layer
def skyline(
    canvas: Canvas,
    base: float,
    low: float,
    high: float,
    fill: str,
    window: str = "",
    left: float = 0,
    right: float = 1600,
) -> None:
    """Towers side by side; lit windows when they are given a colour."""
    x = left
    while x < right:
        width, height = canvas.dice.uniform(46, 112), canvas.dice.uniform(low, high)
        canvas.rect(x, base - height, width, height, mix(fill, "#000000", canvas.dice.uniform(0, 0.18)))
        if canvas.dice.random() < 0.3:
            canvas.rect(x + width / 2 - 2, base - height - 38, 4, 40, fill)
        for row in range(int((height - 24) // 24) if window else 0):
            for column in range(int((width - 12) // 17)):
                if canvas.dice.random() < 0.42:
                    canvas.rect(
                        x + 10 + column * 17,
                        base - height + 16 + row * 24,
                        8,
                        12,
                        f"{window}{canvas.dice.randrange(110, 255):02x}",
                    )
        x += width + canvas.dice.uniform(-6, 16)


@layer
def factory(
    canvas: Canvas, x: float, base: float, width: float, height: float, wall: str, glass: str, bays: int = 5
) -> None:
    """Saw-tooth roofs that take light from the north."""
    bay = width / bays
    for number in range(bays):
        left = x + number * bay
        canvas.polygon(
            [(left, base - height), (left + bay, base - height), (left + bay, base - height * 1.5)],
            mix(wall, "#000000", 0.12),
        )
        canvas.polygon(
            [
                (left + bay * 0.9, base - height * 1.44),
                (left + bay, base - height * 1.5),
                (left + bay, base - height),
                (left + bay * 0.9, base - height),
            ],
            glass,
        )
    canvas.shade(
        [(x, base - height), (x + width, base - height), (x + width, base), (x, base)], wall, mix(wall, "#000000", 0.18)
    )
    for number in range(bays * 2):
        left = x + (number + 0.22) * bay / 2
        canvas.rect(left, base - height * 0.78, bay * 0.28, height * 0.36, glass, 3)
        canvas.rect(left + bay * 0.13, base - height * 0.78, 4, height * 0.36, wall)
    canvas.rect(x, base - height * 0.16, width, height * 0.06, mix(wall, "#ffffff", 0.25))


@layer
def arcade(canvas: Canvas, base: float, height: float, wall: str, shadow: str, bays: int = 6) -> None:
    """A row of round arches under a cornice, a second one of windows above."""
    bay = canvas.width / bays
    canvas.gradient(0, base - height, canvas.width, height, mix(wall, "#ffffff", 0.22), wall)
    for number in range(bays):
        middle = bay * (number + 0.5)
        radius, spring = bay * 0.34, base - height * 0.34
        for inset, fill in ((0, mix(wall, "#000000", 0.13)), (9, shadow)):
            canvas.rect(middle - radius + inset, spring, 2 * (radius - inset), base - spring, fill)
            canvas.disc(middle, spring, radius - inset, fill)
        canvas.polygon(
            [(middle - radius + 9, base), (middle - radius + 9, spring), (middle + radius * 0.1, base)],
            mix(shadow, "#000000", 0.3) + "80",
        )
        canvas.rect(
            middle + radius * 0.2, base - height * 0.28, radius * 0.5, height * 0.28, mix(shadow, wall, 0.25), 6
        )
        for side in (-0.17, 0.17):
            x = middle + side * bay
            canvas.rect(x - bay * 0.08, base - height * 0.9, bay * 0.16, height * 0.19, mix(wall, "#000000", 0.16))
            canvas.rect(x - bay * 0.07, base - height * 0.89, bay * 0.14, height * 0.17, shadow)
            canvas.rect(x - 1.5, base - height * 0.89, 3, height * 0.17, mix(wall, "#ffffff", 0.4))
        canvas.rect(
            bay * number - bay * 0.09, base - height * 0.64, bay * 0.18, height * 0.64, mix(wall, "#ffffff", 0.32)
        )
        canvas.rect(bay * number + bay * 0.03, base - height * 0.64, bay * 0.06, height * 0.64, "#00000018")
    for top, tall in ((1.0, 0.05), (0.66, 0.035)):
        canvas.rect(0, base - height * top, canvas.width, height * tall, mix(wall, "#ffffff", 0.5))
        canvas.rect(0, base - height * top + height * tall, canvas.width, 5, "#0000002a")


@layer
def steps(canvas: Canvas, top: float, light: str, dark: str, count: int = 5) -> None:
    tall = (canvas.height - top) / count
    for number in range(count):
        y = top + number * tall
        canvas.rect(0, y, canvas.width, tall, mix(light, dark, number / count))
        canvas.rect(0, y, canvas.width, 5 + number, mix(light, "#ffffff", 0.5))


@layer
def shops(canvas: Canvas, base: float, fronts: list[list[str]]) -> None:
    """A street of shop fronts; each is [wall, awning, second stripe]."""
    width = canvas.width / len(fronts)
    for number, (wall, awning, stripe) in enumerate(fronts):
        left = number * width
        canvas.gradient(left, 0, width + 1, base, mix(wall, "#ffffff", 0.18), wall)
        for window in (0.18, 0.58):
            _window(canvas, left + width * window, width * 0.24, wall)
        canvas.rect(left + width * 0.07, 292, width * 0.86, 74, mix(wall, "#000000", 0.5), 6)
        for letter in range(7):
            tall = canvas.dice.choice((20, 28, 34))
            canvas.rect(left + width * (0.24 + letter * 0.077), 329 - tall / 2, width * 0.05, tall, stripe, 6)
        goods = [awning, mix(wall, "#000000", 0.3), "#e8813f", "#3f7f78", "#c9463d"]
        _display(canvas, left + width * 0.07, base, width * 0.54, mix(wall, "#000000", 0.35), goods)
        canvas.rect(left + width * 0.67, 440, width * 0.26, base - 440, mix(wall, "#000000", 0.55), 4)
        canvas.rect(left + width * 0.7, 470, width * 0.2, 240, mix(wall, "#9fd0dd", 0.6), 3)
        canvas.disc(left + width * 0.71, base - 170, 9, "#f0cf87")
        _awning(canvas, left + width * 0.03, width * 0.94, awning, stripe)


def _window(canvas: Canvas, x: float, width: float, wall: str) -> None:
    """One of the upper floor."""
    canvas.rect(x - 8, 60, width + 16, 176, mix(wall, "#ffffff", 0.5), 4)
    canvas.rect(x, 68, width, 160, mix(wall, "#12202c", 0.72), 3)
    canvas.polygon([(x, 68), (x + width * 0.58, 68), (x, 168)], "#ffffff22")
    canvas.rect(x - 14, 236, width + 28, 12, mix(wall, "#000000", 0.25))


def _display(canvas: Canvas, x: float, base: float, width: float, sill: str, goods: list[str]) -> None:
    """A lit shop window with full shelves."""
    canvas.rect(x, 440, width, base - 470, "#fbe3a4", 4)
    canvas.rect(x, base - 40, width, 40, sill)
    for shelf in (560, 665, 770):
        canvas.rect(x + width * 0.04, shelf, width * 0.92, 7, "#b0803f")
        place = x + width * 0.06
        while place < x + width * 0.88:
            wide, tall = canvas.dice.uniform(18, 38), canvas.dice.uniform(30, 72)
            canvas.rect(place, shelf - tall, wide, tall, canvas.dice.choice(goods), 5)
            place += wide + canvas.dice.uniform(5, 14)


def _awning(canvas: Canvas, x: float, width: float, first: str, second: str) -> None:
    """Nine stripes with a scalloped edge, and the shadow below."""
    stripe = width / 9
    for number in range(9):
        left, fill = x + number * stripe, first if number % 2 == 0 else second
        inset = 10 if number == 0 else 0
        canvas.polygon([(left + inset, 372), (left + stripe, 372), (left + stripe, 478), (left, 478)], fill)
        canvas.oval(left + stripe / 2, 478, stripe / 2, 28, fill)
    canvas.rect(x, 372, width, 26, "#ffffff30")
    canvas.rect(x, 520, width, 30, "#00000018")


@layer
def hall(canvas: Canvas, screen: list[str], dark: str, seat: str) -> None:
    """A cinema seen from behind the last row: the screen, its light on the seats."""
    canvas.gradient(0, 0, canvas.width, canvas.height, mix(dark, "#000000", 0.3), dark)
    canvas.light(800, 330, 980, screen[0], 0.55)
    canvas.rect(282, 92, 1036, 476, "#05060a", 6)
    canvas.gradient(300, 110, 1000, 440, *screen)


@layer
def seats(canvas: Canvas, fill: str, rim: str) -> None:
    """Rows of seats before the screen, with a few heads above them."""
    for number, (y, wide) in enumerate(((660, 66), (745, 86), (850, 112), (980, 146))):
        shade = mix(fill, "#000000", 0.25 + number * 0.14)
        start = -(number % 2) * wide / 2
        count = int(canvas.width / wide) + 2
        for place in range(count):
            x = start + place * wide
            if canvas.dice.random() < 0.34:
                canvas.disc(x + wide / 2, y - wide * 0.16, wide * 0.21, "#0a0a10")
                canvas.rect(x + wide * 0.16, y - wide * 0.02, wide * 0.68, wide * 0.5, "#0a0a10", wide * 0.2)
            canvas.rect(x + wide * 0.05, y, wide * 0.9, wide * 1.3, rim, wide * 0.22)
            canvas.rect(x + wide * 0.05, y + 4, wide * 0.9, wide * 1.3, shade, wide * 0.22)


@layer
def huts(canvas: Canvas, top: float, bottom: float, walls: list[str], window: str, count: int) -> None:
    """Low houses on a slope at night, each with a light."""
    for y in sorted(canvas.dice.uniform(top, bottom) for _ in range(count)):
        x, wide = canvas.dice.uniform(0, canvas.width - 140), 70 + 80 * (y - top) / (bottom - top)
        wall = canvas.dice.choice(walls)
        canvas.light(x + wide / 2, y - wide * 0.2, wide * 0.95, window, 0.4)
        canvas.rect(x, y - wide * 0.5, wide, wide * 0.5, wall)
        canvas.polygon(
            [
                (x - wide * 0.1, y - wide * 0.48),
                (x + wide * 1.1, y - wide * 0.48),
                (x + wide * 0.8, y - wide * 0.8),
                (x + wide * 0.2, y - wide * 0.8),
            ],
            mix(wall, "#000000", 0.3),
        )
        for place in (0.18, 0.62):
            if canvas.dice.random() < 0.75:
                canvas.rect(x + wide * place, y - wide * 0.36, wide * 0.18, wide * 0.19, window, 2)


@layer
def silos(canvas: Canvas, x: float, base: float, height: float, light: str, dark: str) -> None:
    for number in range(4):
        left, wide = x + number * height * 0.48, height * 0.44
        canvas.rect(left, base - height, wide, height, light)
        canvas.rect(left + wide * 0.6, base - height, wide * 0.4, height, dark + "90")
        canvas.polygon(
            [(left - 3, base - height), (left + wide + 3, base - height), (left + wide / 2, base - height * 1.24)], dark
        )
        for band in range(1, 6):
            canvas.rect(left, base - height * band / 6, wide, 2, dark)
    canvas.line([(x - height * 0.1, base - height * 1.34), (x + height * 1.9, base - height * 1.34)], 5, dark)


@layer
def terminal(canvas: Canvas, base: float, glass: str, roof: str, tower: float = 1240) -> None:
    """A glass hall with a sweeping roof, and the control tower behind it."""
    canvas.polygon(
        [(tower - 22, base), (tower - 14, base - 400), (tower + 14, base - 400), (tower + 22, base)],
        mix(roof, "#000000", 0.15),
    )
    canvas.polygon(
        [(tower - 40, base - 390), (tower - 62, base - 462), (tower + 62, base - 462), (tower + 40, base - 390)],
        mix(glass, "#000000", 0.3),
    )
    canvas.rect(tower - 70, base - 478, 140, 18, roof, 6)
    canvas.line([(tower, base - 478), (tower, base - 540)], 4, roof)
    canvas.gradient(0, base - 170, canvas.width, 170, mix(glass, "#ffffff", 0.35), glass)
    for x in range(0, canvas.width, 64):
        canvas.rect(x, base - 170, 4, 170, mix(roof, "#ffffff", 0.2))
    sweep = [
        (x, base - 190 - 34 * (x / canvas.width) ** 2 - 20 * ((x % 533) / 533 - 0.5) ** 2)
        for x in range(0, canvas.width + 33, 32)
    ]
    canvas.polygon([*sweep, (canvas.width, base - 160), (0, base - 160)], roof)
