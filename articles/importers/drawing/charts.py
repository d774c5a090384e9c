"""Curves, candles and boards of prices that nobody can read."""

from __future__ import annotations

from articles.importers.drawing.canvas import Canvas, layer, mix


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
