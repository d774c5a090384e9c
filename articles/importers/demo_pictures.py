"""The demo newsroom's pictures: illustrations drawn from the recipes in demo/pictures.json, always the same."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.importers.drawing.canvas import LAYERS, Canvas

RECIPES = Path(__file__).with_name("demo") / "pictures.json"
QUALITY = 90


@dataclass(frozen=True)
class DemoPicture:
    """A picture of the library before it is drawn; `recipe` names layers, from the back to the front."""

    key: str
    alt: str
    caption: str
    credit: str
    focal: tuple[int, int]  # percent from the left and from the top
    size: tuple[int, int]  # pixels
    recipe: tuple[list[Any], ...]

    def draw(self) -> bytes:
        """A JPEG file, the same bytes at every call."""
        canvas = Canvas(self.key, *self.size)
        for name, *arguments in self.recipe:
            LAYERS[name](canvas, *arguments)
        file = io.BytesIO()
        canvas.finish().save(file, "JPEG", quality=QUALITY)
        return file.getvalue()


def pictures() -> list[DemoPicture]:
    """Every picture of the demo, in the order of the file."""
    return [
        DemoPicture(
            key=entry["key"],
            alt=entry["alt"],
            caption=entry.get("caption", ""),
            credit=entry["credit"],
            focal=tuple(entry.get("focal", (50, 50))),
            size=tuple(entry.get("size", (1600, 1067))),
            recipe=tuple(entry["recipe"]),
        )
        for entry in json.loads(RECIPES.read_text(encoding="utf-8"))
    ]
