import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.plaintext import COUNTED_WORD, PlainBlock, paragraphs, plain_blocks, plain_text, word_count


def test_blocks_are_joined_by_one_space():
    assert plain_text("<h2>Le port</h2><p>Il<br>rouvre</p><ul><li>lundi</li><li>mardi</li></ul>fin") == (
        "Le port Il rouvre lundi mardi fin"
    )


def test_inline_markup_leaves_no_gap():
    assert plain_text("<p>l’<em>Union</em>, <strong>CO<sub>2</sub></strong></p>") == "l’Union, CO2"


def test_entities_are_decoded_once():
    assert plain_text("<p>AT&amp;T &amp;amp; R&#38;D&nbsp;: &eacute;t&#xe9;</p>") == "AT&T &amp; R&D\xa0: été"


@pytest.mark.parametrize(
    "left_out",
    [
        '<figure class="picture"><img data-image="1" alt="Port"><figcaption>Le port</figcaption></figure>',
        '<figure class="pullquote"><blockquote><p>« Enfin »</p></blockquote></figure>',
        '<iframe src="https://example.org">Vidéo</iframe>',
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<!-- note -->",
        "<video>Votre navigateur</video>",
    ],
)
def test_figures_embeds_and_code_are_left_out(left_out):
    assert plain_text(f"<p>Avant</p>{left_out}<p>après</p>") == "Avant après"


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><a href="#note-1">1</a></sup>',
        "<sup>1</sup>",
        "<sup>[1]</sup>",
        "<sup>*</sup>",
        "[1]",
        " [12]",
    ],
)
def test_footnote_marks_are_left_out(mark):
    assert plain_text(f"<p>La banque{mark} prête.</p>") == "La banque prête."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>120 km<sup>2</sup></p>", "120 km2"),
        ("<p>10<sup>6</sup></p>", "106"),
        ("<p>1<sup>er</sup> mars</p>", "1er mars"),
        ("<p>M<sup>me</sup> Sow</p>", "Mme Sow"),
    ],
)
def test_other_superscripts_stay(html, text):
    assert plain_text(html) == text


def test_paragraphs_are_running_text_only():
    html = """<h2>Titre</h2><p> </p><p>Un.</p><ul><li>point</li></ul><blockquote><p>Deux.</p></blockquote>
        <table><tr><td>case</td></tr></table><figure><figcaption>légende</figcaption></figure><div>Trois.</div>"""
    assert paragraphs(html) == ["Un.", "Deux.", "Trois."]


def test_a_short_bold_paragraph_is_a_heading():
    assert list(plain_blocks("<p><strong>Le contexte</strong></p>")) == [PlainBlock("heading", "Le contexte")]


@pytest.mark.parametrize("html", ["<p><strong>Le port rouvre.</strong></p>", "<p><strong>Le port</strong> rouvre</p>"])
def test_a_bold_sentence_is_a_paragraph(html):
    assert paragraphs(html) != []


def test_a_line_break_separates_lines_of_a_block():
    assert list(plain_blocks("<p>By Awa Diop<br/>\n<br> Le\nport</p>")) == [
        PlainBlock("paragraph", "By Awa Diop\nLe port")
    ]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("", 0),
        ("<p>— … 🦁</p>", 0),
        ("<h2>Deux mots</h2><p>L’État, 11,9 %</p>", 4),
        ("<p>قال الوزير</p>", 2),
        ("<p>新铁路</p>", 3),
        ("<p>e\u0301te\u0301 porte-parole</p>", 2),
    ],
)
def test_words_are_counted_in_every_script(html, count):
    assert word_count(html) == count


@given(st.text(st.sampled_from("<>/p bsupfigre!-&;#a1[]=\"'\n")))
def test_any_text_is_read_without_an_error(html):
    assert "\n" not in plain_text(html)


@pytest.mark.parametrize("piece", ["<p>", "<", "<a ", "&", "</", "<!--", "<sup>", "<p>x", "<![CDATA[", "<figure>"])
def test_hostile_html_is_read_in_linear_time(piece):
    start = time.process_time()
    plain_text(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 5


def test_the_first_paragraph_of_a_long_story_is_read_alone():
    html = "<p>Le premier.</p>" + "<p>La suite est longue.</p>" * 100_000
    start = time.process_time()
    assert next(plain_blocks(html)).text == "Le premier."
    assert time.process_time() - start < 0.1


@given(st.text(st.sampled_from("aé漢ｶ1²’.,- \n\u00a0\u2028\u200d\u0301"), max_size=60))
def test_words_are_counted_as_in_the_whole_text(text):
    html = f"<p>{text}</p>"
    assert word_count(html) == sum(len(COUNTED_WORD.findall(block.text)) for block in plain_blocks(html))
