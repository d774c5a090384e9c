"""Notes, coins, cards and the curves that follow them."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from articles.importers.drawing.canvas import Canvas, colour, layer, mix


@layer
def rosette(canvas: Canvas, x: float, y: float, radius: float, fill: str, petals: int = 12, rings: int = 7) -> None:
    """The engraved curves of a bank note."""
    for number in range(rings):
        start = math.tau * number / rings / petals
        path = []
        for step in range(361):
            angle = math.radians(step)
            reach = radius * (0.72 + 0.28 * math.sin(petals * (angle + start)))
            path.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
        canvas.line(path, 1.4, fill)


@layer
def note(canvas: Canvas, x: float, y: float, width: float, turn: float, paper: str, ink: str) -> None:
    """A bank note of no country, turned by so many degrees."""
    sheet = Canvas("note", round(width), round(width * 0.48))
    sheet.gradient(0, 0, width, width * 0.48, mix(paper, "#ffffff", 0.35), paper)
    for part in range(26):
        wave = [
            (px, width * (0.018 * part) + 12 * math.sin(px / 60 + part * 0.5)) for px in range(0, round(width) + 20, 20)
        ]
        sheet.line(wave, 1.2, ink + "38")
    rosette(sheet, width * 0.5, width * 0.24, width * 0.15, ink + "90", 10, 6)
    rosette(sheet, width * 0.82, width * 0.24, width * 0.1, ink + "a0", 8, 5)
    sheet.rect(width * 0.03, width * 0.03, width * 0.94, width * 0.42, ink + "00", 6)
    sheet.pen.rounded_rectangle(
        [(width * 0.06, width * 0.06), (width * 1.94, width * 0.9)], 12, outline=colour(ink), width=4
    )
    sheet.oval(width * 0.2, width * 0.24, width * 0.1, width * 0.14, mix(paper, "#ffffff", 0.55))
    sheet.disc(width * 0.2, width * 0.21, width * 0.045, ink)
    sheet.oval(width * 0.2, width * 0.335, width * 0.075, width * 0.06, ink)
    sheet.rect(width * 0.36, width * 0.07, width * 0.28, width * 0.022, ink + "d0", 4)
    for corner in (0.09, 0.83):
        sheet.rect(width * corner, width * 0.39, width * 0.08, width * 0.03, ink + "d0", 4)
    mask = Image.new("L", sheet.image.size)
    ImageDraw.Draw(mask).rounded_rectangle([(0, 0), (mask.width - 1, mask.height - 1)], 18, fill=255)
    sheet.image.putalpha(mask)
    shadow = Image.new("RGBA", sheet.image.size, (0, 0, 0, 70))
    shadow.putalpha(mask.point(lambda value: value // 4))
    for picture, shift in ((shadow, 9), (sheet.image, 0)):
        canvas.stamp(picture.rotate(turn, Image.Resampling.BILINEAR, expand=True), x + shift, y + shift)


@layer
def coins(canvas: Canvas, x: float, base: float, count: int, radius: float, face: str, edge: str) -> None:
    """A stack seen from slightly above."""
    tall, flat = radius * 0.24, radius * 0.3
    for number in range(count):
        drift = canvas.dice.uniform(-0.05, 0.05) * radius
        y = base - number * tall
        canvas.oval(x + drift, y, radius, flat, mix(edge, "#000000", 0.25))
        canvas.rect(x + drift - radius, y - tall, 2 * radius, tall, edge)
        for groove in range(-9, 10):
            place = radius * math.sin(groove / 9 * 1.5)
            canvas.rect(
                x + drift + place,
                y - tall * 0.9,
                2.4,
                tall * 1.1 + flat * math.cos(groove / 9 * 1.5) * 0.9,
                mix(edge, "#000000", 0.16),
            )
        canvas.oval(x + drift, y - tall, radius, flat, face)
        canvas.oval(x + drift, y - tall, radius * 0.8, flat * 0.76, mix(face, edge, 0.35))
        canvas.oval(x + drift, y - tall + 2, radius * 0.78, flat * 0.72, mix(face, "#ffffff", 0.12))


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


@layer
def card(canvas: Canvas, x: float, y: float, width: float, turn: float, first: str, second: str) -> None:
    """A payment card with its chip and two overlapping discs, of no brand."""
    sheet = Canvas("card", round(width), round(width * 0.63))
    tall = width * 0.63
    sheet.gradient(0, 0, width, tall, first, second)
    sheet.disc(width * 0.95, tall * 1.05, width * 0.5, "#ffffff14")
    sheet.disc(width * 0.1, -tall * 0.1, width * 0.42, "#ffffff12")
    sheet.rect(width * 0.08, tall * 0.34, width * 0.14, tall * 0.18, "#f0cf87", 8)
    sheet.rect(width * 0.08, tall * 0.42, width * 0.14, 3, "#b58a3c")
    sheet.rect(width * 0.148, tall * 0.34, 3, tall * 0.18, "#b58a3c")
    for group in range(4):
        sheet.rect(width * (0.08 + group * 0.2), tall * 0.64, width * 0.15, tall * 0.06, "#ffffffd0", 6)
    sheet.rect(width * 0.08, tall * 0.8, width * 0.36, tall * 0.05, "#ffffff90", 6)
    sheet.disc(width * 0.8, tall * 0.82, width * 0.062, "#f3a54ad8")
    sheet.disc(width * 0.87, tall * 0.82, width * 0.062, "#ffffffb0")
    for ring in (0.03, 0.05, 0.07):
        sheet.ring(width * 0.27, tall * 0.43, width * ring, 4, "#ffffffb0", -45, 45)
    mask = Image.new("L", sheet.image.size)
    ImageDraw.Draw(mask).rounded_rectangle([(0, 0), (mask.width - 1, mask.height - 1)], 56, fill=255)
    sheet.image.putalpha(mask)
    shadow = Image.new("RGBA", mask.size, (0, 0, 0, 255))
    shadow.putalpha(mask.point(lambda value: value * 3 // 10))
    for picture, shift in ((shadow, 14), (sheet.image, 0)):
        canvas.stamp(picture.rotate(turn, Image.Resampling.BICUBIC, expand=True), x + shift, y + shift)


@layer
def chart(canvas: Canvas, base: float, height: float, line: str, bar: str, grid: str, turns: int = 14) -> None:
    """Bars, and a curve that climbs above them with setbacks."""
    for number in range(6):
        canvas.rect(120, base - height * number / 5, canvas.width - 240, 2, grid)
    width, value = (canvas.width - 240) / turns, 0.3
    path = []
    for number in range(turns):
        value = min(0.97, value + canvas.dice.uniform(-0.06, 0.15))
        x, tall = 120 + (number + 0.5) * width, height * value
        canvas.shade(
            [
                (x - width * 0.3, base - tall * 0.66),
                (x + width * 0.3, base - tall * 0.66),
                (x + width * 0.3, base),
                (x - width * 0.3, base),
            ],
            bar,
            mix(bar, grid, 0.5),
        )
        path.append((x, base - tall))
    smooth = [path[0]]
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        smooth += [
            (x0 + (x1 - x0) * t, y0 + (y1 - y0) * (3 * t * t - 2 * t**3)) for t in (i / 10 for i in range(1, 11))
        ]
    canvas.line([(x, y + 9) for x, y in smooth], 9, "#00000030")
    canvas.line(smooth, 9, line)
    for x, y in path[1::4]:
        canvas.disc(x, y, 15, "#ffffff")
        canvas.disc(x, y, 9, line)
    canvas.light(*path[-1], 150, line, 0.7)
    canvas.disc(*path[-1], 19, "#ffffff")
    canvas.disc(*path[-1], 12, line)


@layer
def candles(canvas: Canvas, top: float, bottom: float, up: str, down: str, count: int = 30) -> None:
    """Opening, closing, highest and lowest price, day after day."""
    value, width = (top + bottom) / 2 + (bottom - top) * 0.2, canvas.width / count
    for number in range(count):
        opening = value
        value = min(bottom - 60, max(top + 60, value + canvas.dice.uniform(-104, 84)))
        high, low = min(opening, value) - canvas.dice.uniform(8, 44), max(opening, value) + canvas.dice.uniform(8, 44)
        x, fill = (number + 0.5) * width, up if value < opening else down
        canvas.rect(x - 2, high, 4, low - high, fill)
        canvas.rect(x - width * 0.28, min(opening, value), width * 0.56, max(8, abs(opening - value)), fill, 4)


@layer
def board(canvas: Canvas, x: float, y: float, columns: int, lines: int, up: str, down: str, text: str) -> None:
    """The lit lines of a price board, too far away to be read."""
    for line in range(lines):
        for column in range(columns):
            left, top = x + column * 270, y + line * 46
            canvas.rect(left, top, canvas.dice.uniform(60, 96), 16, text, 4)
            canvas.rect(left + 112, top, canvas.dice.uniform(34, 56), 16, text + "a0", 4)
            rises = canvas.dice.random() < 0.6
            fill, point = (up, -1) if rises else (down, 1)
            canvas.polygon(
                [
                    (left + 186, top + 8 - 9 * point),
                    (left + 206, top + 8 - 9 * point),
                    (left + 196, top + 8 + 9 * point),
                ],
                fill,
            )
