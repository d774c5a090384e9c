"""Flat illustrations drawn from recipes with Pillow alone: what the demo newsroom has instead of photographs.

Each module adds its layers to canvas.LAYERS: the words that a recipe may use.
"""

from articles.importers.drawing import money, monuments, nature, networks, people, plants, power, towns, transport

__all__ = ["money", "monuments", "nature", "networks", "people", "plants", "power", "towns", "transport"]
