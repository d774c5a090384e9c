"""Captions and credits that agencies and photographers write into a picture file.

Three standards, best first: XMP (ISO 16684-1), IPTC-IIM 4.2 inside Photoshop's block of a JPEG, and the artist in
Exif. Exif's own description is not read: cameras fill it with their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

MAX_XMP = 512 * 1024  # bytes; longer packets hold an edit history, not words
MAX_WORDS = 2000  # characters, the longest caption that IPTC allows

PHOTOSHOP_IPTC = 0x0404  # the resource of Photoshop's block that holds IPTC-IIM
IPTC_BYLINE, IPTC_CREDIT, IPTC_CAPTION = (2, 80), (2, 110), (2, 120)  # record, data set

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
XMP_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
XMP_CREDIT = "{http://ns.adobe.com/photoshop/1.0/}Credit"
XMP_ALT = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility"


@dataclass(frozen=True)
class Captions:
    """Plain text on one line each; "" where the file says nothing."""

    caption: str = ""
    credit: str = ""
    alt: str = ""


def read_captions_of(info: Mapping[str | tuple[int, int], object], artist: object = None) -> Captions:
    """Return what Pillow's `info` of a loaded picture and its Exif artist say. Broken metadata counts as none."""
    xmp = _xmp(info.get("xmp"))
    iptc = _iptc(info.get("photoshop"))
    byline = xmp.get(XMP_CREATOR) or iptc.get(IPTC_BYLINE) or _artist(artist)
    credit = xmp.get(XMP_CREDIT) or iptc.get(IPTC_CREDIT) or ""
    return Captions(
        caption=xmp.get(XMP_DESCRIPTION) or iptc.get(IPTC_CAPTION) or "",
        credit=join_credits(byline, credit),
        alt=xmp.get(XMP_ALT, ""),
    )


def join_credits(byline: str, credit: str) -> str:
    """Return photographer and agency as newspapers print them, each named once.

    >>> join_credits("Awa Koné", "AFP")
    'Awa Koné / AFP'
    >>> join_credits("Awa Koné", "Awa Koné/AFP")
    'Awa Koné/AFP'
    """
    if byline.casefold() in credit.casefold():
        return credit
    return f"{byline} / {credit}" if credit else byline


def _xmp(packet: object) -> dict[str, str]:
    """Return the values of the properties that we know, by qualified name."""
    if isinstance(packet, bytes):
        packet = packet.decode("utf-8", errors="replace")
    if not isinstance(packet, str) or len(packet) > MAX_XMP or "<!" in packet:
        return {}  # XMP has no document type; one that has brings entities to expand
    try:
        root = ElementTree.fromstring(packet.strip(" \t\r\n\0\ufeff"))  # noqa: S314 - no entities: see above
    except ElementTree.ParseError:
        return {}
    values: dict[str, str] = {}
    for description in root.iter(f"{RDF}Description"):
        for name in (XMP_DESCRIPTION, XMP_CREATOR, XMP_CREDIT, XMP_ALT):
            node = description.find(name)
            words = description.get(name, "") if node is None else ", ".join(_items(node))
            if words:
                values.setdefault(name, _tidy(words))
    return values


def _items(node: ElementTree.Element) -> Iterator[str]:
    """Return a property's text: all names of a list, the first language of several, or the plain value."""
    if (languages := node.find(f"{RDF}Alt")) is not None:
        yield languages.findtext(f"{RDF}li", "")
    elif (names := node.find(f"{RDF}Seq")) is not None:
        yield from (item.text or "" for item in names.iterfind(f"{RDF}li"))
    else:
        yield node.text or ""


def _iptc(resources: object) -> dict[tuple[int, int], str]:
    """Return the text of each data set; repeated ones (several bylines) are joined with commas.

    Each is 0x1C, record, data set, two bytes of length, value; the extended form for more than 32 KB is not text.
    """
    block = resources.get(PHOTOSHOP_IPTC) if isinstance(resources, dict) else None
    if not isinstance(block, bytes):
        return {}
    values: dict[tuple[int, int], str] = {}
    at = 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        size = int.from_bytes(block[at + 3 : at + 5])
        if size > 0x7FFF:
            break
        key = (block[at + 1], block[at + 2])
        words = _tidy(_decode(block[at + 5 : at + 5 + size]))
        values[key] = f"{values[key]}, {words}"[:MAX_WORDS] if key in values else words
        at += 5 + size
    return values


def _artist(words: object) -> str:
    """Decode Exif's artist: it should be ASCII and is UTF-8 in cameras, while Pillow reads it as Latin-1."""
    return _tidy(_decode(words.encode("latin-1", errors="replace"))) if isinstance(words, str) else ""


def _decode(words: bytes) -> str:
    """Decode IPTC, which declares its encoding seldom and wrongly: what is valid UTF-8 is UTF-8."""
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError:
        return words.decode("cp1252", errors="replace")


def _tidy(words: str) -> str:
    """Return the text on one line, without control characters (PostgreSQL refuses NUL), cut to MAX_WORDS characters."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+", " ", words).strip()[:MAX_WORDS]
