"""Portraits of people who do not exist: a head, shoulders and a ground of one colour."""

from __future__ import annotations

import math

from articles.importers.drawing.canvas import Canvas, layer, mix


@layer
def portrait(canvas: Canvas, ground: str, skin: str, hair: str, clothes: str, style: str) -> None:
    """`style` is how the hair is worn: short, crop, wrap, bun, curls or bald."""
    middle, head = canvas.width / 2, canvas.width * 0.165
    eyes = canvas.height * 0.41
    canvas.gradient(0, 0, canvas.width, canvas.height, mix(ground, "#ffffff", 0.22), ground)
    canvas.disc(middle, canvas.height * 0.47, canvas.width * 0.385, mix(ground, "#ffffff", 0.2))
    if style == "curls":
        for number in range(16):
            angle = math.tau * number / 16
            canvas.disc(
                middle + head * 1.12 * math.cos(angle),
                eyes - head * 0.25 + head * 1.1 * math.sin(angle),
                head * 0.5,
                hair,
            )
        canvas.disc(middle, eyes - head * 0.25, head * 1.3, hair)
    if style == "bun":
        canvas.disc(middle, eyes - head * 1.62, head * 0.5, hair)
    if style in {"bun", "long"}:
        canvas.oval(middle, eyes - head * 0.12, head * 1.12, head * 1.28, hair)
    if style == "long":
        canvas.rect(middle - head * 1.12, eyes - head * 0.1, head * 2.24, head * 2.2, hair, head * 0.6)
    _shoulders(canvas, middle, eyes, head, skin, clothes)
    canvas.oval(middle, eyes, head * 0.94, head * 1.2, skin)
    for side in (-1, 1):
        canvas.oval(
            middle + side * head * 0.95, eyes + head * 0.08, head * 0.14, head * 0.24, mix(skin, "#000000", 0.08)
        )
    canvas.pen.chord(
        [((middle - head * 0.94) * 2, (eyes - head * 1.2) * 2), ((middle + head * 0.94) * 2, (eyes + head * 1.2) * 2)],
        -75,
        75,
        fill="#0000000d",
    )
    _hair(canvas, middle, eyes, head, hair, style)


def _shoulders(canvas: Canvas, middle: float, eyes: float, head: float, skin: str, clothes: str) -> None:
    top, wide = eyes + head * 1.75, head * 2.25
    canvas.rect(middle - wide, top, 2 * wide, canvas.height, clothes, head * 1.1)
    canvas.rect(middle - wide, top + head * 1.2, 2 * wide, canvas.height, clothes)
    canvas.rect(
        middle - head * 0.42, eyes + head * 0.6, head * 0.84, head * 1.5, mix(skin, "#000000", 0.16), head * 0.3
    )
    canvas.polygon(
        [(middle - head * 0.62, top - 4), (middle + head * 0.62, top - 4), (middle, top + head * 0.97)],
        mix(skin, "#000000", 0.1),
    )
    for side in (-1, 1):
        collar = [
            (middle + side * head * 0.44, top - head * 0.16),
            (middle + side * head * 0.92, top + head * 0.1),
            (middle + side * head * 0.12, top + head * 1.3),
            (middle, top + head * 0.95),
        ]
        canvas.polygon(collar, mix(clothes, "#ffffff", 0.22))


def _hair(canvas: Canvas, middle: float, eyes: float, head: float, hair: str, style: str) -> None:
    def cap(down: float, grow: float) -> None:
        """The part of a slightly larger head that lies above `down`."""
        reach = [(math.radians(180 + 180 * i / 40)) for i in range(41)]
        crown = [
            (middle + head * grow * math.cos(a), eyes - down * head + head * (1.26 - down) * math.sin(a)) for a in reach
        ]
        canvas.polygon(
            [
                *crown,
                (middle + head * 0.5, eyes - head * (down + 0.16)),
                (middle - head * 0.5, eyes - head * (down + 0.16)),
            ],
            hair,
        )

    if style in {"short", "crop"}:
        cap(*((0.36, 0.93) if style == "short" else (0.54, 0.87)))
    elif style in {"bun", "curls", "long"}:
        cap(0.4, 0.96)
    elif style == "wrap":
        canvas.oval(middle, eyes - head * 0.95, head * 1.14, head * 0.74, hair)
        canvas.disc(middle + head * 0.62, eyes - head * 1.55, head * 0.44, mix(hair, "#ffffff", 0.12))
        for step in (0.55, 0.8, 1.05):
            canvas.line(
                [
                    (middle - head * 1.08, eyes - head * (step - 0.1)),
                    (middle, eyes - head * (step + 0.32)),
                    (middle + head * 1.08, eyes - head * (step - 0.1)),
                ],
                head * 0.05,
                mix(hair, "#ffffff", 0.25),
            )
