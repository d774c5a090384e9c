"""Word's paragraphs with bullets and numbers become lists."""

from articles.richtext.structure import HTMLWriter
from articles.richtext.word import WordLists


def written(*paragraphs):
    """Return the HTML of (style, marker, text) of each paragraph."""
    writer = HTMLWriter()
    lists = WordLists(writer)
    for style, marker, text in paragraphs:
        lists.start(style)
        lists.marker = marker
        lists.place()
        writer.paragraph(text)
    return writer.html()


def test_bullets_and_numbers_are_lists_of_their_kind():
    html = written(("mso-list:l0level1lfo1", "·", "un"), ("mso-list:l0level1lfo1", "1.", "deux"))
    assert html == "<ul><li>un</li></ul>\n<ol><li>deux</li></ol>"


def test_a_deeper_level_is_a_list_in_the_item():
    html = written(("mso-list:l0level1lfo1", "1.", "un"), ("mso-list:l0level2lfo1", "a)", "deux"))
    assert html == "<ol><li>un<ol><li>deux</li></ol></li></ol>"


def test_a_paragraph_ends_the_lists():
    assert written(("mso-list:l0level1lfo1", "·", "un"), ("", "", "Fin.")) == "<ul><li>un</li></ul>\n<p>Fin.</p>"
