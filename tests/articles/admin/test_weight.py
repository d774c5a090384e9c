"""What pages of the desk cost on a first visit: requests, and bytes as compressed by gzip, which Brotli beats.

Of pictures that load lazily, those of the rows count that a laptop of 1440 × 900 pixels shows without scrolling.
"""

import datetime
import gzip
import hashlib
import json
import random
import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image as PillowImage

from articles.models import Article, Byline, Image, Tag, TaggedArticle
from newsroom.models import User
from tests.articles import cast
from tests.articles.renditions.pictures import file_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STATIC = "/static/"
ROWS = 50  # of a full page of a list
ROWS_IN_SIGHT = 10  # each has 56 pixels or more, below a head of 300
URL_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
IMPORT = re.compile(r'\b(?:from|import) "(\./[^"]+)"')


class Files(HTMLParser):
    """The addresses that a page loads: scripts, styles, icons and pictures; lazy ones only in sight."""

    def __init__(self, html):
        super().__init__()
        self.found, self.lazy = [], []
        self.feed(html)
        self.found += self.lazy[:ROWS_IN_SIGHT]

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        address = attributes.get("src") or (tag == "link" and attributes.get("href"))
        if address:
            (self.lazy if attributes.get("loading") == "lazy" else self.found).append(address)


def weigh(client, path):
    """Return the bytes of the page and of each file that a browser may load for it, by address."""
    page = client.get(path)
    weights, waiting = {path: len(gzip.compress(page.content))}, Files(page.text).found
    while waiting:
        address = waiting.pop()
        if address in weights or address.startswith("data:"):
            continue
        content = read(client, address)
        weights[address] = len(gzip.compress(content, 9))
        waiting += [urljoin(address, other) for other in files_in(address, content)]
    return weights


def read(client, address):
    if not address.startswith(STATIC):
        return client.get(address).content
    return Path(finders.find(address.removeprefix(STATIC))).read_bytes()


def files_in(address, content):
    """Return what a style or a module loads. The pictures of a style are loaded only where they are shown."""
    if address.endswith(".css"):
        named = ["".join(groups) for groups in URL_IN_STYLE.findall(content.decode())]
        return [name for name in named if not name.endswith((".svg", ".png", ".gif"))]
    return IMPORT.findall(content.decode()) if address.endswith(".js") else []


@pytest.mark.parametrize(
    ("path", "requests", "kilobytes"),
    [("/admin/", 10, 40), ("/admin/articles/article/", 15, 80), ("/admin/articles/article/add/", 25, 350)],
)
def test_a_page_of_the_desk_is_light(client, awa, path, requests, kilobytes):
    weights = weigh(client, path)
    assert len(weights) <= requests, sorted(weights)
    assert sum(weights.values()) <= kilobytes * 1000, weights


def test_the_front_of_the_desk_is_light_on_a_first_visit(client, awa):
    for number in range(12):
        cast.draft(f"Brouillon {number} : le port de Lomé rouvre", created_by=awa)
        cast.draft(f"Relecture {number} : le port de Lomé rouvre", created_by=awa).submit(awa)
        cast.story(f"En ligne {number} : le port de Lomé rouvre", hours_ago=0)
    assert sum(weigh(client, "/admin/").values()) < 40_000


def photo(number, width=300):
    """Return a picture as hard to compress as a photograph: coarse shapes, fine ones and grain."""
    noise, size = random.Random(number), (width, width * 2 // 3)  # noqa: S311 - a picture, no secret
    picture = PillowImage.new("RGB", size)
    for side, share in ((12, 1), (60, 0.4), (300, 0.08)):
        height = side * 2 // 3
        grain = PillowImage.frombytes("RGB", (side, height), noise.randbytes(side * height * 3))
        picture = PillowImage.blend(picture, grain.resize(size, PillowImage.Resampling.BICUBIC), share)
    return file_of(picture, quality=90)


def test_the_form_of_a_stored_story_is_light_with_its_picture(client, awa):
    image = Image.objects.ingest(BytesIO(photo(1, width=1800)), alt="Le port")
    story = cast.story("Le port rouvre", lead_image=image, authors=[cast.author()], tags=["Togo"])
    story.save_draft(awa, cast.typed(story, kicker="Ports"))
    path = f"/admin/articles/article/{story.pk}/change/"
    weights = weigh(client, path)
    [shown] = re.findall(r'data-picture="([^"]*)"', client.get(path).text)
    card = json.loads(unescape(shown))["card"]  # which the script puts in place of the number
    weights[card] = len(client.get(card).content)
    assert len(weights) <= 25, sorted(weights)
    assert weights[card] > 2_000
    assert sum(weights.values()) <= 350_000, weights


def pictures_of_a_page():
    """Return one for each row; those out of sight have no files: a page that does not load them is as heavy."""
    names = [hashlib.sha256(bytes([number])).hexdigest() for number in range(ROWS_IN_SIGHT, ROWS)]
    size = {"width": 300, "height": 200, "byte_size": 9_000, "renditions": {"focal": [50, 50], "thumb": [[128, 85]]}}
    out_of_sight = [Image(file=f"images/{name}.jpg", content_hash=name, **size) for name in names]
    in_sight = [Image.objects.ingest(BytesIO(photo(number))) for number in range(ROWS_IN_SIGHT)]
    return [*in_sight, *Image.objects.bulk_create(out_of_sight)]


def store_illustrated_stories(writer):
    """Store a page of stories, each with a picture of its own, a section, an author and three tags."""
    section, author, tags = cast.section(), cast.author(), Tag.objects.for_names([f"Sujet {n}" for n in range(40)])
    stories = Article.objects.bulk_create(
        Article(
            headline=f"Numéro {number} : la Banque centrale maintient son taux directeur à {number} %",
            slug=f"numero-{number}",
            section=section,
            status=Article.Status.values[number % 2],
            lead_image=image,
            created_by=writer,
            saved_at=timezone.now() - datetime.timedelta(hours=number),
        )
        for number, image in enumerate(pictures_of_a_page())
    )
    Byline.objects.bulk_create(Byline(article=story, author=author, **story.listing()) for story in stories)
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=story, tag=tags[(number + step) % 40], position=step, **story.listing())
        for number, story in enumerate(stories, start=1)
        for step in (1, 7, 11)
    )


def test_a_full_list_of_illustrated_stories_is_light_on_a_first_visit(client, awa):
    store_illustrated_stories(awa)
    weights = weigh(client, "/admin/articles/article/")
    assert sum(address.startswith(settings.MEDIA_URL) for address in weights) == ROWS_IN_SIGHT
    assert sum(weights.values()) <= 80_000, weights


STOCK = ("jquery", "actions.js", "RelatedObjectLookups", "xregexp", "urlify", "prepopulate.js", "core.js")


def stock_scripts(client, path):
    """Return which of the stock scripts the page loads."""
    files = " ".join(Files(client.get(path).text).found)
    return [name for name in STOCK if name in files]


def test_forms_load_no_stock_script_that_they_do_not_use(client):
    chief = User.objects.create_superuser("chief")
    client.force_login(chief)
    paths = [
        f"/admin/articles/author/{cast.author().pk}/change/",
        f"/admin/articles/section/{cast.section().pk}/change/",
        f"/admin/articles/image/{cast.image().pk}/change/",
        "/admin/newsroom/user/add/",
        f"/admin/newsroom/user/{chief.pk}/change/",
        "/admin/auth/group/add/",
    ]
    assert {path: stock_scripts(client, path) for path in paths} == {path: [] for path in paths}


def test_a_form_whose_address_follows_the_name_loads_the_scripts_of_that_alone(client, awa):
    wanted = ["jquery", "xregexp", "urlify", "prepopulate.js"]
    for noun in ("author", "section"):
        assert stock_scripts(client, f"/admin/articles/{noun}/add/") == wanted
