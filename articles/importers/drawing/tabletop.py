"""Notes, coins, cards and cassettes: what lies on a table."""

from __future__ import annotations

import math

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
    canvas.lay(sheet, x, y, turn, 9)


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
    canvas.lay(sheet, x, y, turn, 28)


@layer
def cassette(canvas: Canvas, x: float, y: float, width: float, turn: float, shell: str, paper: str) -> None:
    """A music cassette with a hand-written label that nobody can read."""
    sheet, tall = Canvas("cassette", round(width), round(width * 0.63)), width * 0.63
    sheet.gradient(0, 0, width, tall, mix(shell, "#ffffff", 0.15), shell)
    sheet.rect(width * 0.06, tall * 0.09, width * 0.88, tall * 0.62, paper, 14)
    for number in range(3):
        sheet.rect(width * 0.1, tall * (0.16 + 0.07 * number), width * 0.8, 2, mix(paper, "#000000", 0.2))
    sheet.rect(width * 0.12, tall * 0.12, width * 0.46, tall * 0.035, mix(paper, "#000000", 0.6), 3)
    sheet.rect(width * 0.2, tall * 0.38, width * 0.6, tall * 0.25, mix(shell, "#000000", 0.35), tall * 0.12)
    sheet.rect(width * 0.4, tall * 0.41, width * 0.2, tall * 0.19, "#7a4f35", 6)
    for hub in (0.3, 0.7):
        sheet.disc(width * hub, tall * 0.505, tall * 0.1, "#f4efe4")
        sheet.disc(width * hub, tall * 0.505, tall * 0.055, mix(shell, "#000000", 0.5))
        for tooth in range(6):
            angle = math.tau * tooth / 6
            sheet.disc(
                width * hub + tall * 0.062 * math.cos(angle), tall * (0.505 + 0.062 * math.sin(angle)), 7, "#f4efe4"
            )
    foot = [(width * 0.2, tall), (width * 0.24, tall * 0.79), (width * 0.76, tall * 0.79), (width * 0.8, tall)]
    sheet.polygon(foot, mix(shell, "#000000", 0.18))
    for hole in (0.32, 0.43, 0.57, 0.68):
        sheet.disc(width * hole, tall * 0.91, tall * 0.03, mix(shell, "#000000", 0.6))
    canvas.lay(sheet, x, y, turn, 18)


@layer
def pencil(canvas: Canvas, x: float, y: float, length: float, turn: float, paint: str) -> None:
    """Lying flat, its point to the left."""
    sheet = Canvas("pencil", round(length), 30)
    sheet.rect(0, 0, length, 30, paint)
    sheet.rect(0, 0, length, 9, mix(paint, "#ffffff", 0.4))
    sheet.rect(0, 21, length, 9, mix(paint, "#000000", 0.2))
    sheet.rect(length * 0.92, 0, length * 0.08, 30, "#d0706b")
    sheet.rect(length * 0.88, 0, length * 0.04, 30, "#b9bec4")
    sheet.rect(0, 0, length * 0.09, 30, "#f0d9b4")
    sheet.rect(0, 9, length * 0.03, 12, "#26262e", 5)
    canvas.lay(sheet, x, y, turn, 10)
