"""Ports, ships, rails and motorcycles."""

from __future__ import annotations

from articles.importers.drawing.canvas import Canvas, layer, mix


@layer
def crane(canvas: Canvas, x: float, base: float, height: float, fill: str, boom: float = 1.0) -> None:
    """A quay crane; `boom` is how far it reaches over the water (negative: to the left)."""
    thick, leg = height * 0.03, height * 0.2
    for foot in (x - leg, x + leg):
        canvas.rect(foot - thick / 2, base - height * 0.62, thick, height * 0.62, fill)
    canvas.rect(x - leg, base - height * 0.36, 2 * leg, thick * 0.8, fill)
    canvas.line([(x - leg, base - height * 0.02), (x + leg, base - height * 0.34)], thick * 0.4, fill)
    canvas.line([(x + leg, base - height * 0.36), (x - leg, base - height * 0.6)], thick * 0.4, fill)
    tip, back = x + boom * height * 0.85, x - boom * height * 0.5
    left = min(tip, back)
    canvas.rect(left, base - height * 0.66, abs(tip - back), thick * 1.15, fill)
    canvas.polygon(
        [(x - leg * 0.3, base - height * 0.64), (x + leg * 0.3, base - height * 0.64), (x, base - height)], fill
    )
    for end in (tip, back, x + boom * height * 0.45):
        canvas.line([(x, base - height * 0.98), (end, base - height * 0.65)], thick * 0.22, fill)
    trolley = x + boom * height * 0.52
    canvas.rect(trolley - thick, base - height * 0.65, thick * 2, thick * 1.3, fill)
    canvas.line([(trolley, base - height * 0.62), (trolley, base - height * 0.34)], thick * 0.2, fill)


@layer
def containers(
    canvas: Canvas, x: float, base: float, columns: int, rows: int, colours: list[str], size: float = 34
) -> None:
    """A stack, ragged at the top."""
    for column in range(columns):
        for row in range(canvas.dice.randint(max(1, rows - 2), rows)):
            fill = canvas.dice.choice(colours)
            left, top = x + column * size * 2.3, base - (row + 1) * size
            canvas.rect(left, top, size * 2.26, size * 0.96, fill)
            for rib in range(1, 9):
                canvas.rect(
                    left + rib * size * 0.25, top + size * 0.1, size * 0.05, size * 0.76, mix(fill, "#000000", 0.16)
                )
            canvas.rect(left, top, size * 2.26, size * 0.08, mix(fill, "#ffffff", 0.25))


@layer
def ship(canvas: Canvas, x: float, waterline: float, length: float, hull: str, top: str, kind: str = "cargo") -> None:
    """Bow to the right. `kind`: cargo, gas (round tanks) or ferry."""
    tall = length * (0.09 if kind != "ferry" else 0.11)
    glass = mix(hull, "#88c4d8", 0.7)
    if kind == "ferry":
        _cabin(canvas, x + length * 0.08, waterline - tall * 0.9, length * 0.78, tall * 1.1, top, glass)
        _cabin(
            canvas, x + length * 0.2, waterline - tall * 1.9, length * 0.5, tall * 0.8, mix(top, "#000000", 0.06), glass
        )
    else:
        _bridge(
            canvas, x + length * 0.06, waterline - tall * 0.7, length * 0.13, tall * 2.4, top, mix(hull, "#000000", 0.2)
        )
    if kind == "gas":
        for number in range(4):
            tank = x + length * (0.33 + number * 0.155)
            canvas.disc(tank, waterline - tall * 1.1, length * 0.066, mix(top, "#000000", 0.12))
            canvas.disc(tank - length * 0.006, waterline - tall * 1.16, length * 0.056, top)
        canvas.rect(x + length * 0.28, waterline - tall * 1.36, length * 0.62, tall * 0.14, mix(hull, "#ffffff", 0.5))
    keel = [(x + length * 0.99, waterline), (x + length * 0.03, waterline)]
    deck = [(x - length * 0.01, waterline - tall * 0.95), (x + length * 1.035, waterline - tall * 1.2)]
    paint = [(x + length * 0.022, waterline - tall * 0.18), (x + length, waterline - tall * 0.18)]
    canvas.shade([*deck, *keel], hull, mix(hull, "#000000", 0.25))
    canvas.polygon([*paint, *keel], "#9c3b2e")


def _cabin(canvas: Canvas, x: float, base: float, width: float, height: float, wall: str, glass: str) -> None:
    """A deck with a row of windows."""
    canvas.rect(x, base - height, width, height, wall, 8)
    count = round(width / 55)
    for number in range(count):
        left = x + width * (0.05 + 0.9 * number / count)
        canvas.rect(left, base - height * 0.78, width * 0.62 / count, height * 0.46, glass, 4)


def _bridge(canvas: Canvas, x: float, base: float, width: float, height: float, wall: str, glass: str) -> None:
    """The tower from which a large ship is steered."""
    canvas.rect(x, base - height, width, height, wall, 3)
    canvas.rect(x - width * 0.15, base - height * 1.08, width * 1.3, height * 0.13, mix(wall, "#000000", 0.15), 3)
    for row in range(4):
        canvas.rect(x + width * 0.12, base - height * (0.87 - row * 0.19), width * 0.76, height * 0.07, glass)


@layer
def motorcycle(canvas: Canvas, x: float, base: float, size: float, paint: str, dark: str = "#22252b") -> None:
    """Seen from the right side; `size` is the distance between the axles."""
    wheel = size * 0.31
    front, rear = (x + size / 2, base - wheel), (x - size / 2, base - wheel)
    for hub in (front, rear):
        _wheel(canvas, *hub, wheel, dark)
    steer = (x + size * 0.27, base - wheel * 2.75)
    canvas.line([front, steer], size * 0.045, "#9aa3ad")
    canvas.line([steer, (x + size * 0.13, base - wheel * 3)], size * 0.035, dark)
    canvas.line(
        [rear, (x - size * 0.02, base - wheel * 1.1), (x + size * 0.25, base - wheel * 2.35)], size * 0.05, dark
    )
    canvas.rect(x - size * 0.13, base - wheel * 1.55, size * 0.29, size * 0.24, "#5b626c", size * 0.05)
    canvas.line(
        [(x - size * 0.05, base - wheel * 0.75), (x - size * 0.62, base - wheel * 0.85)], size * 0.055, "#9aa3ad"
    )
    tank = [
        (x - size * 0.1, base - wheel * 2.25),
        (x + size * 0.08, base - wheel * 2.68),
        (x + size * 0.27, base - wheel * 2.5),
        (x + size * 0.2, base - wheel * 1.95),
        (x - size * 0.08, base - wheel * 1.9),
    ]
    canvas.polygon(tank, paint)
    canvas.polygon(
        [
            (x - size * 0.58, base - wheel * 2.5),
            (x - size * 0.08, base - wheel * 2.25),
            (x - size * 0.1, base - wheel * 1.95),
            (x - size * 0.45, base - wheel * 2.1),
        ],
        dark,
    )
    canvas.polygon(
        [
            (x - size * 0.66, base - wheel * 2.42),
            (x - size * 0.45, base - wheel * 2.35),
            (x - size * 0.3, base - wheel * 1.95),
            (x - size * 0.44, base - wheel * 1.95),
        ],
        paint,
    )
    canvas.disc(x + size * 0.34, base - wheel * 2.45, size * 0.07, "#f6e7b4")
    canvas.ring(*front, wheel * 1.22, size * 0.045, paint, 205, 320)


def _wheel(canvas: Canvas, x: float, y: float, radius: float, tyre: str) -> None:
    canvas.ring(x, y, radius, radius * 0.24, tyre)
    canvas.ring(x, y, radius * 0.7, radius * 0.045, "#9aa3ad")
    canvas.disc(x, y, radius * 0.16, "#9aa3ad")


@layer
def rails(canvas: Canvas, horizon: float, x: float, ballast: str, sleeper: str, steel: str) -> None:
    """A track that runs from the viewer to a point on the horizon."""
    canvas.shade(
        [(x - 3, horizon), (x + 3, horizon), (x + 520, canvas.height), (x - 520, canvas.height)],
        mix(ballast, "#ffffff", 0.25),
        ballast,
    )
    depth, y = canvas.height - horizon, float(canvas.height)
    while y > horizon + 5:
        share = (y - horizon) / depth
        canvas.rect(x - 360 * share, y, 720 * share, max(1.0, 26 * share), sleeper)
        y -= max(2.6, 66 * share)
    for side in (-1, 1):
        canvas.polygon(
            [
                (x + side * 1.4, horizon),
                (x + side * 1.4 + 1, horizon),
                (x + side * 250 + 18, canvas.height),
                (x + side * 250 - 18, canvas.height),
            ],
            steel,
        )
        canvas.polygon(
            [
                (x + side * 1.4, horizon),
                (x + side * 1.4 + 0.4, horizon),
                (x + side * 250 - 4, canvas.height),
                (x + side * 250 - 14, canvas.height),
            ],
            mix(steel, "#ffffff", 0.55),
        )


@layer
def locomotive(canvas: Canvas, x: float, base: float, size: float, paint: str, trim: str) -> None:
    """From the front, with its lamps on."""
    canvas.rect(x - size * 0.5, base - size * 1.15, size, size * 1.08, mix(paint, "#000000", 0.2), size * 0.12)
    canvas.rect(x - size * 0.46, base - size * 1.12, size * 0.92, size, paint, size * 0.12)
    canvas.rect(x - size * 0.38, base - size * 0.98, size * 0.34, size * 0.3, "#bfe0ea", size * 0.04)
    canvas.rect(x + size * 0.04, base - size * 0.98, size * 0.34, size * 0.3, "#bfe0ea", size * 0.04)
    canvas.rect(x - size * 0.46, base - size * 0.5, size * 0.92, size * 0.12, trim)
    canvas.rect(x - size * 0.55, base - size * 0.2, size * 1.1, size * 0.14, "#2a2d33", size * 0.03)
    for side in (-1, 1):
        canvas.light(x + side * size * 0.3, base - size * 0.3, size * 0.5, "#fff2c4", 0.9)
        canvas.disc(x + side * size * 0.3, base - size * 0.3, size * 0.06, "#fffbe6")


@layer
def plane(canvas: Canvas, x: float, y: float, size: float, fill: str) -> None:
    """Climbing to the right, far away, with the trail that it leaves."""
    canvas.polygon(
        [(x - size * 7, y + size * 1.9), (x - size * 0.4, y + size * 0.1), (x - size * 0.4, y + size * 0.2)],
        fill + "90",
    )
    canvas.line([(x - size * 0.5, y + size * 0.14), (x + size * 0.5, y - size * 0.14)], size * 0.13, fill)
    canvas.polygon([(x, y), (x - size * 0.3, y + size * 0.45), (x - size * 0.18, y + size * 0.03)], fill)
    canvas.polygon([(x + size * 0.02, y - size * 0.02), (x - size * 0.3, y - size * 0.32), (x - size * 0.16, y)], fill)
    canvas.polygon(
        [(x - size * 0.5, y + size * 0.12), (x - size * 0.62, y - size * 0.12), (x - size * 0.4, y + size * 0.1)], fill
    )


@layer
def boat(canvas: Canvas, x: float, waterline: float, length: float, hull: str, sail: str) -> None:
    """A small boat with one triangular sail."""
    canvas.polygon(
        [
            (x - length * 0.5, waterline - length * 0.12),
            (x + length * 0.56, waterline - length * 0.16),
            (x + length * 0.4, waterline),
            (x - length * 0.4, waterline),
        ],
        hull,
    )
    canvas.line([(x, waterline - length * 0.1), (x + length * 0.03, waterline - length * 0.95)], length * 0.025, hull)
    canvas.polygon(
        [
            (x + length * 0.05, waterline - length * 0.95),
            (x + length * 0.5, waterline - length * 0.26),
            (x + length * 0.03, waterline - length * 0.22),
        ],
        sail,
    )
    canvas.polygon(
        [
            (x, waterline - length * 0.86),
            (x - length * 0.36, waterline - length * 0.26),
            (x - length * 0.02, waterline - length * 0.22),
        ],
        mix(sail, "#ffffff", 0.6),
    )
    canvas.rect(x - length * 0.4, waterline + 4, length * 0.8, 5, hull + "70", 3)
