"""Flat illustrations drawn from recipes with Pillow alone: what the demo newsroom has instead of photographs.

Each module adds its layers to canvas.LAYERS: the words that a recipe may use.
"""

from articles.importers.drawing import (
    charts,
    monuments,
    nature,
    networks,
    people,
    plants,
    ports,
    power,
    tabletop,
    towns,
    transport,
)

__all__ = [
    "charts",
    "monuments",
    "nature",
    "networks",
    "people",
    "plants",
    "ports",
    "power",
    "tabletop",
    "towns",
    "transport",
]
