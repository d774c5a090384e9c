"""A page shows what changed as if the process rendered it for the first time."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article, Author, Byline, Image, RelatedChoice, Section, Tag
from articles.related import working_out
from articles.sql import prepared
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """One whose page shows all that there is to show."""
    first, second = (
        cast.story(
            headline,
            authors=[cast.author("Awa Ndiaye", "awa-ndiaye")],
            tags=["Lomé"],
            lead_image=cast.image(),
            hours_ago=hours,
        )
        for hours, headline in enumerate(["Le port ferme", "La grue tombe"])
    )
    for number in range(14):
        cast.story(f"Dépêche {number}", hours_ago=10 + number)
    working_out.work_out([first.pk, second.pk])
    return first


def pages(story):
    return ["/", story.get_absolute_url(), story.section.get_absolute_url(), "/author/awa-ndiaye/", "/tag/lome/"]


def pin(story):
    other = Article.objects.get(headline="Dépêche 13")
    RelatedChoice.objects.create(article=story, story=other, place="compact", position=0)


def publish(story):
    cast.story("Le port rouvre")


def sign(story):
    Byline.objects.create(article=story, author=cast.author("Kofi Mensah", "kofi-mensah"), position=1)


CHANGES = {
    "a headline": lambda story: Article.objects.filter(pk=story.pk).update(headline="Le port est fermé"),
    "a text": lambda story: Article.objects.filter(pk=story.pk).update(body="<p>Depuis midi.</p>"),
    "another story": lambda story: Article.objects.exclude(pk=story.pk).update(
        long_text="Enfin.", compact_text="Enfin."
    ),
    "a label": lambda story: Article.objects.filter(pk=story.pk).update(label=Article.Label.OPINION),
    "a withdrawal": lambda story: Article.objects.exclude(pk=story.pk).update(status=Article.Status.WITHDRAWN),
    "a new story": publish,
    "an author": lambda story: Author.objects.update(name="Awa Ndiaye Sow"),
    "a second author": sign,
    "a tag": lambda story: Tag.objects.update(name="Lomé, ville"),
    "a section": lambda story: Section.objects.update(name="Ports"),
    "its name in a language": lambda story: Section.objects.update(other_names={"en": "Harbours"}),
    "a new section": lambda story: cast.section("Énergie", "energie"),
    "a menu": lambda story: Section.objects.update(in_menu=False),
    "a picture": lambda story: Image.objects.update(alt="Une grue jaune"),
    "a credit": lambda story: Image.objects.update(credit="Sika Amegan"),
    "a pin": pin,
}


def forget():
    """Drop all that this process keeps of stories."""
    for kept in prepared._keepers.values():
        kept.cache_clear()


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_shows_what_changed_as_if_it_was_rendered_for_the_first_time(client, story, change):
    before = [client.get(path).content for path in pages(story)]
    CHANGES[change](story)
    after = [client.get(path).content for path in pages(story)]
    forget()
    assert after == [client.get(path).content for path in pages(story)]
    assert after != before


def test_a_new_day_is_another_page(client, story, monkeypatch):
    client.get("/")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert f'<time datetime="{timezone.localdate(tomorrow)}">' in client.get("/").text


def test_the_pages_of_a_list_are_kept_apart(client):
    for number in range(21):
        cast.story(f"Dépêche {number}", hours_ago=number)
    first = client.get("/section/finance/")
    second = client.get(first.context["page"].next)
    assert "Dépêche 20" in second.text
    assert "Dépêche 20" not in first.text
    assert client.get("/section/finance/").content == first.content
