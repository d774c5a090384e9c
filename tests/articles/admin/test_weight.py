"""What pages of the desk cost on a first visit: requests, and bytes as compressed by gzip, which Brotli beats."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.contrib.staticfiles import finders

from newsroom.models import User
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STATIC = "/static/"
URL_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
IMPORT = re.compile(r'\b(?:from|import) "(\./[^"]+)"')


class Files(HTMLParser):
    """The addresses that a page loads: scripts, styles, icons and pictures."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        address = attributes.get("src") or (tag == "link" and attributes.get("href"))
        if address:
            self.found.append(address)


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
