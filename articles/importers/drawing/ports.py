"""Cranes, containers, ships and boats."""

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
