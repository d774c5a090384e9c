"""Rails, roads and aircraft."""

from __future__ import annotations

from articles.importers.drawing.canvas import Canvas, layer, mix


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
def airliner(canvas: Canvas, x: float, base: float, length: float, paint: str) -> None:
    """On the ground, nose to the right; `x` is its tail, `base` the tarmac."""
    tall = length * 0.1
    middle = base - tall * 1.05
    for wheel in (0.46, 0.52, 0.87):
        canvas.line([(x + length * wheel, middle), (x + length * wheel, base - 8)], 6, "#6b727c")
        canvas.disc(x + length * wheel, base - 10, length * 0.014, "#22252b")
    fin = [(0.0, -0.62), (0.03, -2.3), (0.09, -2.3), (0.19, -0.5)]
    canvas.polygon([(x + length * dx, middle + tall * dy) for dx, dy in fin], paint)
    body = [
        (0, -0.62),
        (0.16, -0.55),
        (0.9, -0.55),
        (0.965, -0.3),
        (1, 0.1),
        (0.97, 0.36),
        (0.9, 0.46),
        (0.3, 0.46),
        (0.08, -0.2),
    ]
    canvas.shade([(x + length * dx, middle + tall * dy) for dx, dy in body], "#ffffff", "#d3d9e0")
    canvas.line([(x + length * 0.05, middle - tall * 0.2), (x + length * 0.98, middle - tall * 0.02)], 7, paint)
    for window in range(34):
        canvas.disc(x + length * (0.2 + window * 0.0205), middle - tall * 0.26, length * 0.0045, "#4a6b85")
    canvas.polygon(
        [(x + length * dx, middle + tall * dy) for dx, dy in ((0.94, -0.4), (0.975, -0.24), (0.94, -0.16))], "#3a556b"
    )
    wing = [(0.52, 0.2), (0.6, 0.2), (0.42, 0.78), (0.36, 0.78)]
    canvas.rect(
        x + length * 0.5, middle + tall * 0.34, length * 0.09, tall * 0.5, mix(paint, "#ffffff", 0.2), tall * 0.22
    )
    canvas.polygon([(x + length * dx, middle + tall * dy) for dx, dy in wing], "#a9b4bf")


@layer
def truck(canvas: Canvas, x: float, base: float, size: float, paint: str) -> None:
    """A tipper with a full load."""
    canvas.polygon(
        [
            (x - size * 0.5, base - size * 0.5),
            (x + size * 0.2, base - size * 0.5),
            (x + size * 0.1, base - size * 0.2),
            (x - size * 0.42, base - size * 0.2),
        ],
        paint,
    )
    canvas.oval(x - size * 0.16, base - size * 0.5, size * 0.3, size * 0.12, "#6b2a20")
    canvas.rect(x + size * 0.16, base - size * 0.46, size * 0.26, size * 0.28, mix(paint, "#000000", 0.12), 3)
    canvas.rect(x + size * 0.26, base - size * 0.42, size * 0.12, size * 0.12, "#cfe3ea", 2)
    canvas.rect(x - size * 0.44, base - size * 0.22, size * 0.9, size * 0.08, "#3a2a26")
    for wheel in (-0.28, -0.04, 0.3):
        canvas.disc(x + size * wheel, base - size * 0.1, size * 0.11, "#26201f")
        canvas.disc(x + size * wheel, base - size * 0.1, size * 0.045, "#9aa0a6")
