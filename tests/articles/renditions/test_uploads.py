import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from articles.renditions import uploads
from articles.renditions.uploads import ImageRefused, reencode
from tests.articles.renditions.pictures import exif, file_of, jpeg, picture, png, with_iptc, with_segment, xmp

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 64
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def reencode_file(data):
    return reencode(BytesIO(data))


def pixels_of(data):
    return Image.open(BytesIO(reencode_file(data).data))


def refusal(data):
    with pytest.raises(ImageRefused) as refused:
        reencode_file(data)
    return str(refused.value)


def near(pixel, wanted, distance=12):
    return all(abs(a - b) <= distance for a, b in zip(pixel, wanted, strict=True))


# What comes in well


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_a_photo_becomes_a_jpeg(format):
    result = reencode_file(file_of(picture(), format))
    assert (result.format, result.width, result.height) == ("jpeg", 60, 40)


@pytest.mark.parametrize("format", ["PNG", "GIF"])
def test_what_came_without_loss_stays_without_loss(format):
    result = reencode_file(file_of(picture(), format))
    assert result.format == "png"
    assert Image.open(BytesIO(result.data)).getpixel((2, 2)) == (200, 30, 30)


def test_the_content_counts_not_the_name():
    file = BytesIO(file_of(picture(), "PNG"))
    file.name = "photo.jpg"
    assert reencode(file).format == "png"


def test_a_large_picture_is_made_smaller():
    result = reencode_file(jpeg(5000, 2500))
    assert (result.width, result.height) == (2400, 1200)


def test_a_long_thin_picture_keeps_a_pixel_of_height():
    result = reencode_file(png(30_000, 2))
    assert (result.width, result.height) == (2400, 1)


def test_a_small_picture_keeps_its_size():
    result = reencode_file(jpeg(3, 2))
    assert (result.width, result.height) == (3, 2)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_upright(orientation):
    upright = picture()
    stored = upright
    undo = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    if turn := undo.get(orientation, uploads.TURNS_UPRIGHT.get(orientation)):
        stored = upright.transpose(turn)
    result = pixels_of(file_of(stored, "JPEG", exif=exif(orientation), quality=95))
    assert result.size == (60, 40)
    assert near(result.getpixel((5, 20)), (200, 30, 30))
    assert near(result.getpixel((55, 20)), (0, 0, 0))


def test_a_phone_photo_with_a_second_picture_behind_it_is_taken():
    data = file_of(picture(), "MPO", save_all=True, append_images=[picture(color=(0, 0, 255))])
    assert near(pixels_of(data).getpixel((5, 5)), (200, 30, 30))


# Colours


def test_printers_colours_become_screen_colours():
    data = file_of(picture(mode="CMYK"), "JPEG")
    assert b"Adobe" in data
    result = pixels_of(data)
    red, green, blue = result.getpixel((5, 5))
    assert result.mode == "RGB"
    assert red > 150 > green
    assert red > 150 > blue


def test_sixteen_bits_of_grey_keep_their_shade():
    data = png(2, 1, bits=16, color_type=0, pixels=b"\0\x40\x00\xc0\x00")
    result = pixels_of(data)
    assert [result.getpixel((x, 0)) for x in (0, 1)] == [(64, 64, 64), (192, 192, 192)]


def test_sixteen_bits_of_grey_with_a_see_through_value_are_taken():
    data = png(2, 1, bits=16, color_type=0, pixels=b"\0\x40\x00\xc0\x00", chunks=[(b"tRNS", b"\x40\x00")])
    assert pixels_of(data).getpixel((1, 0)) == (192, 192, 192)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_kind_of_pixel_becomes_plain_colour(mode):
    result = pixels_of(file_of(Image.new("RGB", (8, 8), "white").convert(mode), "PNG"))
    assert (result.mode, result.getpixel((4, 4))) == ("RGB", (255, 255, 255))


def test_transparency_is_printed_on_white():
    data = file_of(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    assert pixels_of(data).getpixel((4, 4)) == (255, 255, 255)


def test_a_transparent_palette_entry_is_printed_on_white():
    palette = Image.new("P", (8, 8), 0)
    palette.putpalette([10, 20, 30, 200, 30, 30])
    palette.putpixel((0, 0), 1)
    result = pixels_of(file_of(palette, "PNG", transparency=0))
    assert [result.getpixel(at) for at in ((0, 0), (4, 4))] == [(200, 30, 30), (255, 255, 255)]


def test_a_colour_profile_is_mapped_to_srgb():
    lab_white = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    plain = reencode_file(file_of(picture(), "PNG"))
    mapped = reencode_file(file_of(picture(), "PNG", icc_profile=_swapped_srgb()))
    broken = reencode_file(file_of(picture(), "PNG", icc_profile=b"no profile"))
    other = reencode_file(file_of(picture(), "PNG", icc_profile=lab_white))
    assert mapped.data != plain.data
    assert broken.data == plain.data
    assert other.width == 60


def _swapped_srgb():
    """Return an sRGB profile with red and green primaries exchanged, which no reader may take for sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")


# What does not come in


def test_an_empty_file_is_refused():
    assert "empty" in refusal(b"")


def test_a_file_of_too_many_bytes_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100)
    assert "MB" in refusal(jpeg())


def test_a_bomb_of_81_megapixels_in_9_kb_is_refused_before_it_is_decoded(monkeypatch):
    bomb = png(9000, 9000, bits=1, color_type=0)
    assert len(bomb) < 12_000
    monkeypatch.setattr(uploads, "_decode", None)
    assert "26 megapixels" in refusal(bomb)


def test_a_bomb_that_pillow_stops_is_refused_with_the_same_words():
    header_only = png(60_000, 60_000, pixels=b"")
    assert "26 megapixels" in refusal(header_only)


def test_a_photo_may_have_more_pixels_than_a_drawing(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PIXELS", 100)
    monkeypatch.setattr(uploads, "MAX_JPEG_PIXELS", 3000)
    assert reencode_file(jpeg(60, 40)).width == 60
    assert "megapixels" in refusal(jpeg(60, 60))
    assert "megapixels" in refusal(file_of(picture(), "PNG"))


def test_what_takes_more_memory_a_pixel_may_have_fewer_pixels(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_WEBP_PIXELS", 2000)
    monkeypatch.setattr(uploads, "MAX_BUFFERED_VALUES", 6000)
    assert reencode_file(jpeg(60, 40)).width == 60
    assert "megapixels" in refusal(file_of(picture(60, 40), "WEBP"))
    assert "megapixels" in refusal(jpeg(60, 40, progressive=True))
    assert "megapixels" in refusal(file_of(picture(50, 40, mode="CMYK"), "JPEG", progressive=True))
    assert reencode_file(jpeg(50, 40, progressive=True)).width == 50


def test_a_jpeg_whose_colours_come_one_after_the_other_counts_as_a_progressive_one(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BUFFERED_VALUES", 6000)
    whole = jpeg(60, 40)
    at = whole.index(b"\xff\xda") + 4
    assert whole[at] == 3
    assert "megapixels" in refusal(whole[:at] + b"\x01" + whole[at + 1 :])


LARGEST = [
    ("webp", 4000, 4000, "RGB", {"quality": 50, "method": 0}),
    ("png", 6500, 4000, "RGBA", {"compress_level": 1}),
    ("png", 6500, 4000, "LA", {"compress_level": 1}),
    ("jpeg", 9200, 6900, "RGB", {}),
    ("jpeg", 8000, 5000, "RGB", {"progressive": True}),
]
MEASURE = """
import resource, sys
from articles.renditions import reencode
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as file:
    reencode(file)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.long
@pytest.mark.parametrize(("format", "width", "height", "mode", "options"), LARGEST)
def test_the_largest_files_that_are_accepted_take_less_than_270_megabytes(
    tmp_path, format, width, height, mode, options
):
    file = tmp_path / f"picture.{format}"
    Image.new(mode, (width, height)).save(file, format, **options)
    taken = subprocess.run([sys.executable, "-c", MEASURE, file], check=True, capture_output=True, text=True)
    assert int(taken.stdout) < 270


def test_a_jpeg_of_endless_scans_is_refused():
    data = jpeg(progressive=True)
    scan = data[data.rfind(b"\xff\xda") : -2]
    assert "structure" in refusal(data[:-2] + scan * 100 + data[-2:])


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_file_cut_short_is_refused(format):
    whole = file_of(Image.effect_noise((200, 100), 50).convert("RGB"), format)
    assert "damaged" in refusal(whole[: len(whole) // 2])


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_a_moving_picture_is_refused(format):
    frames = [picture(color=(shade, 0, 0)) for shade in (0, 100, 200)]
    data = file_of(frames[0], format, save_all=True, append_images=frames[1:], duration=100)
    assert "animated" in refusal(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!doctype html><title>photo.jpg</title>", "HTML"),
        (SVG, "SVG"),
        (HEIC, "HEIC"),
        (b"II*\0" + b"\0" * 60, "TIFF"),
        (b"8BPS\0\1" + b"\0" * 60, "Photoshop"),
        (b"%PDF-1.7\n", "PDF"),
        (b"BM" + b"\0" * 60, "BMP"),
    ],
)
def test_other_kinds_of_file_are_named_when_refused(data, kind):
    assert f"in {kind} format are not accepted" in refusal(data)


@pytest.mark.parametrize("data", [b"x", b"\0" * 5000, b"GIF89a", b"\xff\xd8\xff", "Bonjour à tous".encode()])
def test_what_is_no_picture_is_refused(data):
    assert "JPEG" in refusal(data)


@pytest.mark.parametrize("kind", [b"iCCP", b"zTXt"])
def test_a_payload_that_unpacks_without_end_does_not_unpack(kind):
    payload = b"x\0\0" + zlib.compress(bytes(80_000_000), 9)
    data = png(8, 8, chunks=[(kind, payload)])
    assert "damaged" in refusal(data)


# What is not kept


def test_location_artist_thumbnail_and_comments_are_gone():
    data = with_iptc(
        jpeg(exif=exif(artist="Awa", location=True), comment="secret", xmp=xmp("<dc:secret/>")),
        (120, b"secret"),
    )
    kept = Image.open(BytesIO(reencode_file(data).data))
    assert dict(kept.getexif()) == {}
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"secret" not in reencode_file(data).data


def test_what_is_hidden_behind_the_picture_is_gone():
    assert b"<script>" not in reencode_file(jpeg() + b"<script>alert(1)</script>").data


def test_text_in_a_png_is_gone():
    data = png(8, 8, chunks=[(b"tEXt", b"Comment\0secret")])
    assert b"secret" not in reencode_file(data).data


# What the file says


def test_caption_and_credit_of_the_agency_are_read():
    result = reencode_file(with_iptc(jpeg(), (80, "Awa Koné".encode()), (110, b"AFP"), (120, "À Lomé".encode())))
    assert (result.caption, result.credit) == ("À Lomé", "Awa Koné / AFP")


@pytest.mark.parametrize("content", [b"II*\0\xff\xff\xff\x7f", b"no Exif at all"])
def test_broken_exif_is_no_reason_to_refuse(content):
    assert reencode_file(with_segment(jpeg(), 0xE1, b"Exif\0\0" + content)).credit == ""


# Nothing but ImageRefused, whatever comes

SEEDS = [
    with_iptc(jpeg(exif=exif(6, artist="Awa", location=True), xmp=xmp("<dc:creator/>")), (120, b"words")),
    jpeg(progressive=True),
    file_of(picture(mode="CMYK"), "JPEG"),
    file_of(picture(), "MPO", save_all=True, append_images=[picture()]),
    file_of(picture(mode="RGBA"), "PNG", icc_profile=_swapped_srgb()),
    file_of(picture().quantize(8), "PNG", transparency=0),
    png(4, 4, bits=16, color_type=0),
    file_of(picture(), "GIF"),
    file_of(picture(mode="RGBA"), "WEBP", exif=exif(3)),
    file_of(picture(mode="RGBA"), "WEBP", lossless=True),
    file_of(picture(), "AVIF", exif=exif(3)),
]


@st.composite
def damaged_files(draw):
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data) - 1))
        length = draw(st.sampled_from([0, 1, 1, 2, 4, 9]))
        data[at : at + length] = draw(st.binary(max_size=6))
        data = data or bytearray(b"x")
    return bytes(data[: draw(st.integers(1, len(data)))] if draw(st.booleans()) else data)


@given(damaged_files() | st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_damaged_files_are_taken_or_refused_and_nothing_else(data):
    try:
        result = reencode_file(data)
    except ImageRefused:
        return
    assert 0 < result.width <= uploads.LONG_SIDE
    assert 0 < result.height <= uploads.LONG_SIDE


def test_the_first_part_of_a_file_says_its_words():
    whole = with_iptc(jpeg(600, 400), (120, "À Lomé".encode()))
    assert uploads.read_captions(whole[: len(whole) // 2]).caption == "À Lomé"


@given(damaged_files() | st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_reading_words_raises_nothing(data):
    assert uploads.read_captions(data)
