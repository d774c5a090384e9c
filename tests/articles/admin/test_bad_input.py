"""Whatever is sent to a story's form becomes a message or a story, never a failure, and nothing typed is lost."""

import pytest

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, typed

pytestmark = pytest.mark.django_db

SCRIPT = '<p onclick="x()">Un<script>x()</script><img src=x onerror=x()><a href="javascript:x()">deux</a></p>'


def test_a_story_of_twenty_thousand_words(client, awa):
    client.post(ADD, typed(headline="Long", body=f"<p>{'mot ' * 20_000}</p>"))
    assert Article.objects.get().word_count == 20_000


@pytest.mark.parametrize("headline", ["💡", "👩‍👩‍👧", "…", "مالي"])
def test_a_headline_without_a_letter_for_its_address(client, awa, headline):
    story = cast.draft(headline)
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.is_visible()
    assert client.get(story.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("headline", ["", "   ", "\u200b", "\u00a0"])
def test_a_headline_in_which_nothing_can_be_seen_is_not_published(client, awa, headline):
    story = cast.draft(headline)
    response = client.post(change(story), typed(story, verb="publish"))
    assert "A story needs a headline" in response.content.decode()


def test_two_stories_with_one_headline_on_one_day(client, awa):
    addresses = set()
    for _number in range(2):
        client.post(
            ADD, typed(headline="Le Togo emprunte", body="<p>Un.</p>", section=cast.section().pk, verb="publish")
        )
        addresses.add(Article.objects.latest("pk").get_absolute_url())
    assert len(addresses) == 2


@pytest.mark.parametrize("body", [SCRIPT, "<p>" * 3000, "<table>" * 500, "&#0;&#xD800;", "<!--", "]]>", "<p>\0</p>"])
def test_hostile_html(client, awa, body):
    response = client.post(ADD, typed(headline="Titre", body=body))
    assert response.status_code in {200, 302}
    stored = "".join(Article.objects.values_list("body", flat=True))
    assert "x()" not in stored
    assert "<script" not in stored


def test_a_picture_that_the_library_has_not(client, awa):
    body = '<figure class="picture"><img data-image="999999" src="/x.jpg" alt=""><figcaption>Un</figcaption></figure>'
    response = client.post(ADD, typed(headline="Titre gardé", body=body))
    assert list(response.context["adminform"].form.errors) == ["body"]
    assert "Titre gardé" in response.text
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "time",
    ["yesterday", "2025-02-30T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2025-13-01T00:00", "\0", "9" * 99],
)
@pytest.mark.parametrize("field", ["publish_at", "unpublish_at"])
def test_a_bad_time_is_said_beside_its_field(client, awa, field, time):
    response = client.post(ADD, typed(headline="Titre gardé", **{field: time}))
    assert response.context["errors"]
    assert list(response.context["adminform"].form.errors) == [field]
    assert "Titre gardé" in response.content.decode()


def test_a_time_that_a_clock_change_skips_or_doubles_is_refused(client, awa, settings):
    settings.TIME_ZONE = "Europe/Paris"
    for time in ("2025-03-30T02:30", "2025-10-26T02:30"):
        response = client.post(ADD, typed(publish_at=time))
        assert list(response.context["adminform"].form.errors) == ["publish_at"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "x" * 201),
        ("slug", "pas de slug"),
        ("slug", "x" * 101),
        ("section", "999999"),
        ("section", "x"),
        ("section", "9" * 40),
        ("language", "tlh"),
        ("label", "rumour"),
        ("lead_image", "999999"),
        ("lead_image", "x"),
        ("lead_image", "9" * 40),
        ("kicker", "x" * 81),
        ("compact_teaser", "x" * 201),
    ],
)
def test_a_value_that_does_not_fit_is_said_beside_its_field(client, awa, field, value):
    response = client.post(ADD, typed(**{field: value}))
    assert list(response.context["adminform"].form.errors) == [field]


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 40, "0"])
def test_a_version_that_never_was_overwrites_nothing(client, awa, version):
    story = cast.draft()
    response = client.post(change(story), typed(story, version=version, standfirst="Autre."))
    assert response.status_code == 409
    assert "Autre." in response.content.decode()


def test_an_empty_request_is_an_unfinished_form(client, awa):
    assert client.post(ADD, {}).status_code in {200, 302}


def test_a_button_that_is_not_offered_is_refused(client, awa):
    story = cast.draft()
    assert client.post(change(story), typed(story, verb="withdraw")).status_code == 403


@pytest.mark.parametrize("address", ["/admin/articles/article/0/change/", "/admin/articles/article/x/change/"])
def test_a_story_that_is_not_there(client, awa, address):
    assert client.get(address).status_code == 302
