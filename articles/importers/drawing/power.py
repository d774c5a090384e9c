"""Panels, turbines, lines, masts and dams."""

from __future__ import annotations

import math

from articles.importers.drawing.canvas import Canvas, layer, mix


@layer
def panels(canvas: Canvas, top: float, bottom: float, face: str, edge: str, x: float = 800) -> None:
    """Rows of solar panels towards one point on the horizon."""
    y = top
    while y < bottom:
        near = (y - top) / (bottom - top)
        tall = 13 + 107 * near**1.15
        wide = tall * 1.95
        shift = (canvas.width / 2 - x) * near
        number = math.ceil((canvas.width / 2 + wide) / (wide * 1.08)) + 1
        for place in range(-number, number + 1):
            left = x + shift + place * wide * 1.08
            slant = tall * 0.28
            corners = [
                (left + slant, y),
                (left + slant + wide, y),
                (left + wide, y + tall * 0.72),
                (left, y + tall * 0.72),
            ]
            if left > canvas.width or left + wide + slant < 0:
                continue
            canvas.rect(left + wide * 0.48, y + tall * 0.6, tall * 0.05, tall * 0.42, mix(edge, "#000000", 0.5))
            canvas.shade(corners, mix(face, "#ffffff", 0.28), face)
            for part in (0.25, 0.5, 0.75):
                canvas.line(
                    [(left + slant + wide * part, y), (left + wide * part, y + tall * 0.72)], 1 + tall * 0.012, edge
                )
            canvas.line(
                [(left + slant / 2, y + tall * 0.36), (left + slant / 2 + wide, y + tall * 0.36)], 1 + tall * 0.01, edge
            )
            canvas.line([*corners, corners[0]], 1 + tall * 0.022, mix(edge, "#ffffff", 0.45))
        y += tall * 1.18


@layer
def turbine(canvas: Canvas, x: float, base: float, height: float, fill: str, turn: float = 20) -> None:
    wide = height * 0.022
    canvas.polygon(
        [(x - wide, base), (x + wide, base), (x + wide * 0.45, base - height), (x - wide * 0.45, base - height)], fill
    )
    for blade in range(3):
        angle = math.radians(turn + 120 * blade)
        ahead, aside = (math.sin(angle), -math.cos(angle)), (math.cos(angle), math.sin(angle))
        reach = height * 0.56

        def at(
            along: float, beside: float, ahead: tuple[float, float] = ahead, aside: tuple[float, float] = aside
        ) -> tuple[float, float]:
            return x + ahead[0] * along + aside[0] * beside, base - height + ahead[1] * along + aside[1] * beside

        canvas.polygon(
            [
                at(0, -wide * 0.5),
                at(reach * 0.2, wide * 1.3),
                at(reach, wide * 0.1),
                at(reach, -wide * 0.1),
                at(0, wide * 0.5),
            ],
            fill,
        )
    canvas.disc(x, base - height, wide * 1.1, mix(fill, "#000000", 0.12))


@layer
def pylon(canvas: Canvas, x: float, base: float, height: float, fill: str) -> None:
    wide, thin = height * 0.13, max(1.5, height * 0.011)
    canvas.line(
        [
            (x - wide, base),
            (x - wide * 0.25, base - height * 0.6),
            (x, base - height),
            (x + wide * 0.25, base - height * 0.6),
            (x + wide, base),
        ],
        thin * 1.4,
        fill,
    )
    for step in range(5):
        low, high = 1 - step * 0.15, 1 - (step + 1) * 0.15
        y0, y1 = base - height * 0.6 * step / 5, base - height * 0.6 * (step + 1) / 5
        canvas.line([(x - wide * low, y0), (x + wide * high, y1)], thin, fill)
        canvas.line([(x + wide * low, y0), (x - wide * high, y1)], thin, fill)
    for part, arm in ((0.62, 1.7), (0.76, 1.35), (0.9, 1)):
        canvas.line([(x - wide * arm, base - height * part), (x + wide * arm, base - height * part)], thin * 1.3, fill)
        canvas.line(
            [
                (x - wide * arm, base - height * part),
                (x, base - height * (part + 0.07)),
                (x + wide * arm, base - height * part),
            ],
            thin,
            fill,
        )


@layer
def wires(canvas: Canvas, points: list[list[float]], fill: str, sag: float = 30) -> None:
    """Cables that hang between the masts at [x, base, height]."""
    for (x0, base0, tall0), (x1, base1, tall1) in zip(points, points[1:], strict=False):
        for part, arm in ((0.62, 1.7), (0.76, 1.35), (0.9, 1)):
            for side in (-1, 1):
                start = (x0 + side * arm * tall0 * 0.13, base0 - tall0 * part)
                end = (x1 + side * arm * tall1 * 0.13, base1 - tall1 * part)
                path = [
                    (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t))
                    for t in (i / 16 for i in range(17))
                ]
                canvas.line(path, 1.6, fill)


@layer
def mast(canvas: Canvas, x: float, base: float, height: float, fill: str, light: str) -> None:
    """A lattice tower with aerials and a lamp on top."""
    wide = height * 0.075
    for side in (-1, 1):
        canvas.line([(x + side * wide, base), (x + side * wide * 0.18, base - height)], height * 0.011, fill)
    for step in range(13):
        low, high = step / 13, (step + 1) / 13
        w0, w1 = wide * (1 - 0.82 * low), wide * (1 - 0.82 * high)
        y0, y1 = base - height * low, base - height * high
        canvas.line([(x - w0, y0), (x + w1, y1)], height * 0.006, fill)
        canvas.line([(x + w0, y0), (x - w1, y1)], height * 0.006, fill)
        canvas.line([(x - w1, y1), (x + w1, y1)], height * 0.006, fill)
    for part, size in ((0.97, 0.045), (0.86, 0.05), (0.74, 0.035)):
        for side in (-1, 1):
            canvas.rect(
                x + side * wide * 0.55 - height * 0.011,
                base - height * part,
                height * 0.022,
                height * size * 1.7,
                mix(fill, "#ffffff", 0.75),
                4,
            )
    canvas.disc(x - wide * 0.75, base - height * 0.63, height * 0.04, mix(fill, "#ffffff", 0.8))
    canvas.disc(x - wide * 0.75, base - height * 0.63, height * 0.026, mix(fill, "#ffffff", 0.55))
    canvas.line([(x, base - height), (x, base - height * 1.07)], height * 0.007, fill)
    canvas.light(x, base - height * 1.07, 60, light, 0.9)
    canvas.disc(x, base - height * 1.07, 6, light)


@layer
def dam(
    canvas: Canvas, top: float, bottom: float, left: float, right: float, light: str, dark: str, spill: str
) -> None:
    """A curved wall between two slopes, with water falling through its gates."""
    middle, width = (left + right) / 2, right - left
    crest = [(left + width * t, top + 46 * math.sin(math.pi * t)) for t in (i / 40 for i in range(41))]
    foot = [(middle + (x - middle) * 0.62, bottom + 40 * math.sin(math.pi * t / 40)) for t, (x, _) in enumerate(crest)]
    canvas.shade([*crest, *reversed(foot)], light, dark)
    for t in range(0, 41, 2):
        canvas.line([crest[t], foot[t]], 2.5, mix(dark, light, 0.3) + "70")
    for share in (0.3, 0.55, 0.78):
        canvas.line(
            [(x + (fx - x) * share, y + (fy - y) * share) for (x, y), (fx, fy) in zip(crest, foot, strict=True)],
            2,
            mix(dark, light, 0.2) + "60",
        )
    for t in (15, 18, 21, 24):
        (x0, y0), (x1, y1) = crest[t], foot[t]
        canvas.shade(
            [(x0 - 15, y0 + 60), (x0 + 15, y0 + 60), (x1 + 44, y1 + 10), (x1 - 44, y1 + 10)],
            spill,
            mix(spill, "#ffffff", 0.5),
        )
        canvas.rect(x0 - 18, y0 + 18, 36, 46, mix(dark, "#000000", 0.35), 4)
        canvas.light(x1, y1 + 12, 130, "#ffffff", 0.6)
    canvas.line([(x, y - 3) for x, y in crest], 15, mix(light, "#ffffff", 0.35))
    canvas.line([(x, y - 12) for x, y in crest], 4, mix(dark, light, 0.4))
