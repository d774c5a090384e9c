"""A first visit to a story fits into the first round trip of a connection: about ten packets."""

import gzip

import pytest
from django.contrib.staticfiles import finders

from tests.articles import cast

pytestmark = pytest.mark.django_db

FIRST_ROUND_TRIP = 14_600  # bytes
STYLE = 5_000  # bytes
PARAGRAPH = "La Banque des États de l’Afrique centrale maintient son taux directeur à {}, a annoncé le gouverneur {}. "


def compressed(content):
    return len(gzip.compress(content, 6))


@pytest.fixture
def style():
    with open(finders.find("css/site.css"), "rb") as file:
        return compressed(file.read())


def test_the_style_stays_small(style):
    assert style < STYLE


def test_a_story_with_eleven_teasers_and_its_style_fit_into_one_round_trip(client, style):
    body = "".join(f"<p>{PARAGRAPH.format(number, number * 7) * 4}</p>" for number in range(12))
    picture = cast.image(1200, 800, caption="Le port")
    for number in range(12):
        headline = f"Dépêche numéro {number} sur les marchés de la région"
        cast.story(headline, hours_ago=number + 1, standfirst=PARAGRAPH.format(number, number), lead_image=picture)
    story = cast.story(body=body, authors=[cast.author()], tags=["BVMAC", "Cameroun"], lead_image=picture)
    response = client.get(story.get_absolute_url())
    assert response.text.count('class="teaser ') == 11
    assert compressed(response.content) + style < FIRST_ROUND_TRIP
