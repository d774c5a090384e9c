"""Picture files for the tests, made on the spot: whole, broken and hostile ones."""

import struct
import zlib
from io import BytesIO

from PIL import Image

LOCATION = {1: "N", 2: (6.0, 7.0, 40.0), 3: "E", 4: (1.0, 13.0, 20.0)}  # Exif GPS tags, Lomé


def picture(width=60, height=40, mode="RGB", color=None):
    """Return a picture whose left half has one colour and whose right half is black, so that a turn shows."""
    image = Image.new(mode, (width, height), color)
    if color is None and mode in ("RGB", "RGBA", "L", "CMYK"):
        left = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 255), "L": 200, "CMYK": (0, 220, 220, 40)}[mode]
        image.paste(left, (0, 0, width // 2, height))
    return image


def file_of(image, format="JPEG", **options):
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def jpeg(width=60, height=40, **options):
    return file_of(picture(width, height), "JPEG", **options)


def exif(orientation=1, artist=None, location=False):
    tags = Image.Exif()
    tags[0x0112] = orientation
    if artist:
        tags[0x013B] = artist
    if location:
        tags.get_ifd(0x8825).update(LOCATION)
    return tags


def with_segment(data, marker, content):
    """Return the JPEG with one more segment behind its first two bytes."""
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + data[2:]


def with_iptc(data, *values):
    """Return the JPEG with IPTC-IIM values, each (data set, bytes) of record 2, in Photoshop's block."""
    block = b"".join(struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value for number, value in values)
    block += b"\0" * (len(block) % 2)
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(block)) + block
    return with_segment(data, 0xED, b"Photoshop 3.0\0" + resource)


def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, *, bits=8, color_type=2, pixels=None, chunks=()):
    """Return a PNG written by hand: `pixels` are the raw rows, without end or black by default."""
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    if pixels is None:
        channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color_type]
        row_bytes = (width * channels * bits + 7) // 8
        packer = zlib.compressobj(9)
        row = bytes(row_bytes + 1)
        content = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    else:
        content = zlib.compress(pixels)
    extra = b"".join(png_chunk(kind, data) for kind, data in chunks)
    body = png_chunk(b"IHDR", header) + extra + png_chunk(b"IDAT", content) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def xmp(properties):
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">{properties}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()
