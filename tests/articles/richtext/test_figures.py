import pytest

from articles.richtext import clean, drop_pictures, find_picture_ids, replace_pictures

PICTURE = '<figure class="picture"><img data-image="{0}" src="/media/{0}.jpg" alt="A &gt; b"></figure>'
BODY = "<p>un</p>" + PICTURE.format(12) + "<p>deux</p>" + PICTURE.format(7) + PICTURE.format(12)


def test_ids_come_in_the_order_of_the_pictures():
    assert find_picture_ids(BODY) == [12, 7, 12]


def test_text_that_looks_like_a_picture_is_none():
    assert find_picture_ids(clean('<p>&lt;figure class="picture"&gt;&lt;img data-image="5"&gt;</p>')) == []


def test_each_picture_is_shown_with_its_caption():
    body = clean('a<figure><img data-image="12"><figcaption>Le <b>port</b></figcaption></figure><img data-image=7>b')
    assert replace_pictures(body, lambda number, caption: rf"[{number}: {caption}\1]") == (
        "<p>a</p>\n[12: Le <strong>port</strong>\\1]\n[7: \\1]\n<p>b</p>"
    )


def test_pictures_that_are_dropped_leave_nothing_and_others_stay():
    assert drop_pictures(BODY, {12}) == "<p>un</p><p>deux</p>" + PICTURE.format(7)


def test_a_pull_quote_is_no_picture():
    body = clean("<figure class=pullquote><p>Enfin</p></figure>")
    assert replace_pictures(body, lambda number, caption: "") == body


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<img data-image=3>", '<figure class="picture"><img data-image="3" alt=""></figure>'),
        (
            "<p>a<img data-image=3 src=/3.png alt=' Un\nquai '>b</p>",
            '<p>a</p><figure class="picture"><img data-image="3" src="/3.png" alt="Un quai"></figure><p>b</p>',
        ),
        (
            "<figure><img data-image=1><img data-image=2><figcaption>x</figcaption></figure>",
            '<figure class="picture"><img data-image="1" alt=""></figure>'
            '<figure class="picture"><img data-image="2" alt=""><figcaption>x</figcaption></figure>',
        ),
        ("<p>a<img src=/x.png alt=alt>b</p>", "<p>a b</p>"),
        ("<figure><img src=/x.png><figcaption>x</figcaption></figure>", ""),
        (
            "<figure><table><tr><td>1</table><figcaption>x</figcaption></figure>",
            "<table><tbody><tr><td>1</td></tr></tbody></table><p>x</p>",
        ),
        ("<figure><blockquote>a</blockquote></figure>", "<blockquote><p>a</p></blockquote>"),
        ("<figure><p>a</p><figcaption>b<br>c</figcaption></figure>", "<p>a</p><p>b c</p>"),
        ("<figure class=pullquote><figcaption>x</figcaption></figure>", "<p>x</p>"),
        (
            "<figure class='wp-block-pullquote'><blockquote><p>a<h2>b</h2><ul><li>c</ul></blockquote></figure>",
            '<figure class="pullquote"><blockquote><p>a</p><p>b</p><p>c</p></blockquote></figure>',
        ),
    ],
)
def test_figures_become_pictures_and_pull_quotes_or_text(html, body):
    assert clean(html).replace("\n", "") == body


@pytest.mark.parametrize("number", ["", "0", "-1", "1.5", "١", "x", "9" * 19, "1 or 1=1"])
def test_an_image_without_a_library_number_is_dropped(number):
    assert clean(f'<img data-image="{number}" src="/a.png">') == ""


@pytest.mark.parametrize("source", ["javascript:x", "data:image/png;base64,xx", "mailto:a@b.org", "a.png", "//"])
def test_an_image_loads_from_the_web_or_from_here_only(source):
    assert clean(f'<img data-image="1" src="{source}">') == (
        '<figure class="picture"><img data-image="1" alt=""></figure>'
    )
