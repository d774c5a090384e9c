import time

import pytest

from articles.models import Article
from articles.pages import render_body, story_context, with_dateline, with_table_boxes
from tests.articles import cast

FIGURE = '<figure class="pullquote"><blockquote><p>Non.</p></blockquote></figure>'


def test_the_place_stands_before_the_first_words():
    assert with_dateline("<p>Les banques</p>", "Lomé") == '<p><span class="dateline">Lomé</span> Les banques</p>'


def test_the_place_stands_before_the_text_not_in_a_pull_quote():
    assert with_dateline(f"{FIGURE}<p>Oui.</p>", "Lomé") == f'{FIGURE}<p><span class="dateline">Lomé</span> Oui.</p>'


def test_many_pictures_before_a_text_without_a_paragraph_cost_no_time():
    html = FIGURE * 1000 + "<h2>Ports</h2>"
    start = time.process_time()
    assert with_dateline(html, "Lomé").endswith(html)
    assert time.process_time() - start < 0.2


def test_a_text_that_begins_with_a_list_gets_a_line_for_the_place():
    assert with_dateline("<ul></ul>", "Lomé") == '<p><span class="dateline">Lomé</span> </p><ul></ul>'


def test_a_place_that_the_text_names_itself_is_not_said_twice():
    html = "<p>LOMÉ, 3 mars 2026 (Agence) – Les banques prêtent.</p>"
    assert with_dateline(html, "Lomé") == html


def test_no_place_leaves_the_text_alone():
    assert with_dateline("<p>Les banques</p>", "") == "<p>Les banques</p>"


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches():
    html = with_table_boxes("<table><tr><td>1</td></tr></table>")
    assert html.startswith('<section class="table" tabindex="0" aria-label="Table"><table>')
    assert html.endswith("</table></section>")


def test_a_table_named_inside_an_attribute_is_no_table():
    html = '<p><a href="/x<table>y" rel="noopener">“&lt;table&gt;”</a></p>'
    assert with_table_boxes(html) == html


@pytest.mark.django_db
def test_links_to_stories_lead_where_they_are_today_and_hidden_ones_are_plain_text(django_assert_num_queries):
    port, secret = cast.story("Le port", slug="le-port"), cast.draft("Le secret", slug="le-secret")
    body = f'<p><a href="/story/{port.pk}/">Le port</a> et <a href="/story/{secret.pk}/">le reste</a></p>'
    with django_assert_num_queries(1):
        assert render_body(Article(body=body)) == f'<p><a href="{port.get_absolute_url()}">Le port</a> et le reste</p>'


@pytest.mark.django_db
def test_pictures_of_the_body_take_one_query_and_a_body_without_none(django_assert_num_queries):
    pictures = [cast.image(60, 40), cast.image(80, 60)]
    shown = "".join(f'<figure class="picture"><img data-image="{one.pk}" src="" alt=""></figure>' for one in pictures)
    with django_assert_num_queries(1):
        assert render_body(Article(body=shown)).count("<picture>") == 2
    with django_assert_num_queries(0):
        render_body(Article(body=cast.BODY))


@pytest.mark.django_db
def test_a_story_that_nobody_saved_has_a_page():
    story = Article(headline="Idée", body=cast.BODY)
    assert story_context(story)["translations"] == []
    assert "Banque" in render_body(story)
