"""A real browser opens every kind of reader's page; anything that the policy blocks fails the test (see `page`)."""

from django.urls import reverse
from django.utils import timezone

from tests.articles import cast


def addresses():
    """Return one of each address in `articles.urls` that is a page, and one that does not exist."""
    picture = cast.image()
    story = cast.story(
        authors=[cast.author(photo=picture)],
        tags=["Bénin"],
        lead_image=picture,
        lead_caption="Le port, vu du large.",
        body=f'{cast.BODY}<figure class="picture"><img data-image="{picture.pk}" alt=""></figure>',
    )
    today = timezone.localtime(story.publish_at)
    return [
        reverse("front"),
        story.get_absolute_url(),
        reverse("section", args=["finance"]),
        reverse("authors"),
        reverse("author", args=["moutiou-adjibi-nourou"]),
        reverse("tags"),
        reverse("tag", args=["benin"]),
        f"/{today:%Y}/",
        f"/{today:%Y/%m}/",
        reverse("search") + "?q=bvmac",
        "/fr/",
        "/nowhere/",
    ]


def test_no_readers_page_needs_what_the_policy_blocks(page, transactional_db):
    for address in addresses():
        response = page.goto(address, wait_until="networkidle")
        assert response.status == (404 if address == "/nowhere/" else 200), address


def test_pictures_of_a_story_are_shown(page, transactional_db):
    page.goto(addresses()[1], wait_until="networkidle")
    widths = page.eval_on_selector_all("article img", "images => images.map(image => image.naturalWidth)")
    assert widths
    assert all(widths)
