"""Pictures as bytes: what may come in, and the resized copies that go out. Pillow alone, no database.

An upload becomes one clean master (`reencode`); a picture's copies are planned (`plan`) from its size and focal
point, and made (`render`) from the master. Import from here.
"""

from articles.renditions.plan import FORMATS, RATIOS, SHAPES, ImageFormat, ImageShape, Rendition, crop_box, plan
from articles.renditions.rendering import avif_is_missing, render
from articles.renditions.uploads import MAX_BYTES, ImageRefused, MasterPicture, read_captions, reencode

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "RATIOS",
    "SHAPES",
    "ImageFormat",
    "ImageRefused",
    "MasterPicture",
    "Rendition",
    "ImageShape",
    "avif_is_missing",
    "crop_box",
    "plan",
    "read_captions",
    "reencode",
    "render",
]
