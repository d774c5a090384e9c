from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.renditions.captions import MAX_WORDS, Captions, join_credits, read_captions_of
from tests.articles.renditions.pictures import exif, jpeg, with_iptc, xmp


def read_captions_in(data):
    with Image.open(BytesIO(data)) as image:
        image.load()
        return read_captions_of(image.info, image.getexif().get(0x013B))


def alternatives(name, *texts):
    items = "".join(f'<rdf:li xml:lang="x-default">{text}</rdf:li>' for text in texts)
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def sequence(name, *texts):
    return f"<{name}><rdf:Seq>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:Seq></{name}>"


def test_a_file_that_says_nothing_says_nothing():
    assert read_captions_in(jpeg()) == Captions()


def test_xmp_gives_caption_credit_and_alternative_text():
    packet = xmp(
        alternatives("dc:description", "Le marché d’Adawlato", "The market")
        + sequence("dc:creator", "Awa Koné", "Kofi Mensah")
        + "<photoshop:Credit>AFP</photoshop:Credit>"
        + alternatives("core:AltTextAccessibility", "Des étals")
    )
    assert read_captions_in(jpeg(xmp=packet)) == Captions(
        "Le marché d’Adawlato", "Awa Koné, Kofi Mensah / AFP", "Des étals"
    )


def test_xmp_written_as_attributes_is_read():
    packet = xmp("").replace(b'rdf:about=""', b'rdf:about="" photoshop:Credit="AFP"')
    assert read_captions_of({"xmp": packet}).credit == "AFP"


def test_xmp_goes_before_iptc_and_iptc_before_exif():
    data = jpeg(xmp=xmp(sequence("dc:creator", "by XMP")), exif=exif(artist="by Exif"))
    both = with_iptc(data, (80, b"by IPTC"), (120, b"caption by IPTC"))
    assert read_captions_in(both) == Captions("caption by IPTC", "by XMP")
    assert read_captions_in(with_iptc(jpeg(exif=exif(artist="by Exif")), (80, b"by IPTC"))).credit == "by IPTC"
    assert read_captions_in(jpeg(exif=exif(artist="by Exif"))).credit == "by Exif"


def test_several_bylines_are_joined():
    assert read_captions_in(with_iptc(jpeg(), (80, b"Awa"), (80, b"Kofi"))).credit == "Awa, Kofi"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_accents_survive_whatever_the_encoding(encoding):
    assert read_captions_in(with_iptc(jpeg(), (120, "Élève à l’œuvre".encode(encoding)))).caption == "Élève à l’œuvre"


def test_accents_in_exif_survive():
    assert read_captions_of({}, artist="Awa Koné".encode().decode("latin-1")).credit == "Awa Koné"


def test_lines_and_control_characters_become_spaces():
    assert read_captions_in(with_iptc(jpeg(), (120, b" One\r\n\0two "))).caption == "One two"


def test_a_caption_has_an_end():
    assert len(read_captions_in(with_iptc(jpeg(), (120, b"a" * 30_000))).caption) == MAX_WORDS


@pytest.mark.parametrize(
    ("byline", "credit", "line"),
    [
        ("", "", ""),
        ("Awa Koné", "", "Awa Koné"),
        ("", "AFP", "AFP"),
        ("Awa Koné", "AFP", "Awa Koné / AFP"),
        ("Awa Koné", "AWA KONÉ/AFP", "AWA KONÉ/AFP"),
        ("AFP", "AFP", "AFP"),
    ],
)
def test_each_is_credited_once(byline, credit, line):
    assert join_credits(byline, credit) == line


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<broken",
        b"\xff\xfe<\0x\0",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        xmp(sequence("dc:creator", "Awa")) + b" " * 600_000,
    ],
)
def test_xmp_that_is_broken_or_dangerous_says_nothing(packet):
    assert read_captions_of({"xmp": packet}) == Captions()


@given(st.binary(max_size=300))
def test_any_bytes_in_the_place_of_iptc_raise_nothing(block):
    said = read_captions_of({"photoshop": {0x0404: b"\x1c\x02\x78" + block}})
    assert "\0" not in said.caption


@given(st.text(max_size=300) | st.binary(max_size=300) | st.none() | st.integers())
def test_anything_in_the_place_of_xmp_or_artist_raises_nothing(thing):
    assert isinstance(read_captions_of({"xmp": thing, "photoshop": thing}, thing), Captions)
